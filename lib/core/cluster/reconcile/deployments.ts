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
    const after = rollOut(
      before,
      deployment,
      current ?? newSet(deployment, name, hash, before.time),
      old,
      turn,
    );
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

/** One step of a rollout, as the controllers of Kubernetes take it (K8s: Deployments, rolling update). */
function rollOut(
  cluster: Cluster,
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  turn: Turn,
): Cluster {
  const { replicas: wanted = 1, strategy } = deployment.spec;
  const resize = (now: Cluster, set: ReplicaSet, to: number): Cluster => {
    const from = size(set);
    // Only a set that was made this moment is put there as it is.
    if (from === to) return put(now, set);
    turn.tell(
      deployment,
      "ScalingReplicaSet",
      `Scaled ${to > from ? "up" : "down"} replica set ${set.metadata.name} from ${from} to ${to}`,
    );
    return put(now, { ...set, spec: { ...set.spec, replicas: to } });
  };
  if (strategy?.type === "Recreate") {
    if (old.some((set) => size(set) > 0)) return fold(cluster, old, (now, set) => resize(now, set, 0));
    return old.some((set) => podsOf(cluster, set).length > 0) ? cluster : resize(cluster, current, wanted);
  }

  const { surge, unavailable } = limits(deployment);
  const total = [current, ...old].reduce((sum, set) => sum + size(set), 0);
  const room = old.some((set) => size(set) > 0) ? Math.max(0, wanted + surge - total) : wanted;
  const grown = Math.min(wanted, size(current) + room);
  const scaled = resize(cluster, current, grown);
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
    return resize(now, set, left - fewer);
  });
}

const size = ({ spec }: ReplicaSet): number => spec.replicas ?? 0;
const ready = (set: ReplicaSet): number => Math.min(size(set), set.status?.readyReplicas ?? 0);

/** How many Pods more, and how many fewer ready ones, a rollout may have; a share is rounded up, and down. */
function limits({ spec: { replicas = 1, strategy } }: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = "25%", maxUnavailable = "25%" } = strategy?.rollingUpdate ?? {};
  const of = (limit: number | string, round: (value: number) => number) =>
    typeof limit === "number" ? limit : round((replicas * Number.parseFloat(limit)) / 100);
  const [surge, unavailable] = [of(maxSurge, Math.ceil), of(maxUnavailable, Math.floor)];
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
