import {
  addressOf,
  all,
  type Cluster,
  find,
  fullKey,
  isEqual,
  keyOf,
  type Labels,
  type MisconceptionId,
  type Path,
  type Place,
  RULES,
  type Rules,
  symptom,
  trace,
  withVariant,
} from "#lib/core/cluster/index.ts";
import {
  buildScene,
  comeToRest,
  makeChange,
  type Problem,
  packetOf,
  type Scene,
} from "#lib/core/scene/index.ts";
import { ANSWER_LIMIT, type ConnectionTest, type ObjectTest, type Probe, type Task } from "./task.ts";

/** What a probe found. */
export interface Finding {
  probe: string;
  passed: boolean;
  /** What of that which was to happen first could not: such a probe never passes. */
  problems: readonly Problem[];
  /** The ways that its connection may take, where it asks about one … */
  paths: readonly Path[];
  /** … and the first of them that is not as it must be. */
  culprit?: Path;
  /** What an object has at the paths that were asked about, where it asks about one; undefined where it has nothing. */
  values?: Readonly<Record<string, unknown>>;
}

export interface Judgement {
  /** What the API server would say to the manifests; with an error among them nothing was applied or asked. */
  problems: readonly Problem[];
  findings: readonly Finding[];
  passed: boolean;
  /** Beliefs under which these manifests would do all that is asked for. Empty where they do. */
  beliefs: readonly string[];
}

/** Steps that all of a judgement may take together. Ordinary ones take a hundred at most. */
const STEPS = 1000;
/** Problems that are told: more are no use to anybody. */
const MOST_PROBLEMS = 20;

/**
 * Applies a learner's manifests to a task's cluster, lets it come to rest, and asks each probe. Whatever the text is, it does nothing else,
 * ends after a bounded number of steps, and does not throw.
 */
export function judge(task: Task, manifests: string): Judgement {
  if (manifests.length > ANSWER_LIMIT)
    return refused([{ severity: "error", message: `the text is longer than ${ANSWER_LIMIT} characters` }]);
  const left: Allowance = { steps: STEPS };
  const { cluster, problems, rules } = applyTo(task.scene, manifests, null, left);
  if (!cluster) return refused(problems);
  const findings = task.probes.map((probe) => ask(cluster, probe, rules, left));
  const passed = findings.every((finding) => finding.passed);
  const beliefs = passed ? [] : task.beliefs.filter((belief) => wouldPass(task, manifests, belief, left));
  return { problems, findings, passed, beliefs };
}

/** What is left of the steps that a judgement may take. */
interface Allowance {
  steps: number;
}

function rest(
  cluster: Cluster,
  rules: Rules,
  left: Allowance,
  seconds?: number,
): ReturnType<typeof comeToRest> {
  const rested = comeToRest(cluster, rules, { steps: left.steps, ...(seconds !== undefined && { seconds }) });
  left.steps = rested.problems.length > 0 ? 0 : left.steps - (rested.cluster.tick - cluster.tick);
  return rested;
}

const refused = (problems: readonly Problem[]): Judgement => ({
  problems: atMost(problems),
  findings: [],
  passed: false,
  beliefs: [],
});

const atMost = (problems: readonly Problem[]): readonly Problem[] =>
  problems.length <= MOST_PROBLEMS
    ? problems
    : [
        ...problems.slice(0, MOST_PROBLEMS),
        { severity: "error", message: `and ${problems.length - MOST_PROBLEMS} more` },
      ];

/** Whether all would be as asked for, were the belief true. */
function wouldPass({ scene, probes }: Task, manifests: string, belief: string, left: Allowance): boolean {
  const { cluster, rules } = applyTo(scene, manifests, belief, left);
  return cluster !== null && probes.every((probe) => ask(cluster, probe, rules, left).passed);
}

/** @param belief the wrong belief to see the cluster with; null for the truth */
function applyTo(
  scene: Scene,
  manifests: string,
  belief: string | null,
  left: Allowance,
): { cluster: Cluster | null; problems: readonly Problem[]; rules: Rules } {
  const { cluster: before, rules } = sceneUnder(scene, belief);
  const applied = makeChange(before, { do: "apply", manifests }, rules);
  const rested = rest(applied.cluster, rules, left);
  const problems = [...applied.problems, ...rested.problems];
  const failed = problems.some(({ severity }) => severity === "error");
  return { cluster: failed ? null : rested.cluster, problems, rules };
}

/** Built once: every answer to a task, and every look at one, starts from the same scenes. */
const scenes = new WeakMap<Scene, Map<string | null, { cluster: Cluster; rules: Rules }>>();

function sceneUnder(scene: Scene, belief: string | null): { cluster: Cluster; rules: Rules } {
  const built = scenes.get(scene) ?? new Map<string | null, { cluster: Cluster; rules: Rules }>();
  scenes.set(scene, built);
  const known = built.get(belief);
  if (known) return known;
  const rules = belief === null ? RULES : withVariant(belief as MisconceptionId);
  const fresh = { cluster: buildScene(scene, rules).cluster, rules };
  built.set(belief, fresh);
  return fresh;
}

/** Asks a probe of a cluster of its own, after what is to happen to it. */
function ask(before: Cluster, probe: Probe, rules: Rules, left: Allowance): Finding {
  let cluster = before;
  for (const change of probe.after) {
    const changed = makeChange(cluster, change, rules);
    const rested = rest(changed.cluster, rules, left, probe.seconds);
    const problems = [...changed.problems, ...rested.problems].filter(({ severity }) => severity === "error");
    if (problems.length > 0) return { probe: probe.id, passed: false, problems, paths: [] };
    cluster = rested.cluster;
  }
  return "connection" in probe
    ? askConnection(cluster, probe.id, probe.connection, rules)
    : askObject(cluster, probe.id, probe.object);
}

function askConnection(
  cluster: Cluster,
  probe: string,
  { connection, ends, receivers, source }: ConnectionTest,
  rules: Rules,
): Finding {
  const packet = packetOf(cluster, connection);
  if (!packet) return { probe, passed: ends === "fails", problems: [], paths: [] };
  const client = addressOf(cluster, packet.from);
  // Where nobody asks, nothing is kept from anybody either.
  if (client === undefined) {
    const problems: Problem[] = [{ severity: "error", message: `${connection.from} has no address` }];
    return { probe, passed: false, problems, paths: [] };
  }
  const { paths } = trace(cluster, packet, rules);
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
  const passed = paths.length > 0 && !culprit && everyone;
  return { probe, passed, problems: [], paths, ...(culprit && { culprit }) };
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

function askObject(cluster: Cluster, probe: string, { kind, key, has }: ObjectTest): Finding {
  const object: unknown = find(cluster, kind, fullKey(kind, key));
  const at = (path: string) =>
    path
      .split(".")
      .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], object);
  const values = Object.fromEntries(Object.keys(has).map((path) => [path, at(path)]));
  const passed =
    object !== undefined && Object.entries(has).every(([path, value]) => isEqual(values[path], value));
  return { probe, passed, problems: [], paths: [], values };
}
