import { createFormatter, createTranslator } from "next-intl";
import type { Plan } from "#lib/core/assignments/index.ts";
import { WISH_OF } from "#lib/core/reminders/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { config } from "#lib/server/config.ts";
import type { AssignmentFact, Fact, WeeklyFact } from "#lib/server/jobs/letter-facts.ts";
import en from "../../../content/messages/en.json";
import ja from "../../../content/messages/ja.json";
import type { Mail } from "./send.ts";
import { type UnsubscribeScope, unsubscribeToken } from "./unsubscribe.ts";

const messages = { ja, en };

/** People in need of help who are named in a summary; the dashboard names all. */
const NAMED = 10;

/** Writes the letter of a day, in the person's language and time, with the way to get no more of its kind. Plain text. */
export function writeReminder(
  { userId, locale, timeZone }: Pick<Person, "userId" | "locale" | "timeZone">,
  facts: readonly Fact[],
): Omit<Mail, "to"> {
  const t = createTranslator({
    locale,
    messages: messages[locale] as typeof en,
    namespace: "reminders.letter",
  });
  const format = createFormatter({ locale, timeZone });
  const { appUrl } = config();
  const page = (path: string) => `${appUrl}/${locale}${path}`;
  // Due moments are the ends of days.
  const dayBefore = (at: number) => format.dateTime(at - 1, { dateStyle: "full" });
  const minutes = (count: number) => Math.max(1, Math.round(count));
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });

  const [first, ...others] = facts.map(subjectOf);
  const subject =
    others.length > 0 ? t("more", { subject: first ?? "", count: others.length }) : (first ?? "");
  const token = unsubscribeToken({ userId, scope: scopeOf(facts) });
  const footer = t("footer", {
    scope: scopeOf(facts),
    link: page(`/unsubscribe?token=${token}`),
    settings: page("/settings"),
  });
  return {
    subject,
    text: `${[...facts.map(textOf), `--\n${footer}`].join("\n\n")}\n`,
    headers: {
      "List-Unsubscribe": `<${appUrl}/api/unsubscribe?token=${token}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      // Away notices need no answer to this.
      "Auto-Submitted": "auto-generated",
    },
  };

  function subjectOf(fact: Fact): string {
    switch (fact.kind) {
      case "weekly":
        return t("subject.weekly", { team: fact.team });
      case "cardsDue":
        return t("subject.cardsDue", { count: fact.count });
      default:
        return t(`subject.${fact.kind}`, { title: fact.title });
    }
  }

  function textOf(fact: Fact): string {
    switch (fact.kind) {
      case "weekly":
        return summary(fact);
      case "cardsDue":
        return [t("cardsDue", { count: fact.count, minutes: minutes(fact.minutes) }), page("/study")].join(
          "\n",
        );
      default:
        return [...assignment(fact), page(`/teams/${fact.teamId}`)].join("\n");
    }
  }

  function assignment({ kind, title, team, dueAt, plan }: AssignmentFact): string[] {
    const about = { title, team, day: dayBefore(dueAt) };
    const begun = plan.status === "notStarted" ? "no" : "yes";
    const what = kind === "dueSoon" ? t("dueSoon", { ...about, begun }) : t(kind, about);
    return [what, ...wayThere(plan)];
  }

  /** What it takes, in so far as there is time left. */
  function wayThere({
    daysLeft,
    obstacle,
    reachable,
    wouldReach,
    minutesPerDay,
    newPerDayNeeded,
  }: Plan): string[] {
    if (daysLeft === 0) return [];
    if (obstacle === "exam") return [t("onlyExam")];
    if (wouldReach.desiredRetention !== null)
      return [t("retentionTooLow", { percent: percent(wouldReach.desiredRetention) })];
    if (!reachable) return [t("hardlyReachable")];
    return [t("wayThere", { minutes: minutes(minutesPerDay), newCards: newPerDayNeeded })];
  }

  function summary({ team, teamId, readiness, assignments, needHelp }: WeeklyFact): string {
    const named = needHelp
      .slice(0, NAMED)
      .map(({ name, title, plan }) =>
        t("needLine", { name: name ?? t("nameless"), title, why: whyOf(plan) }),
      );
    const more = needHelp.length - named.length;
    return [
      t("weekly", { team, readiness: percent(readiness) }),
      ...assignments.map(({ title, counts }) => t("assignmentLine", { title, ...counts })),
      ...(named.length > 0 ? [t("needHelp"), ...named] : [t("allWell")]),
      ...(more > 0 ? [t("needMore", { count: more })] : []),
      page(`/teams/${teamId}`),
    ].join("\n");
  }

  function whyOf({ status, obstacle, newPerDayNeeded, pace }: Plan): string {
    if (status === "overdue") return t("why.overdue");
    if (status === "notStarted") return t("why.notStarted");
    if (obstacle === "newCards" || obstacle === null)
      return t("why.newCards", { needed: newPerDayNeeded, pace: Math.round(pace) });
    return t(`why.${obstacle}`);
  }
}

/** What unsubscribing from a letter turns off: its kind, or all where it says things of several. */
function scopeOf(facts: readonly Fact[]): UnsubscribeScope {
  const [scope, ...others] = new Set(facts.map(({ kind }) => WISH_OF[kind]));
  return scope && others.length === 0 ? scope : "all";
}
