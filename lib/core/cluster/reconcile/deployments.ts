import type { Cluster, Deployment, ReplicaSet } from "../objects.ts";
import { all, fold, put } from "../store.ts";
import { type Controller, hashOf, type Turn } from "./controller.ts";
import { podsOf } from "./replicasets.ts";

/** Rolls each Deployment out: a ReplicaSet for each template it had, of which the newest is to have all the Pods. */
export const deployments: Controller = (cluster, turn) =>
  fold(cluster, all(cluster, "Deployment"), (before, deployment) => {
    const owned = replicaSetsOf(before, deployment);
    const hash = hashOf(deployment.spec.template);
    const name = `${deployment.metadata.name}-${hash}`;
    const current = owned.find(({ metadata }) => metadata.name === name);
    const old = owned.filter((set) => set !== current);
    const proceed = isScaled(deployment, owned) ? scaleTogether : rollOut;
    const newest = current ?? newSet(deployment, name, hash, before.time);
    const after = proceed(before, deployment, newest, old, turn);
    const sets = replicaSetsOf(after, deployment);
    const count = (of: readonly ReplicaSet[], what: "replicas" | "readyReplicas") =>
      of.reduce((sum, { status }) => sum + (status?.[what] ?? 0), 0);
    const status = {
      replicas: count(sets, "replicas"),
      updatedReplicas: count(
        sets.filter(({ metadata }) => metadata.name === name),
        "replicas",
      ),
      readyReplicas: count(sets, "readyReplicas"),
    };
    return put(after, { ...deployment, status });
  });

const replicaSetsOf = (cluster: Cluster, { metadata }: Deployment): ReplicaSet[] =>
  all(cluster, "ReplicaSet").filter(
    (set) =>
      set.metadata.namespace === metadata.namespace &&
      set.metadata.ownerReferences?.some(({ kind, name }) => kind === "Deployment" && name === metadata.name),
  );

