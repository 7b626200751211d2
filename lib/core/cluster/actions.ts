import { newNode } from "./create.ts";
import type { Cluster, Key, Kind, KubeObject, Objects, Pod } from "./objects.ts";
import { RULES, type Rules } from "./rules.ts";
import { KINDS } from "./schema.ts";
import { drop, find, fold, keyOf, put } from "./store.ts";

/** What somebody, or fate, does to a cluster. Nothing follows from it until the cluster is stepped. */

/** A bare name of what belongs to a namespace means the namespace `default`, as with kubectl. */
export const fullKey = (kind: Kind, key: Key): Key =>
  KINDS[kind].namespaced && !key.includes("/") ? `default/${key}` : key;

/** Changes an object that must be there: who names one that is not has made a mistake. */
function change<K extends Kind>(
  cluster: Cluster,
  kind: K,
  key: Key,
  how: (object: Objects[K]) => Objects[K],
): Cluster {
  const object = find(cluster, kind, fullKey(kind, key));
  if (!object) throw new Error(`There is no ${kind} ${key}`);
  return put(cluster, how(object));
}

/** `kubectl delete`. A Pod is ended first; a Namespace takes along all that is in it. */
export function remove(cluster: Cluster, kind: Kind, key: Key): Cluster {
  const full = fullKey(kind, key);
  if (kind === "Pod") return change(cluster, "Pod", key, (pod) => deleted(pod, cluster.time));
  if (kind !== "Namespace") return drop(cluster, kind, full);
  const inside = Object.values<readonly KubeObject[]>(cluster.objects)
    .flat()
    .filter(({ metadata }) => metadata.namespace === full);
  const emptied = fold(cluster, inside, (now, object) => drop(now, object.kind, keyOf(object)));
  return drop(emptied, kind, full);
}

const deleted = (pod: Pod, time: number): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, deletionTimestamp: pod.metadata.deletionTimestamp ?? time },
});

/** The machine of a node stops. Kubernetes notices after a while. */
export const failNode = (cluster: Cluster, name: string): Cluster =>
  name in cluster.down ? cluster : { ...cluster, down: { ...cluster.down, [name]: cluster.time } };

/** The machine of a node runs again. */
export function restoreNode(cluster: Cluster, name: string): Cluster {
  const { [name]: since, ...down } = cluster.down;
  return since === undefined ? cluster : { ...cluster, down };
}

export const addNode = (cluster: Cluster, name: string): Cluster => put(cluster, newNode(name, cluster.time));

/** `kubectl cordon` and `uncordon`. */
export const cordon = (cluster: Cluster, name: string, unschedulable = true): Cluster =>
  change(cluster, "Node", name, (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));

/** Lets the readiness probe of a Pod fail or succeed; a Pod without a probe counts as ready all the same. */
export function setReady(cluster: Cluster, pod: Key, ready: boolean): Cluster {
  const key = fullKey("Pod", pod);
  const others = cluster.unhealthy.filter((other) => other !== key);
  if (ready === (others.length === cluster.unhealthy.length)) return cluster;
  return { ...cluster, unhealthy: ready ? others : [...others, key].sort() };
}

/** A container of a Pod ends and is started anew, in the same Pod. */
export const restartContainer = (cluster: Cluster, pod: Key, rules: Rules = RULES): Cluster =>
  change(cluster, "Pod", pod, (old) => ({
    ...old,
    status: old.status && {
      ...old.status,
      podIP: rules.restartKeepsAddress() ? old.status.podIP : undefined,
      restartCount: (old.status.restartCount ?? 0) + 1,
    },
  }));

/** `kubectl label`: null takes a label away. */
export const relabel = (
  cluster: Cluster,
  kind: Kind,
  key: Key,
  labels: Record<string, string | null>,
): Cluster =>
  change(cluster, kind, key, (object) => {
    const kept = Object.entries({ ...object.metadata.labels, ...labels }).filter(
      ([, value]) => value !== null,
    );
    return { ...object, metadata: { ...object.metadata, labels: Object.fromEntries(kept) } } as typeof object;
  });

type Scalable = "Deployment" | "StatefulSet" | "ReplicaSet";

/** `kubectl scale`. */
export const scale = (cluster: Cluster, kind: Scalable, key: Key, replicas: number): Cluster =>
  change(cluster, kind as "Deployment", key, (object) => ({
    ...object,
    spec: { ...object.spec, replicas },
  }));

/** `kubectl set image` for every container. */
export const setImage = (cluster: Cluster, kind: Scalable, key: Key, image: string): Cluster =>
  change(cluster, kind as "Deployment", key, ({ spec, ...object }) => {
    const containers = spec.template.spec.containers.map((container) => ({ ...container, image }));
    const template = { ...spec.template, spec: { ...spec.template.spec, containers } };
    return { ...object, spec: { ...spec, template } };
  });
