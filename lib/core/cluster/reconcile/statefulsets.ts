import type { Cluster, Pod, StatefulSet } from "../objects.ts";
import { all, fold, isTrue, put } from "../store.ts";
import { type Controller, hashOf, type Turn } from "./controller.ts";
import { podsOf } from "./replicasets.ts";

/** Pods with a name and a number each: made in order, updated and taken away from the last. */
export const statefulSets: Controller = (cluster, turn) =>
  fold(cluster, all(cluster, "StatefulSet"), (before, set) => {
    const pods = podsOf(before, set);
    const after = nextStep(before, set, pods, turn);
    const left = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const status = {
      replicas: left.length,
      readyReplicas: left.filter((pod) => isTrue(pod, "Ready")).length,
    };
    return put(after, { ...set, status });
  });

function nextStep(cluster: Cluster, set: StatefulSet, pods: readonly Pod[], turn: Turn): Cluster {
  const { replicas = 1, podManagementPolicy, template } = set.spec;
  const revision = `${set.metadata.name}-${hashOf(template)}`;
  const inOrder = podManagementPolicy !== "Parallel";
  let now = cluster;
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = pods.find(({ metadata }) => metadata.name === `${set.metadata.name}-${ordinal}`);
    if (!pod) now = makePod(now, set, ordinal, revision, turn);
    if (inOrder && !(pod && isTrue(pod, "Ready") && pod.metadata.deletionTimestamp === undefined)) return now;
  }
  const fromLast = pods.toSorted((a, b) => ordinalOf(b) - ordinalOf(a));
  if (fromLast.some(({ metadata }) => metadata.deletionTimestamp !== undefined)) return now;
  const surplus = fromLast.filter((pod) => ordinalOf(pod) >= replicas);
  // A Pod that never became ready may be replaced, too; else a broken template could not be mended.
  const outdated = fromLast
    .filter(({ metadata }) => metadata.labels?.["controller-revision-hash"] !== revision)
    .slice(0, 1);
  const leaving = surplus.length === 0 ? outdated : inOrder ? surplus.slice(0, 1) : surplus;
  return fold(now, leaving, (after, pod) => {
    turn.tell(
      set,
      "SuccessfulDelete",
      `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`,
    );
    return put(after, { ...pod, metadata: { ...pod.metadata, deletionTimestamp: after.time } });
  });
}

const ordinalOf = ({ metadata }: Pod): number => Number(/\d+$/.exec(metadata.name)?.[0] ?? 0);

function makePod(
  cluster: Cluster,
  set: StatefulSet,
  ordinal: number,
  revision: string,
  { tell }: Turn,
): Cluster {
  const { name: setName, namespace } = set.metadata;
  const name = `${setName}-${ordinal}`;
  const { metadata, spec } = set.spec.template;
  tell(set, "SuccessfulCreate", `create Pod ${name} in StatefulSet ${setName} successful`);
  const labels = {
    ...metadata?.labels,
    "apps.kubernetes.io/pod-index": String(ordinal),
    "controller-revision-hash": revision,
    "statefulset.kubernetes.io/pod-name": name,
  };
  return put(cluster, {
    kind: "Pod",
    metadata: {
      ...metadata,
      name,
      namespace,
      labels,
      ownerReferences: [{ kind: "StatefulSet", name: setName }],
      creationTimestamp: cluster.time,
    },
    spec: { ...spec, hostname: name, subdomain: set.spec.serviceName || undefined },
  });
}
