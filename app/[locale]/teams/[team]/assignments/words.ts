import type { useFormatter, useTranslations } from "next-intl";
import type { AssignmentSummary } from "#lib/server/queries/assignments.ts";

/** When an assignment is due, and what done means, in words. */
export function assignmentWords(
  t: ReturnType<typeof useTranslations<"assignments">>,
  format: ReturnType<typeof useFormatter>,
  { due, readinessTarget, hasExam }: Pick<AssignmentSummary, "due" | "readinessTarget" | "hasExam">,
): { due: string; goals: string[] } {
  const goals: string[] = [];
  if (readinessTarget !== null) {
    const percent = format.number(readinessTarget, { style: "percent", maximumFractionDigits: 1 });
    goals.push(t("target", { percent }));
  }
  if (hasExam) goals.push(t("withExam"));
  return {
    due:
      due.kind === "on"
        ? t("dueOn", { date: format.dateTime(new Date(due.day), { dateStyle: "medium", timeZone: "UTC" }) })
        : t("dueAfter", { days: due.days }),
    goals,
  };
}
