import { type Cluster, RULES, type Rules, settle, UnsettledError } from "#lib/core/cluster/index.ts";
import type { Problem } from "./bounds.ts";

/** Steps that a cluster may take to come to rest: as many Pods as there may be are replaced one by one in fewer than half. */
const STEPS = 1000;

/**
 * A cluster once nothing changes in it any more. One that goes on and on comes back as it was, with a problem that says so.
 * @param steps after how many it is taken to go on for ever
 * @param seconds how long it may wait for what happens by itself, such as the loss of a node being noticed
 */
export function comeToRest(
  cluster: Cluster,
  rules: Rules = RULES,
  { steps = STEPS, seconds = Number.POSITIVE_INFINITY }: { steps?: number; seconds?: number } = {},
): { cluster: Cluster; problems: Problem[] } {
  try {
    return { cluster: settle(cluster, { rules, steps, seconds }), problems: [] };
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
    const message = "the cluster does not come to rest: its controllers undo each other's work for ever";
    return { cluster, problems: [{ severity: "error", message }] };
  }
}
