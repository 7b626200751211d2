import { type Cluster, createCluster, RULES, type Rules } from "#lib/core/cluster/index.ts";
import type { Problem } from "./bounds.ts";
import { makeChange } from "./change.ts";
import { comeToRest } from "./rest.ts";
import type { Change, Scene } from "./schema.ts";

/** The cluster of a scene, at rest; with what of it could not be made. */
export function buildScene(
  { manifests, changes, ...options }: Scene,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  const all: Change[] = [{ do: "apply", manifests }, ...changes];
  const problems: Problem[] = [];
  // `undefined` where the schema allows it means what leaving it out means.
  let cluster = createCluster(options as Parameters<typeof createCluster>[0]);
  const rest = () => {
    const rested = comeToRest(cluster, rules);
    problems.push(...rested.problems);
    cluster = rested.cluster;
  };
  rest();
  for (const change of all) {
    const made = makeChange(cluster, change, rules);
    problems.push(...made.problems);
    cluster = made.cluster;
    rest();
  }
  return { cluster, problems };
}
