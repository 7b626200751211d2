import type { Cluster, Node, Pod, Taint, Toleration } from "../objects.ts";
import { all, fold, isTrue, keyOf, put } from "../store.ts";
import { nextBlock, takeAddresses } from "./addresses.ts";
import type { Controller } from "./controller.ts";

/** Seconds without a sign of life after which a node counts as lost (node-monitor-grace-period, K8s: Nodes). */
export const NODE_GRACE = 50;
/** Seconds that a Pod tolerates a lost node unless it says otherwise (K8s: Taints and Tolerations). */
const TOLERATION_SECONDS = 300;
const UNREACHABLE = "node.kubernetes.io/unreachable";

/** Nodes join with an address and, where Pods have theirs from the pod CIDR, a block of it; lost ones are tainted. */
export const nodes: Controller = (cluster, { rules, tell }) => {
  const gone = cluster.azure.interfaces.filter(
    ({ node }) => !all(cluster, "Node").some((one) => keyOf(one) === node),
  );
  const interfaces = cluster.azure.interfaces.filter((one) => !gone.includes(one));
  const present = gone.length === 0 ? cluster : { ...cluster, azure: { ...cluster.azure, interfaces } };
  return fold(present, all(present, "Node"), (now, node) => {
    const name = keyOf(node);
    const before = node.status?.conditions?.find(({ type }) => type === "Ready");
    const settle = (
      after: Cluster,
      ready: "True" | "False" | "Unknown",
      reason: string,
      message: string,
      more?: Partial<Node>,
    ) => {
      if (before?.status === ready && before.reason === reason && !more) return after;
      if (before?.status !== ready || before.reason !== reason) {
        if (ready === "True") tell(node, "NodeReady", `Node ${name} status is now: NodeReady`);
        else if (reason === "NodeStatusUnknown")
          tell(node, "NodeNotReady", `Node ${name} status is now: NodeNotReady`);
        else tell(node, reason, message, "Warning");
      }
      const conditions = [{ type: "Ready", status: ready, reason, message }];
      const spec = { ...node.spec, ...more?.spec };
      return put(after, { ...node, spec, status: { ...node.status, ...more?.status, conditions } });
    };

    if (name in now.down) {
      if (!before || before.status === "Unknown" || now.time < (now.down[name] ?? 0) + NODE_GRACE) return now;
      const lost = (["NoSchedule", "NoExecute"] as const).map((effect) => ({
        key: UNREACHABLE,
        effect,
        timeAdded: now.time,
      }));
      return settle(now, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", {
        spec: { taints: [...(node.spec?.taints ?? []), ...lost] },
      });
    }
    const joined = now.azure.interfaces.some((one) => one.node === name)
      ? now
      : takeAddresses(now, name, rules);
    const own = joined.azure.interfaces.find((one) => one.node === name);
    if (!own)
      return settle(
        now,
        "False",
        "SubnetIsFull",
        `Subnet ${now.network.nodeSubnet} does not have enough capacity for a node`,
      );
    const podCIDR =
      node.spec?.podCIDR ??
      (rules.podRange(now.network) === "podCidr" ? nextBlock(joined, rules) : undefined);
    if (rules.podRange(now.network) === "podCidr" && podCIDR === undefined)
      return settle(joined, "False", "CIDRNotAvailable", `Node ${name} status is now: CIDRNotAvailable`);
    const taints = node.spec?.taints?.filter(({ key }) => key !== UNREACHABLE);
    const isNew =
      node.status?.addresses === undefined || before?.status === "Unknown" || podCIDR !== node.spec?.podCIDR;
    return settle(
      joined,
      "True",
      "KubeletReady",
      "kubelet is posting ready status",
      isNew
        ? {
            spec: { podCIDR, taints: taints?.length ? taints : undefined },
            status: { addresses: [{ type: "InternalIP", address: own.address }] },
          }
        : undefined,
    );
  });
};

/** Pods on a lost node are not ready, and go once they no longer tolerate it. Those of a node that was deleted go at once. */
export const eviction: Controller = (cluster, { rules, tell }) =>
  fold(cluster, all(cluster, "Pod"), (now, pod) => {
    const at = evictionOf(now, pod);
    if (at === undefined || at > now.time) return now;
    tell(pod, "TaintManagerEviction", `Marking for deletion Pod ${keyOf(pod)}`);
    return put(now, rules.evict(pod, now.time));
  });

/** When a Pod has to leave its lost node, in seconds; undefined for one that may stay. */
function evictionOf(cluster: Cluster, pod: Pod): number | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  const node = all(cluster, "Node").find((one) => keyOf(one) === pod.spec.nodeName);
  const taint = node?.spec?.taints?.find(({ effect }) => effect === "NoExecute");
  if (!taint) return undefined;
  const toleration = pod.spec.tolerations?.find((one) => tolerates(one, taint));
  const seconds = toleration
    ? toleration.tolerationSeconds
    : taint.key === UNREACHABLE
      ? TOLERATION_SECONDS
      : 0;
  return seconds === undefined ? undefined : (taint.timeAdded ?? 0) + seconds;
}

/** Whether a toleration covers a taint. */
export const tolerates = (
  { key, operator = "Equal", value = "", effect }: Toleration,
  taint: Taint,
): boolean =>
  (effect === undefined || effect === taint.effect) &&
  (key === undefined || key === taint.key) &&
  (operator === "Exists" || value === (taint.value ?? ""));

/** The next moment, in seconds, at which something happens by itself; undefined where nothing does. */
export function nextDeadline(cluster: Cluster): number | undefined {
  const noticed = Object.entries(cluster.down).map(([name, since]) => {
    const node = all(cluster, "Node").find((one) => keyOf(one) === name);
    return node && isTrue(node, "Ready") ? since + NODE_GRACE : undefined;
  });
  const evicted = all(cluster, "Pod").map((pod) => evictionOf(cluster, pod));
  const ahead = [...noticed, ...evicted].filter(
    (time) => time !== undefined && time > cluster.time,
  ) as number[];
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
