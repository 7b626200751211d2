import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { AttemptList } from "#components/exam/attempt-list.tsx";
import { ExamRoom } from "#components/exam/exam-room.tsx";
import { ExamRules } from "#components/exam/exam-rules.tsx";
import { StartButton } from "#components/exam/start-button.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, PageHeader } from "#components/ui/surface.tsx";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { type ExamView, getExam } from "#lib/server/queries/exam.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { saveExamAnswerAction, startExamAction, submitExamAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("exam"))("title") };
}

export default async function ExamPage({ params }: { params: Promise<{ assignment: string }> }) {
  const { viewer, now, locale } = await requestContext();
  const exam = await getExam(viewer, (await params).assignment, now);
  if (!exam || !isPerson(viewer)) notFound();
  const t = await getTranslations("exam");
  const { open } = exam;
  return (
    <ExamRoom
      open={
        open && {
          attemptId: open.id,
          remainingMs: open.remainingMs,
          questions: open.questions,
          locale,
          save: saveExamAnswerAction,
          submit: submitExamAction,
        }
      }
    >
      <PageHeader title={exam.title}>
        {t("title")} · {exam.teamName}
      </PageHeader>
      <div className="grid max-w-3xl gap-6">
        <Standing exam={exam} timeZone={viewer.timeZone} />
        {exam.ended.length > 0 ? (
          <section className="grid gap-3">
            <h2 className="text-lg">{t("attempts")}</h2>
            <AttemptList
              assignmentId={exam.assignmentId}
              attempts={exam.ended}
              mayReview={exam.mayReview}
              timeZone={viewer.timeZone}
            />
            {exam.rules.reviewable && !exam.mayReview ? (
              <p className="text-ink-muted text-sm">{t("reviewLater")}</p>
            ) : null}
          </section>
        ) : null}
      </div>
    </ExamRoom>
  );
}

/** What may be done now: the rules and the button, the moment to wait for, or why there is nothing more. */
async function Standing({ exam, timeZone }: { exam: ExamView; timeZone: string }) {
  const [t, format] = await Promise.all([getTranslations("exam"), getFormatter()]);
  const { standing, rules, ended } = exam;
  const [latest] = ended;
  return (
    <Card className="grid gap-4">
      {latest ? (
        <div className="grid gap-1">
          <h2 className={`text-xl ${latest.passed ? "text-good" : ""}`}>
            {latest.passed ? `✓ ${t("youPassed")}` : t("youDidNotPass")}
          </h2>
          <p className="tabular-nums">
            {t("scoreOf", {
              share: format.number(latest.score, { style: "percent" }),
              right: latest.right,
              count: latest.items,
            })}{" "}
            <span className="text-ink-muted">
              {t("neededShare", { share: format.number(rules.passMark, { style: "percent" }) })}
            </span>
          </p>
          {latest.timeUp ? <p className="text-ink-muted">{t("endedByTime")}</p> : null}
        </div>
      ) : null}
      {standing.may === "wait" ? (
        <p>
          {t("waitUntil", {
            moment: format.dateTime(new Date(standing.until), {
              dateStyle: "full",
              timeStyle: "short",
              timeZone,
            }),
            count: standing.attemptsLeft,
          })}
        </p>
      ) : null}
      {standing.may === "nothing" && standing.why !== "passed" ? <p>{t(`nothing.${standing.why}`)}</p> : null}
      {standing.may === "start" && rules.items === 0 ? <p>{t("nothing.empty")}</p> : null}
      {standing.may === "start" && rules.items > 0 ? (
        <>
          {latest ? <p>{t("attemptsLeft", { count: standing.attemptsLeft })}</p> : null}
          <h2 className="text-lg">{t("rules")}</h2>
          <ExamRules {...rules} />
          <StartButton assignmentId={exam.assignmentId} minutes={rules.minutes} action={startExamAction} />
        </>
      ) : null}
      {latest ? (
        <div className="flex flex-wrap gap-3">
          <LinkButton href="/">{t("toToday")}</LinkButton>
        </div>
      ) : null}
    </Card>
  );
}
