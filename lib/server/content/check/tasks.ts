/** Whether a task asks what it says: its own solutions are tried. */
import { VARIANTS } from "#lib/core/cluster/index.ts";
import { buildScene } from "#lib/core/scene/index.ts";
import { type Judgement, judge } from "#lib/core/tasks/index.ts";
import type { Located } from "../load.ts";
import type { TaskFile } from "../schema.ts";
import type { Checked, Finding } from "./rule.ts";

/** Found by its name, in lists of items as among files. */
export function* taskName({ tasks }: Checked) {
  for (const { value, at } of tasks) {
    if (!value.id.startsWith("task-") || !at().file.endsWith(`/${value.id}.yaml`))
      yield { ...at("id"), message: "name the file by the id, and let it begin with `task-`" };
  }
}

/** A belief that the model cannot see with is never found in an answer. */
export function* taskBelief({ tasks }: Checked) {
  for (const { value, at } of tasks) {
    for (const [index, belief] of value.beliefs.entries()) {
      if (!Object.hasOwn(VARIANTS, belief))
        yield { ...at("beliefs", index), message: `the cluster model has no variant \`${belief}\`` };
      else if (!value.solutions.wrong.some((wrong) => wrong.belief === belief))
        yield {
          ...at("beliefs", index),
          message: `no wrong solution shows \`${belief}\`: add one, or take it out`,
        };
    }
  }
}

export function* taskScene({ tasks }: Checked) {
  for (const { value, at } of tasks) {
    for (const { severity, message, line } of buildScene(value.scene).problems) {
      if (severity === "error")
        yield {
          ...at("scene"),
          message: `the cluster cannot be made: ${message}${line ? ` (line ${line} of its manifests)` : ""}`,
        };
    }
  }
}

/** Nothing is asked where what is there already will do. */
export function* taskStart({ tasks }: Checked) {
  for (const { value, at } of known(tasks)) {
    if (judge(taskOf(value), value.start).passed)
      yield { ...at("start"), message: "this does all that is asked for already" };
  }
}

export function* taskSolutions({ tasks }: Checked) {
  for (const { value, at } of known(tasks)) {
    const task = taskOf(value);
    const { right, wrong } = value.solutions;
    for (const [index, { manifests }] of right.entries()) {
      const judged = judge(task, manifests);
      if (!judged.passed)
        yield { ...at("solutions", "right", index), message: `is to be right, but ${told(judged)}` };
    }
    for (const [index, solution] of wrong.entries()) {
      const place = at("solutions", "wrong", index);
      yield* faultsOf(solution, judge(task, solution.manifests)).map(
        (message): Finding => ({ ...place, message }),
      );
    }
  }
}

/** A probe that nothing fails tells no right from wrong. */
export function* idleProbe({ tasks }: Checked) {
  for (const { value, at } of tasks) {
    for (const [index, { id }] of value.probes.entries()) {
      if (!value.solutions.wrong.some(({ fails }) => fails?.includes(id)))
        yield {
          ...at("probes", index),
          message: `no wrong solution fails \`${id}\`: add one, or take the probe out`,
        };
    }
  }
}

/** What a wrong solution does otherwise than its author says. */
function faultsOf(
  { fails, error, belief }: TaskFile["solutions"]["wrong"][number],
  judged: Judgement,
): string[] {
  const { beliefs } = judged;
  const failed = failedOf(judged);
  const faults: string[] = [];
  if (error !== undefined && !messagesOf(judged).some((message) => message.includes(error)))
    faults.push(`is to be refused with “${error}”, but ${told(judged)}`);
  if (fails !== undefined && [...fails].sort().join() !== failed.sort().join())
    faults.push(`is to fail ${fails.join(", ")}, but ${told(judged)}`);
  if (belief !== undefined && !beliefs.includes(belief))
    faults.push(`is to show \`${belief}\`, but shows ${beliefs.join(", ") || "no belief"}`);
  if (belief === undefined && beliefs.length > 0)
    faults.push(`shows ${beliefs.join(", ")}: say so in \`belief\``);
  return faults;
}

const taskOf = ({ scene, start, probes, beliefs }: TaskFile) => ({ scene, start, probes, beliefs });

/** Tasks whose beliefs the model can see with; of others `taskBelief` tells. */
const known = (tasks: readonly Located<TaskFile>[]) =>
  tasks.filter(({ value }) => value.beliefs.every((belief) => Object.hasOwn(VARIANTS, belief)));

const failedOf = ({ findings }: Judgement) =>
  findings.filter(({ passed }) => !passed).map(({ probe }) => probe);

const messagesOf = ({ problems }: Judgement) =>
  problems.filter(({ severity }) => severity === "error").map(({ message }) => message);

/** What became of manifests, in words. */
function told(judged: Judgement): string {
  if (judged.passed) return "passes";
  return judged.findings.length === 0
    ? `is refused: ${messagesOf(judged).join("; ")}`
    : `fails ${failedOf(judged).join(", ")}`;
}
