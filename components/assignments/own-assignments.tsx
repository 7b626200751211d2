import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { STATUS_TONES } from "#components/dashboard/plan-words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Badge, Callout, Meter } from "#components/ui/surface.tsx";
import type { Goal, Plan, Standing } from "#lib/core/assignments/index.ts";
import { Link } from "#lib/i18n/navigation.ts";

/** What somebody was assigned, as they see it. */
export interface AssignedToMe extends Standing, Goal {
  assignmentId: string;
  title: string;
  note: string;
  team: { name: string; timeZone: string };
  plan: Plan;
}

/** What is to be known by when, how far one is, what remains, and what to do should it not suffice. */
export function OwnAssignments({ assignments }: { assignments: readonly AssignedToMe[] }) {
  const t = useTranslations("assignments");
  return (
    <section aria-labelledby="assigned" className="grid gap-3 md:col-span-2">
      <h2 id="assigned" className="text-lg">
        {t("mine.title")}
      </h2>
      <ul className="grid gap-3">
        {assignments.map((assignment) => (
          <li
            key={assignment.assignmentId}
            className="grid gap-4 rounded-card border border-line bg-raised p-4 shadow-raised sm:p-6"
          >
            <OwnAssignment {...assignment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnAssignment(assignment: AssignedToMe) {
  const { assignmentId, title, note, team, plan, dueAt, readinessTarget, readiness, hasExam, examPassed } =
    assignment;
  const t = useTranslations("assignments");
  const states = useTranslations("dashboard.status");
  const format = useFormatter();
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  // Due moments are ends of days: what is due is the day before the midnight.
  const date = format.dateTime(new Date(dueAt - 1), { dateStyle: "long", timeZone: team.timeZone });
  return (
    <>
      <header className="grid gap-1">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h3 className="min-w-0 break-words font-semibold">{title}</h3>
          <Badge tone={STATUS_TONES[plan.status]}>{states(plan.status)}</Badge>
          <span className="text-ink-muted text-sm">{team.name}</span>
        </div>
        <p>
          {plan.status === "overdue" || plan.daysLeft === 0
            ? t("mine.wasDue", { date })
            : t("mine.due", { days: plan.daysLeft - 1, date })}
        </p>
        {note ? (
          <p className="max-w-prose whitespace-pre-line break-words text-ink-muted text-sm">{note}</p>
        ) : null}
      </header>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-3">
        <Fact name={t("mine.readiness")}>
          <span className="tabular-nums">
            {readinessTarget === null
              ? percent(readiness)
              : t("mine.ofTarget", { readiness: percent(readiness), target: percent(readinessTarget) })}
          </span>
          <Meter
            value={readinessTarget === null ? readiness : readiness / readinessTarget}
            label={t("mine.readinessLabel", { percent: percent(readiness) })}
          />
        </Fact>
        <Fact name={t("mine.seen")}>
          <span className="tabular-nums">
            {t("mine.ofCards", { seen: assignment.seen, items: assignment.items })}
          </span>
        </Fact>
        <Fact name={t("mine.left")}>{remaining()}</Fact>
      </dl>
      <Warning {...assignment} percent={percent} />
      {hasExam ? (
        <div className="flex flex-wrap items-center gap-3">
          {examPassed ? (
            <p className="font-medium text-good">{t("mine.examPassed")}</p>
          ) : (
            <>
              <LinkButton href={`/exams/${assignmentId}`} variant={isReady() ? "primary" : "secondary"}>
                {t("mine.exam")}
              </LinkButton>
              <span className="text-ink-muted text-sm">
                {isReady() ? t("mine.examNow") : t("mine.examLater")}
              </span>
            </>
          )}
        </div>
      ) : null}
    </>
  );

  function remaining(): string {
    if (plan.minutesLeft === 0) return t("mine.nothingLeft");
    return t("mine.minutes", {
      minutes: Math.max(1, Math.round(plan.minutesLeft)),
      perDay: Math.max(1, Math.round(plan.minutesPerDay)),
    });
  }

  /** Whether now is the time for the final check. */
  function isReady(): boolean {
    return assignment.readinessAtDue >= (readinessTarget ?? 1) || plan.newLeft === 0;
  }
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-1">
      <dt className="text-ink-muted text-sm">{name}</dt>
      <dd className="grid gap-1.5 font-medium">{children}</dd>
    </div>
  );
}

/** That the target will not be reached as things go, and what would reach it. */
function Warning({
  plan,
  team,
  dueAt,
  readinessAtDue,
  percent,
}: AssignedToMe & { percent: (value: number) => string }) {
  const t = useTranslations("assignments.mine");
  const format = useFormatter();
  const { status, obstacle, reachable, wouldReach } = plan;
  const date = (at: number) =>
    format.dateTime(new Date(at), { month: "long", day: "numeric", timeZone: team.timeZone });
  if (status === "overdue") {
    return (
      <Callout tone="wrong" title={t("overdueTitle")}>
        {obstacle === "exam"
          ? t("overdueExam")
          : t("overdue", { date: date(dueAt - 1), readiness: percent(readinessAtDue) })}
      </Callout>
    );
  }
  if (status !== "behind" && (status !== "notStarted" || reachable)) return null;
  const ways = [
    obstacle === "reviews" ? t("byReviews") : null,
    wouldReach.newPerDay ? t("byPace", { count: wouldReach.newPerDay }) : null,
    wouldReach.dueAt ? t("byDue", { date: date(wouldReach.dueAt) }) : null,
  ].filter((way) => way !== null);
  return (
    <Callout tone="warn" title={t("behindTitle")}>
      <p>
        {status === "notStarted"
          ? t("tooLate", { count: plan.newPerDayNeeded })
          : t(
              obstacle === "retention"
                ? "becauseRetention"
                : obstacle === "reviews"
                  ? "becauseReviews"
                  : "becausePace",
              {
                pace: plan.pace,
                projected: percent(plan.projectedReadiness),
              },
            )}
      </p>
      {ways.length > 0 ? (
        <ul className="mt-1 list-disc ps-5">
          {ways.map((way) => (
            <li key={way}>{way}</li>
          ))}
        </ul>
      ) : null}
      {wouldReach.desiredRetention ? (
        <p className="mt-1">
          {t.rich("byRetention", {
            percent: percent(wouldReach.desiredRetention),
            link: (words) => (
              <Link href="/settings" className="underline underline-offset-4">
                {words}
              </Link>
            ),
          })}
        </p>
      ) : null}
      {ways.length === 0 && !wouldReach.desiredRetention ? <p className="mt-1">{t("askForTime")}</p> : null}
    </Callout>
  );
}
