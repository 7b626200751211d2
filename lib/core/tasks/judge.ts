import {
  addressOf,
  all,
  type Cluster,
  find,
  isEqual,
  type Kind,
  keyOf,
  type Labels,
  type MisconceptionId,
  type Path,
  type Place,
  RULES,
  type Rules,
  settle,
  symptom,
  trace,
  withVariant,
} from "#lib/core/cluster/index.ts";
import { buildScene, makeChange, type Problem, packetOf } from "#lib/core/scene/index.ts";
import type { Probe, Task } from "./task.ts";

/** What a probe found. */
export interface Finding {
  probe: string;
  passed: boolean;
  /** The ways that its connection may take, where it asks about one … */
  paths: readonly Path[];
  /** … and the first of them that is not as it must be. */
  culprit?: Path;
}

export interface Judgement {
  /** What the API server would say to the manifests; with an error among them nothing was applied or asked. */
  problems: readonly Problem[];
  findings: readonly Finding[];
  passed: boolean;
  /** Beliefs under which these manifests would do all that is asked for. Empty where they do. */
  beliefs: readonly string[];
}

/** Applies a learner's manifests to a task's cluster, lets it come to rest, and asks each probe. */
export function judge(task: Task, manifests: string): Judgement {
  const { problems, findings } = run(task, manifests, RULES);
  const passed = findings.length > 0 && findings.every((finding) => finding.passed);
  if (passed || findings.length === 0) return { problems, findings, passed, beliefs: [] };
  const beliefs = task.beliefs.filter((id) =>
    run(task, manifests, withVariant(id as MisconceptionId)).findings.every((finding) => finding.passed),
  );
  return { problems, findings, passed, beliefs };
}

function run(
  task: Task,
  manifests: string,
  rules: Rules,
): { problems: readonly Problem[]; findings: Finding[] } {
  const scene = buildScene(task.scene, rules).cluster;
  const { cluster: applied, problems } = makeChange(scene, { do: "apply", manifests }, rules);
  if (problems.some(({ severity }) => severity === "error")) return { problems, findings: [] };
  const cluster = settle(applied, { rules });
  return { problems, findings: task.probes.map((probe) => ask(cluster, probe, rules)) };
}

/** Asks a probe of a cluster of its own, after what is to happen to it. */
function ask(before: Cluster, probe: Probe, rules: Rules): Finding {
  const cluster = probe.after.reduce(
    (now, change) => settle(makeChange(now, change, rules).cluster, { rules }),
    before,
  );
  const { connection, object } = probe;
  if (connection) return askConnection(cluster, probe.id, connection, rules);
  return { probe: probe.id, passed: object === undefined || hasValues(cluster, object), paths: [] };
}

function askConnection(
  cluster: Cluster,
  probe: string,
  { connection, ends, receivers, source }: NonNullable<Probe["connection"]>,
  rules: Rules,
): Finding {
  const packet = packetOf(cluster, connection);
  if (!packet) return { probe, passed: ends === "fails", paths: [] };
  const { paths } = trace(cluster, packet, rules);
  const client = addressOf(cluster, packet.from);
  const isWrong = ({ verdict }: Path) => {
    const seen = symptom(verdict, rules);
    if (ends === "fails" ? seen === "answered" : seen !== ends) return true;
    if (verdict.kind !== "delivered") return false;
    if (source && (verdict.source === client) !== (source === "client")) return true;
    return receivers !== undefined && !isReceiver(cluster, verdict.to, receivers);
  };
  const culprit = paths.find(isWrong);
  const reached = new Set(
    paths.flatMap(({ verdict }) =>
      verdict.kind === "delivered" && verdict.to.kind === "Pod" ? [verdict.to.key] : [],
    ),
  );
  const everyone = receivers === undefined || readyPods(cluster, receivers).every((key) => reached.has(key));
  return { probe, passed: paths.length > 0 && !culprit && everyone, paths, ...(culprit && { culprit }) };
}

const isReceiver = (cluster: Cluster, to: Place, labels: Labels): boolean =>
  to.kind === "Pod" && hasLabels(find(cluster, "Pod", to.key)?.metadata.labels, labels);

const hasLabels = (labels: Labels | undefined, wanted: Labels) =>
  Object.entries(wanted).every(([key, value]) => labels?.[key] === value);

const readyPods = (cluster: Cluster, labels: Labels) =>
  all(cluster, "Pod")
    .filter(
      ({ metadata, status }) =>
        !metadata.deletionTimestamp &&
        hasLabels(metadata.labels, labels) &&
        status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
    )
    .map(keyOf);

function hasValues(cluster: Cluster, { kind, key, has }: NonNullable<Probe["object"]>): boolean {
  const object: unknown = find(cluster, kind as Kind, key);
  const at = (path: string) =>
    path
      .split(".")
      .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], object);
  return object !== undefined && Object.entries(has).every(([path, value]) => isEqual(at(path), value));
}
