import type { Cluster, Pod, ReplicaSet } from "../objects.ts";
import { all, fold, isTrue, keyOf, matches, nameOf, namespaceOf, put } from "../store.ts";
import { type Controller, draw, type Turn } from "./controller.ts";

/** Keeps as many Pods as are asked for: makes what is missing from the template, and deletes what is too much. */
export const replicaSets: Controller = (cluster, turn) =>
  fold(cluster, all(cluster, "ReplicaSet"), (before, set) => {
    const adopted = adopt(before, set);
    const present = podsOf(adopted, set).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const { replicas: wanted = 1 } = set.spec;
    const missing =
      present.length < wanted ? turn.rules.podsToMake(wanted, present.length, hasActed(adopted, set)) : 0;
    const surplus =
      present.length > wanted ? present.toSorted(leastMissed).slice(0, present.length - wanted) : [];
    const made = fold(adopted, Array.from({ length: missing }), (now) => makePod(now, set, turn));
    const after = fold(made, surplus, (now, pod) => {
      turn.tell(set, "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`);
      return put(now, { ...pod, metadata: { ...pod.metadata, deletionTimestamp: now.time } });
    });
    const left = present.filter((pod) => !surplus.includes(pod));
    const status = {
      replicas: left.length + missing,
      readyReplicas: left.filter((pod) => isTrue(pod, "Ready")).length,
    };
    return put(after, { ...set, status });
  });

/** Whether a ReplicaSet has had all its Pods before. */
function hasActed({ leases }: Cluster, set: ReplicaSet): boolean {
  const name = nameOf(set);
  return leases.filter(({ owner }) => owner === name).length >= (set.spec.replicas ?? 1);
}

/** The Pods that an object owns. */
export const podsOf = (
  cluster: Cluster,
  owner: ReplicaSet | { kind: "StatefulSet"; metadata: ReplicaSet["metadata"] },
): Pod[] =>
  all(cluster, "Pod").filter(({ metadata: { namespace, ownerReferences } }) => {
    const by = ownerReferences?.[0];
    return (
      by?.name === owner.metadata.name && by.kind === owner.kind && namespace === owner.metadata.namespace
    );
  });

/** Takes in Pods that nobody owns and the selector picks, and lets go of own ones that it no longer picks. */
function adopt(cluster: Cluster, set: ReplicaSet): Cluster {
  const { selector } = set.spec;
  const orphans = all(cluster, "Pod").filter(
    (pod) =>
      !pod.metadata.ownerReferences &&
      namespaceOf(pod) === namespaceOf(set) &&
      matches(selector, pod.metadata.labels),
  );
  const strangers = podsOf(cluster, set).filter(({ metadata }) => !matches(selector, metadata.labels));
  const own = [{ kind: set.kind, name: set.metadata.name }];
  const owned = (ownerReferences: Pod["metadata"]["ownerReferences"]) => (now: Cluster, pod: Pod) =>
    put(now, { ...pod, metadata: { ...pod.metadata, ownerReferences } });
  return fold(fold(cluster, orphans, owned(own)), strangers, owned(undefined));
}

function makePod(cluster: Cluster, set: ReplicaSet, { tell }: Turn): Cluster {
  const name = `${set.metadata.name}-${draw(`${keyOf(set)} ${cluster.serial}`, 5)}`;
  tell(set, "SuccessfulCreate", `Created pod: ${name}`);
  const { metadata, spec } = set.spec.template;
  return put(
    { ...cluster, serial: cluster.serial + 1 },
    {
      kind: "Pod",
      metadata: {
        ...metadata,
        name,
        namespace: set.metadata.namespace,
        ownerReferences: [{ kind: set.kind, name: set.metadata.name }],
        creationTimestamp: cluster.time,
      },
      spec,
    },
  );
}

/** Which of two Pods goes first: the one without a node, not ready, younger. */
function leastMissed(a: Pod, b: Pod): number {
  const worth = (pod: Pod) => Number(pod.spec.nodeName !== undefined) + 2 * Number(isTrue(pod, "Ready"));
  return worth(a) - worth(b) || (b.metadata.creationTimestamp ?? 0) - (a.metadata.creationTimestamp ?? 0);
}
