import {
  addNode,
  type Cluster,
  cordon,
  failNode,
  find,
  fullKey,
  type Kind,
  RULES,
  type Rules,
  relabel,
  remove,
  restartContainer,
  restoreNode,
  scale,
  setImage,
  setReady,
} from "#lib/core/cluster/index.ts";
import { applyYaml } from "#lib/core/cluster/yaml.ts";
import { type Problem, withinBounds } from "./bounds.ts";
import { podKey } from "./pod-key.ts";
import type { Change } from "./schema.ts";

/**
 * Makes a change; no step is taken after it. What cannot be done (an object that is not there, a manifest with an error) comes back
 * as problems, and the cluster as it was.
 */
export function makeChange(
  cluster: Cluster,
  change: Change,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  if (change.do === "apply") {
    const applied = applyYaml(cluster, change.manifests, rules);
    const problems = [...applied.problems, ...withinBounds(applied.cluster)];
    const failed = problems.some(({ severity }) => severity === "error");
    return { cluster: failed ? cluster : applied.cluster, problems };
  }
  const missing = missingFor(cluster, change);
  if (missing) return { cluster, problems: [{ severity: "error", message: `There is no ${missing}` }] };
  try {
    const changed = changeOne(cluster, change, rules);
    const problems = withinBounds(changed);
    return { cluster: problems.length > 0 ? cluster : changed, problems };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { cluster, problems: [{ severity: "error", message: error.message }] };
  }
}

/** What a change is about and is not there, where nothing else would tell. */
function missingFor(cluster: Cluster, change: Change): string | undefined {
  const missing = (kind: Kind, key: string) =>
    find(cluster, kind, fullKey(kind, kind === "Pod" ? podKey(cluster, key) : key))
      ? undefined
      : `${kind} ${key}`;
  switch (change.do) {
    case "remove":
      return missing(change.kind, change.key);
    case "failNode":
    case "restoreNode":
      return missing("Node", change.node);
    case "setReady":
      return missing("Pod", change.pod);
    default:
      return undefined;
  }
}

function changeOne(cluster: Cluster, change: Exclude<Change, { do: "apply" }>, rules: Rules): Cluster {
  const meant = ({ kind, key }: { kind: string; key: string }) =>
    kind === "Pod" ? podKey(cluster, key) : key;
  switch (change.do) {
    case "remove":
      return remove(cluster, change.kind, meant(change));
    case "failNode":
      return failNode(cluster, change.node);
    case "restoreNode":
      return restoreNode(cluster, change.node);
    case "addNode":
      return addNode(cluster, change.node);
    case "cordon":
      return cordon(cluster, change.node, change.on);
    case "setReady":
      return setReady(cluster, podKey(cluster, change.pod), change.ready);
    case "restartContainer":
      return restartContainer(cluster, podKey(cluster, change.pod), rules);
    case "relabel":
      return relabel(cluster, change.kind, meant(change), change.labels);
    case "scale":
      return scale(cluster, change.kind, change.key, change.replicas);
    case "setImage":
      return setImage(cluster, change.kind, change.key, change.image);
  }
}
