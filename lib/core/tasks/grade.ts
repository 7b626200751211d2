import type { AnswerOf, ComparedKind, Grade, Kind, Locale } from "../questions/index.ts";
import { grade, type QuestionOf } from "../questions/item.ts";
import { gradeParts } from "../questions/kind.ts";
import { judge } from "./judge.ts";

/**
 * Grades a parsed answer of any kind; a task's by the probes that pass. Loads the cluster model, so screens import it where they show a
 * task and not before.
 */
export function gradeAny<K extends Kind>(item: QuestionOf<K>, answer: AnswerOf<K>, locale: Locale): Grade {
  if (isTask(item)) return gradeTask(item, answer as AnswerOf<"manifest">);
  return grade(item as QuestionOf<ComparedKind>, answer as AnswerOf<ComparedKind>, locale);
}

const isTask = (item: QuestionOf<Kind>): item is QuestionOf<"manifest"> => item.kind === "manifest";

function gradeTask({ task }: QuestionOf<"manifest">, { manifests }: AnswerOf<"manifest">): Grade {
  const { findings, beliefs } = judge(task, manifests);
  // Manifests with an error are applied to nothing: no probe was asked, and none passed.
  const passed = task.probes.map(({ id }) =>
    findings.some((finding) => finding.probe === id && finding.passed),
  );
  return gradeParts(passed, beliefs);
}