function newSet({ metadata, spec }: Deployment, name: string, hash: string, time: number): ReplicaSet {
  const own = { "pod-template-hash": hash };
  const { matchLabels, ...rest } = spec.selector;
  const labels = { ...spec.template.metadata?.labels, ...own };
  return {
    kind: "ReplicaSet",
    metadata: {
      name,
      namespace: metadata.namespace,
      labels,
      ownerReferences: [{ kind: "Deployment", name: metadata.name }],
      creationTimestamp: time,
    },
    spec: {
      replicas: 0,
      selector: { ...rest, matchLabels: { ...matchLabels, ...own } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}

/** What a ReplicaSet is told of its Deployment whenever it is resized: how many Pods it was to have, and at most. */
const DESIRED = "deployment.kubernetes.io/desired-replicas";
const AT_MOST = "deployment.kubernetes.io/max-replicas";

function resize(
  cluster: Cluster,
  deployment: Deployment,
  set: ReplicaSet,
  to: number,
  { tell }: Turn,
): Cluster {
  const from = size(set);
  if (from !== to)
    tell(
      deployment,
      "ScalingReplicaSet",
      `Scaled ${to > from ? "up" : "down"} replica set ${set.metadata.name} from ${from} to ${to}`,
    );
  const { replicas: wanted = 1 } = deployment.spec;
  const annotations = {
    ...set.metadata.annotations,
    [DESIRED]: String(wanted),
    [AT_MOST]: String(wanted + limits(deployment).surge),
  };
  return put(cluster, {
    ...set,
    metadata: { ...set.metadata, annotations },
    spec: { ...set.spec, replicas: to },
  });
}

/** Whether another number of Pods was asked for since ReplicaSets were resized last. Recreate has one of them at a time. */
const isScaled = ({ spec: { replicas = 1, strategy } }: Deployment, sets: readonly ReplicaSet[]): boolean =>
  strategy?.type !== "Recreate" &&
  sets.some(({ metadata, spec }) => {
    const desired = metadata.annotations?.[DESIRED];
    return spec.replicas !== 0 && desired !== undefined && desired !== String(replicas);
  });

/**
 * Resizes ReplicaSets to another number of Pods. Where a rollout is under way, each gets its share by its size, and the largest
 * one what is left over by rounding (K8s: Deployments, proportional scaling; KEP 3973).
 */
function scaleTogether(
  cluster: Cluster,
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  turn: Turn,
): Cluster {
  const { replicas: wanted = 1 } = deployment.spec;
  const active = [current, ...old].filter((set) => size(set) > 0);
  const [only = current, ...others] = active;
  if (others.length === 0) return resize(cluster, deployment, only, wanted, turn);
  const atMost = wanted === 0 ? 0 : wanted + limits(deployment).surge;
  const missing = atMost - sizeOf(active);
  // Of equal ones the newer grows first, and the older shrinks first.
  const age = ({ metadata }: ReplicaSet) => (metadata.creationTimestamp ?? 0) * (missing > 0 ? -1 : 1);
  let left = missing;
  const shares = active
    .toSorted((a, b) => size(b) - size(a) || age(a) - age(b))
    .map((set) => {
      const before = Number(set.metadata.annotations?.[AT_MOST] ?? deployment.status?.replicas);
      const share = Math.round((size(set) * atMost) / before) - size(set);
      const taken = left === 0 ? 0 : missing > 0 ? Math.min(share, left) : Math.max(share, left);
      left -= taken;
      return { set, to: size(set) + taken };
    });
  return fold(cluster, shares.entries(), (now, [n, { set, to }]) =>
    resize(now, deployment, set, n === 0 ? Math.max(0, to + left) : to, turn),
  );
}

/** One step of a rollout, as the controllers of Kubernetes take it (K8s: Deployments, rolling update). */
function rollOut(
  cluster: Cluster,
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  turn: Turn,
): Cluster {
  const { replicas: wanted = 1, strategy } = deployment.spec;
  // One that stays as large is put there all the same: it may have been made this moment.
  const resized = (now: Cluster, set: ReplicaSet, to: number): Cluster =>
    to === size(set) ? put(now, set) : resize(now, deployment, set, to, turn);
  if (strategy?.type === "Recreate") {
    if (old.some((set) => size(set) > 0)) return fold(cluster, old, (now, set) => resized(now, set, 0));
    return old.some((set) => podsOf(cluster, set).length > 0) ? cluster : resized(cluster, current, wanted);
  }

  const { surge, unavailable } = limits(deployment);
  const total = sizeOf([current, ...old]);
  const room = old.some((set) => size(set) > 0) ? Math.max(0, wanted + surge - total) : wanted;
  const grown = Math.min(wanted, size(current) + room);
  const scaled = resized(cluster, current, grown);
  // Only so many old Pods go as leave enough that are ready; those that are not ready anyway go first.
  const enough = wanted - unavailable;
  const notReadyYet = size(current) - ready(current);
  let surplus = Math.max(0, total - enough - notReadyYet);
  const withoutBroken = old.map((set) => {
    const broken = Math.min(surplus, size(set) - ready(set));
    surplus -= broken;
    return { set, left: size(set) - broken };
  });
  let spare = Math.max(0, [current, ...old].reduce((sum, set) => sum + ready(set), 0) - enough);
  return fold(scaled, withoutBroken, (now, { set, left }) => {
    const fewer = Math.min(spare, surplus, left);
    spare -= fewer;
    surplus -= fewer;
    return resized(now, set, left - fewer);
  });
}

const size = ({ spec }: ReplicaSet): number => spec.replicas ?? 0;
const sizeOf = (sets: readonly ReplicaSet[]): number => sets.reduce((sum, set) => sum + size(set), 0);
const ready = (set: ReplicaSet): number => Math.min(size(set), set.status?.readyReplicas ?? 0);

/** How many Pods more, and how many fewer ready ones, a rollout may have; a share is rounded up, and down. */
function limits({ spec: { replicas = 1, strategy } }: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = "25%", maxUnavailable = "25%" } = strategy?.rollingUpdate ?? {};
  const of = (limit: number | string, round: (value: number) => number) =>
    typeof limit === "number" ? limit : round((replicas * Number.parseFloat(limit)) / 100);
  const [surge, unavailable] = [of(maxSurge, Math.ceil), of(maxUnavailable, Math.floor)];
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
