import type { Problem } from "#lib/core/cluster/apply.ts";
import { all, type Cluster } from "#lib/core/cluster/index.ts";
import { BOUNDS } from "./limits.ts";

export type { Problem };

/** What of a cluster is larger than it may be. Pods that controllers are still to make are counted by what is asked for. */
export function withinBounds(cluster: Cluster): Problem[] {
  const problems: Problem[] = [];
  const tooMany = (what: string, found: number, limit: number) => {
    if (found > limit)
      problems.push({
        severity: "error",
        message: `${what}: ${found}, but this cluster takes at most ${limit}`,
      });
  };
  const owners = [
    ...all(cluster, "Deployment"),
    ...all(cluster, "StatefulSet"),
    ...all(cluster, "ReplicaSet"),
  ];
  tooMany("nodes", all(cluster, "Node").length, BOUNDS.nodes);
  const wanted = owners
    .filter(({ metadata }) => !metadata.ownerReferences?.length)
    .reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
  tooMany("replicas", wanted, BOUNDS.replicas);
  const written = Object.values(cluster.objects)
    .flat()
    .filter(({ kind, metadata }) => !metadata.ownerReferences?.length && kind !== "EndpointSlice");
  tooMany("objects", written.length, BOUNDS.objects);
  return problems;
}
