import type { useFormatter, useTranslations } from "next-intl";
import type { Plan, Status } from "#lib/core/assignments/index.ts";

type Translate = ReturnType<typeof useTranslations<"dashboard">>;
type Format = ReturnType<typeof useFormatter>;

/** What there is to say about somebody's part of an assignment. */
export interface Part {
  plan: Plan;
  /** Readiness now. */
  readiness: number;
  target: number | null;
  /** ms since the epoch. */
  dueAt: number;
}

/** How somebody stands with an assignment and why, in words: "behind: 14 new cards a day needed, does 4". */
export function planWords(
  t: Translate,
  format: Format,
  { plan, readiness, target, dueAt }: Part,
  timeZone: string,
): string {
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  // Due moments are ends of days: what is due is the day before the midnight.
  const date = format.dateTime(new Date(dueAt - 1), { month: "short", day: "numeric", timeZone });
  const pace = format.number(plan.pace, { maximumFractionDigits: 1 });
  const aim = percent(target ?? 1);
  switch (plan.status) {
    case "done":
      return t("words.done", { readiness: percent(readiness) });
    case "overdue":
      return plan.obstacle === "exam"
        ? t("words.overdueExam", { date })
        : t("words.overdue", { date, readiness: percent(readiness), target: aim });
    case "notStarted":
      return withReach(t("words.notStarted", { count: plan.newPerDayNeeded }));
    case "onTrack":
      return plan.obstacle === "exam"
        ? t("words.examLeft", { date })
        : t("words.onTrack", { pace, count: plan.newPerDayNeeded });
    case "behind":
      return withReach(behind());
  }

  function behind(): string {
    switch (plan.obstacle) {
      case "reviews":
        return t("words.reviews", { projected: percent(plan.projectedReadiness), target: aim });
      case "retention":
        return t("words.retention", { target: aim });
      case "exam":
        return t("words.examLeft", { date });
      default:
        return t("words.newCards", { count: plan.newPerDayNeeded, pace });
    }
  }

  function withReach(words: string): string {
    return plan.reachable ? words : `${words} ${t("words.unreachable", { date })}`;
  }
}

/** How the states of assignments look. */
export const STATUS_TONES = {
  done: "good",
  onTrack: "pod",
  behind: "warn",
  notStarted: "neutral",
  overdue: "wrong",
} as const satisfies Record<Status, string>;
