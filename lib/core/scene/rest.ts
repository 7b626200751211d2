import { type Cluster, RULES, type Rules, settle, UnsettledError } from "#lib/core/cluster/index.ts";
import type { Problem } from "./bounds.ts";

/** Steps that a cluster may take to come to rest. A hundred Pods roll out in less; what takes more goes on for ever. */
const STEPS = 400;

/** A cluster once nothing changes in it any more; one that goes on and on comes back as it was, with a problem that says so. */
export function comeToRest(
  cluster: Cluster,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  try {
    return { cluster: settle(cluster, { rules, steps: STEPS }), problems: [] };
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
    const message = "the cluster does not come to rest: its controllers undo each other's work for ever";
    return { cluster, problems: [{ severity: "error", message }] };
  }
}
