import type { Cluster, Condition, KubeObject, Node, Pod, Taint, Toleration } from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, find, fold, isTrue, keyOf, put } from "../store.ts";
import { nextBlock, takeAddresses } from "./addresses.ts";
import type { Controller } from "./controller.ts";

/** Seconds without a sign of life after which a node counts as lost (node-monitor-grace-period, K8s: Nodes). */
export const NODE_GRACE = 50;
/** Seconds that a Pod tolerates a lost node unless it says otherwise (K8s: Taints and Tolerations). */
const TOLERATION_SECONDS = 300;
const UNREACHABLE = "node.kubernetes.io/unreachable";

/** Nodes join with an address and, where Pods have theirs from the pod CIDR, a block of it; lost ones are tainted. */
export const nodes: Controller = (cluster, { rules, tell }) => {
  const names = new Set(all(cluster, "Node").map(keyOf));
  const interfaces = cluster.azure.interfaces.filter(({ node }) => names.has(node));
  const isSame = interfaces.length === cluster.azure.interfaces.length;
  const left = isSame ? cluster : { ...cluster, azure: { ...cluster.azure, interfaces } };
  return fold(left, all(left, "Node"), (before, node) => {
    const name = keyOf(node);
    const known = node.status?.conditions?.[0];
    const since = before.down[name];
    if (since !== undefined && (!known || before.time < since + NODE_GRACE)) return before;
    if (since === undefined && isAsItShouldBe(before, node, rules)) return before;
    const hasAddress = before.azure.interfaces.some((one) => one.node === name);
    const now = hasAddress || since !== undefined ? before : takeAddresses(before, name, rules);
    const state = since === undefined ? joined(now, node, rules) : lost(node, now.time);
    const { reason, message, status } = state.ready;
    const event = status === "True" ? "NodeReady" : status === "Unknown" ? "NodeNotReady" : reason;
    if (known?.reason !== reason)
      tell(
        node,
        event,
        status === "False" ? message : `Node ${name} status is now: ${event}`,
        status === "False" ? "Warning" : "Normal",
      );
    const { ready, spec, addresses = node.status?.addresses } = state;
    return put(now, { ...node, spec: { ...node.spec, ...spec }, status: { addresses, conditions: [ready] } });
  });
};

interface State extends Pick<NonNullable<Node["status"]>, "addresses"> {
  ready: Required<Condition>;
  spec?: Node["spec"];
}
const readiness = (status: Condition["status"], reason: string, message: string) => ({
  type: "Ready",
  status,
  reason,
  message,
});

/** Whether nothing is left to do for a node whose machine runs; most of the time it is so. */
function isAsItShouldBe({ network, azure }: Cluster, node: Node, rules: Rules): boolean {
  const { spec, status } = node;
  const own = azure.interfaces.find((one) => one.node === keyOf(node));
  return (
    own !== undefined &&
    isTrue(node, "Ready") &&
    status?.addresses?.[0]?.address === own.address &&
    (spec?.podCIDR !== undefined || rules.podRange(network) !== "podCidr") &&
    !spec?.taints?.some(({ key }) => key === UNREACHABLE)
  );
}

/** The state of a node whose machine runs. */
function joined(cluster: Cluster, node: Node, rules: Rules): State {
  const { network, azure } = cluster;
  const own = azure.interfaces.find((one) => one.node === keyOf(node));
  if (!own)
    return {
      ready: readiness("False", "SubnetIsFull", `Subnet ${network.nodeSubnet} has no room for a node`),
    };
  const needsBlock = rules.podRange(network) === "podCidr";
  const podCIDR = node.spec?.podCIDR ?? (needsBlock ? nextBlock(cluster, rules) : undefined);
  if (needsBlock && podCIDR === undefined)
    return {
      ready: readiness("False", "CIDRNotAvailable", `Node ${keyOf(node)} status is now: CIDRNotAvailable`),
    };
  const taints = node.spec?.taints?.filter(({ key }) => key !== UNREACHABLE);
  return {
    ready: readiness("True", "KubeletReady", "kubelet is posting ready status"),
    spec: { podCIDR, taints: taints?.length ? taints : undefined },
    addresses: [{ type: "InternalIP", address: own.address }],
  };
}

/** The state of a node that gave no sign of life for long enough. */
function lost({ spec }: Node, time: number): State {
  const taints = spec?.taints ?? [];
  const isKnown = taints.some(({ key }) => key === UNREACHABLE);
  const more = (["NoSchedule", "NoExecute"] as const).map((effect) => ({
    key: UNREACHABLE,
    effect,
    timeAdded: time,
  }));
  return {
    ready: readiness("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
    spec: { taints: isKnown ? taints : [...taints, ...more] },
  };
}

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
  const node = pod.spec.nodeName === undefined ? undefined : find(cluster, "Node", pod.spec.nodeName);
  const moments = node?.spec?.taints?.flatMap((taint) => {
    if (taint.effect !== "NoExecute") return [];
    const toleration = pod.spec.tolerations?.find((one) => tolerates(one, taint));
    const usual = taint.key === UNREACHABLE ? TOLERATION_SECONDS : 0;
    const seconds = toleration ? toleration.tolerationSeconds : usual;
    return seconds === undefined ? [] : [(taint.timeAdded ?? 0) + seconds];
  });
  return moments?.length ? Math.min(...moments) : undefined;
}

/** Whether a toleration covers a taint. */
export const tolerates = (
  { key, operator = "Equal", value = "", effect }: Toleration,
  taint: Taint,
): boolean =>
  (effect === undefined || effect === taint.effect) &&
  (key === undefined || key === taint.key) &&
  (operator === "Exists" || value === (taint.value ?? ""));

/**
 * The next moment, in seconds, at which something happens by itself; undefined where nothing does. The second in which an object
 * was made goes by, so that what is made later is younger.
 */
export function nextDeadline(cluster: Cluster): number | undefined {
  const isNew = ({ metadata }: KubeObject) => metadata.creationTimestamp === cluster.time;
  if (Object.values<readonly KubeObject[]>(cluster.objects).some((objects) => objects.some(isNew)))
    return cluster.time + 1;
  const noticed = Object.entries(cluster.down).map(([name, since]) => {
    const node = find(cluster, "Node", name);
    return node && isTrue(node, "Ready") ? since + NODE_GRACE : undefined;
  });
  const evicted = all(cluster, "Pod").map((pod) => evictionOf(cluster, pod));
  const ahead = [...noticed, ...evicted].filter(
    (time) => time !== undefined && time > cluster.time,
  ) as number[];
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
