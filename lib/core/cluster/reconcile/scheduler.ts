import { groupBy } from "../../collections.ts";
import type { Cluster, Node, Pod } from "../objects.ts";
import { all, fold, isEqual, isTrue, keyOf, matches, put } from "../store.ts";
import type { Controller } from "./controller.ts";
import { tolerates } from "./nodes.ts";

/** Binds each new Pod to a node, once and for all: where fewest Pods of its owner are, then fewest Pods, then by name. */
export const scheduler: Controller = (cluster, { tell }) => {
  const waiting = all(cluster, "Pod").filter(
    ({ spec, metadata }) => spec.nodeName === undefined && metadata.deletionTimestamp === undefined,
  );
  return fold(cluster, waiting, (now, pod) => {
    const reasons = all(now, "Node").map((node) => ({ node, reason: whyNot(now, pod, node) }));
    const [best] = reasons
      .filter(({ reason }) => reason === undefined)
      .map(({ node }) => ({ node, load: load(now, pod, node) }))
      .sort((a, b) => a.load - b.load);
    if (best) {
      const nodeName = keyOf(best.node);
      tell(pod, "Scheduled", `Successfully assigned ${keyOf(pod)} to ${nodeName}`);
      return put(now, {
        ...pod,
        spec: { ...pod.spec, nodeName },
        status: { ...pod.status, phase: "Pending", conditions: [{ type: "PodScheduled", status: "True" }] },
      });
    }
    const counted = [...groupBy(reasons, ({ reason }) => reason)]
      .map(([reason, { length }]) => `${length} ${reason}`)
      .sort();
    const message = `0/${reasons.length} nodes are available: ${counted.join(", ")}.`;
    const conditions = [{ type: "PodScheduled", status: "False" as const, reason: "Unschedulable", message }];
    if (isEqual(pod.status?.conditions, conditions)) return now;
    tell(pod, "FailedScheduling", message, "Warning");
    return put(now, { ...pod, status: { phase: "Pending", ...pod.status, conditions } });
  });
};

/** Why a Pod cannot run on a node, in the scheduler's words. */
function whyNot(cluster: Cluster, { spec }: Pod, node: Node): string | undefined {
  if (node.spec?.unschedulable) return "node(s) were unschedulable";
  const taint = node.spec?.taints?.find(
    (one) =>
      one.effect !== "PreferNoSchedule" &&
      !spec.tolerations?.some((toleration) => tolerates(toleration, one)),
  );
  if (taint) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ""}}`;
  if (!isTrue(node, "Ready")) return "node(s) had untolerated taint {node.kubernetes.io/not-ready: }";
  if (!matches({ matchLabels: spec.nodeSelector }, node.metadata.labels))
    return "node(s) didn't match Pod's node affinity/selector";
  return podsOn(cluster, node).length >= cluster.network.maxPods ? "Too many pods" : undefined;
}

const podsOn = (cluster: Cluster, { metadata: { name } }: Node) =>
  all(cluster, "Pod").filter(({ spec }) => spec.nodeName === name);

/** How much speaks against a node: Pods of the same owner weigh more than any others. */
function load(cluster: Cluster, pod: Pod, node: Node): number {
  const there = podsOn(cluster, node).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const siblings = there.filter(
    (other) =>
      isEqual(other.metadata.ownerReferences, pod.metadata.ownerReferences) &&
      other.metadata.namespace === pod.metadata.namespace,
  );
  return siblings.length * 1000 + there.length;
}
