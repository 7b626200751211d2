import { type Cluster, createCluster, RULES, type Rules, settle } from "#lib/core/cluster/index.ts";
import type { Problem } from "./bounds.ts";
import { makeChange } from "./change.ts";
import type { Change, Scene } from "./schema.ts";

/** The cluster of a scene, settled; with what of it could not be made. */
export function buildScene(
  { manifests, changes, ...options }: Scene,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  const all: Change[] = [{ do: "apply", manifests }, ...changes];
  const problems: Problem[] = [];
  // `undefined` where the schema allows it means what leaving it out means.
  let cluster = settle(createCluster(options as Parameters<typeof createCluster>[0]), { rules });
  for (const change of all) {
    const made = makeChange(cluster, change, rules);
    problems.push(...made.problems);
    cluster = settle(made.cluster, { rules });
  }
  return { cluster, problems };
}
