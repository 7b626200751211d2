import type { Cluster, Pod, Probe } from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, drop, find, fold, isTrue, keyOf, put } from "../store.ts";
import type { Controller } from "./controller.ts";

/** What a kubelet does on its node: ends Pods that were deleted, starts those that have an address, and probes them. */
export const kubelet: Controller = (cluster, { rules, tell }) =>
  fold(cluster, all(cluster, "Pod"), (now, pod) => {
    const { metadata, spec, status } = pod;
    const node = spec.nodeName === undefined ? undefined : find(now, "Node", spec.nodeName);
    const runs = node !== undefined && !(keyOf(node) in now.down);
    if (metadata.deletionTimestamp !== undefined) {
      // From a lost node nobody tells that the Pod ended, so that it stays until the node is back or deleted.
      if (node && !runs) return now;
      if (!runs || metadata.deletionGracePeriodSeconds === 0) return drop(now, "Pod", keyOf(pod));
      for (const { name } of spec.containers) tell(pod, "Killing", `Stopping container ${name}`);
      return put(now, { ...pod, metadata: { ...metadata, deletionGracePeriodSeconds: 0 } });
    }
    // Pods of a node that was deleted are deleted with it.
    if (spec.nodeName !== undefined && !node)
      return put(now, { ...pod, metadata: { ...metadata, deletionTimestamp: now.time } });
    if (!node || status?.podIP === undefined) return now;
    if (runs && status.phase === "Pending") {
      for (const { name } of spec.containers) tell(pod, "Started", `Started container ${name}`);
      return put(now, withReady({ ...pod, status: { ...status, phase: "Running" } }, "ContainersNotReady"));
    }
    if (!isTrue(node, "Ready")) {
      if (!isTrue(pod, "Ready")) return now;
      tell(pod, "NodeNotReady", "Node is not ready", "Warning");
      return put(now, withReady(pod, "NodeNotReady"));
    }
    if (!runs || status.phase !== "Running") return now;
    const answers = probesSucceed(now, pod, rules);
    if (isTrue(pod, "Ready") === answers) return now;
    if (!answers) tell(pod, "Unhealthy", "Readiness probe failed", "Warning");
    return put(now, withReady(pod, answers ? undefined : "ContainersNotReady"));
  });

/** A Pod with its condition Ready: true, or false for a reason. */
function withReady(pod: Pod, reason: string | undefined): Pod {
  const others = pod.status?.conditions?.filter(({ type }) => type !== "Ready") ?? [];
  const ready = { type: "Ready", status: reason ? ("False" as const) : ("True" as const), reason };
  return { ...pod, status: { phase: "Pending", ...pod.status, conditions: [...others, ready] } };
}

/** Whether the readiness probes of a Pod succeed. A container without one is ready once it runs. */
function probesSucceed(cluster: Cluster, pod: Pod, rules: Rules): boolean {
  return pod.spec.containers.every((container) => {
    const probe = container.readinessProbe;
    if (!probe) return true;
    const image = cluster.images[container.image];
    if (image?.healthy === false || cluster.unhealthy.includes(keyOf(pod))) return false;
    const port = portOf(probe, container.ports);
    return port === undefined || rules.listens(container, image).includes(port);
  });
}

function portOf(
  { httpGet, tcpSocket }: Probe,
  ports: Pod["spec"]["containers"][0]["ports"] = [],
): number | undefined {
  const port = httpGet?.port ?? tcpSocket?.port;
  return typeof port === "string" ? (ports.find(({ name }) => name === port)?.containerPort ?? -1) : port;
}
