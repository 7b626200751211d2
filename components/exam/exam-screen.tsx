"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Outcome } from "#components/account/use-command.ts";
import { isTyping } from "#components/questions/choice.tsx";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Block } from "#components/questions/parts.tsx";
import { useLeaving } from "#components/study/use-leaving.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, Kbd } from "#components/ui/surface.tsx";
import { createSaver, type SaveOutcome, type SaverState } from "#lib/browser/exam-saver.ts";
import type { Answer, Asked, Locale } from "#lib/core/questions/index.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { ExamClock } from "./exam-clock.tsx";
import { HandIn } from "./hand-in.tsx";

interface Question {
  position: number;
  item: Asked;
  seed: number;
  answer: Answer | null;
  durationMs: number;
}

const MAX_DURATION_MS = 3_600_000;
const ASK_AGAIN_MS = 3000;

/**
 * An attempt under way: one question at a time, in any order, each answer saved as it is given. Nothing is graded here, and
 * nothing that could be is here.
 */
export function ExamScreen({
  attemptId,
  remainingMs,
  questions,
  locale,
  save,
  submit,
}: {
  attemptId: string;
  /** When the page was made. */
  remainingMs: number;
  questions: Question[];
  locale: Locale;
  save: (input: {
    attemptId: string;
    position: number;
    answer: unknown;
    locale: Locale;
    durationMs: number;
  }) => Promise<SaveOutcome>;
  submit: (input: { attemptId: string }) => Promise<Outcome>;
}) {
  const t = useTranslations("exam");
  const router = useRouter();
  const [answers, setAnswers] = useState<ReadonlyMap<number, Answer | null>>(
    () => new Map(questions.map(({ position, answer }) => [position, answer])),
  );
  const [place, setPlace] = useState(() => firstOpen(questions));
  const [saving, setSaving] = useState<SaverState>({ waiting: new Set(), problem: null });
  const [deadline, setDeadline] = useState(() => Date.now() + remainingMs);
  const [toldMs, setToldMs] = useState(remainingMs);
  const [over, setOver] = useState(false);
  const [handingIn, setHandingIn] = useState(false);
  const [saver] = useState(() =>
    createSaver({
      send: (draft) => save({ attemptId, locale, ...draft }),
      onState: setSaving,
      onSaved: (left) => setDeadline(Date.now() + left),
      onOver: () => setOver(true),
    }),
  );
  const durations = useRef(new Map(questions.map(({ position, durationMs }) => [position, durationMs])));
  const shownAt = useRef(0);
  const prompt = useRef<HTMLHeadingElement>(null);
  const question = questions[place];
  const last = questions.length - 1;
  const unanswered = questions
    .filter(({ position }) => !answers.get(position))
    .map(({ position }) => position);

  useEffect(() => {
    shownAt.current = Date.now();
    // The button that begins it stands far down the page.
    window.scrollTo({ top: 0 });
  }, []);
  useLeaving(() => void saver.flush());
  useEffect(() => {
    const onOnline = () => void saver.flush();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, [saver]);
  useEffect(() => {
    if (saving.waiting.size === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [saving.waiting.size]);
  // The clock here may have been set meanwhile: the page made anew says whether the attempt is over.
  if (remainingMs !== toldMs) {
    setToldMs(remainingMs);
    setDeadline(Date.now() + remainingMs);
    setOver(false);
  }
  useEffect(() => {
    if (!over) return;
    const ask = async () => {
      // Asking for the page while nobody answers would leave it.
      const reachable = await fetch("/api/health")
        .then(({ ok }) => ok)
        .catch(() => false);
      if (reachable) router.refresh();
    };
    void ask();
    const timer = setInterval(ask, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [over, router.refresh]);

  /** The time spent on the question on screen, all visits to it together. */
  const spent = (position: number) => {
    const sum = (durations.current.get(position) ?? 0) + Date.now() - shownAt.current;
    return Math.min(MAX_DURATION_MS, sum);
  };
  const show = (to: number) => {
    if (!question || to < 0 || to > last) return;
    durations.current.set(question.position, spent(question.position));
    shownAt.current = Date.now();
    setPlace(to);
    setHandingIn(false);
    window.scrollTo({ top: 0 });
    requestAnimationFrame(() => prompt.current?.focus({ preventScroll: true }));
  };
  const keep = (position: number, answer: Answer | null) => {
    setAnswers((before) => new Map(before).set(position, answer));
    saver.save({ position, answer, durationMs: spent(position) });
  };
  const goOn = () => (place < last ? show(place + 1) : setHandingIn(true));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || handingIn) return;
      if (event.key === "n") show(place + 1);
      else if (event.key === "p") show(place - 1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  if (!question) return null;
  if (over) {
    return (
      <Card className="mx-auto max-w-2xl">
        <p role="status" className="font-semibold text-lg">
          {t("timeUp")}
        </p>
        <p className="mt-1 text-ink-muted">{t("timeUpText")}</p>
      </Card>
    );
  }
  const { position, item, seed } = question;
  return (
    <div data-kind={item.kind} className="mx-auto grid max-w-2xl gap-4">
      <div className="sticky top-0 z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-surface px-4 py-2 text-sm">
        <span className="text-ink-muted tabular-nums">
          {t("place", { place: place + 1, count: questions.length })}
        </span>
        <span className="flex items-baseline gap-1.5">
          <span aria-hidden="true" className="text-ink-muted">
            {t("timeLeft")}
          </span>
          <ExamClock deadline={deadline} onEnding={() => void saver.flush()} onEnd={() => setOver(true)} />
        </span>
        <Button size="sm" className="ml-auto" onClick={() => setHandingIn(true)}>
          {t("handInNow")}
        </Button>
      </div>
      <Connection state={saving} onRetry={() => void saver.flush()} />
      <Card as="article">
        <h1 ref={prompt} tabIndex={-1} className="mb-4 font-semibold text-xl outline-none">
          <Block text={item.prompt} locale={locale} />
        </h1>
        <QuestionPlayer
          key={position}
          item={item}
          locale={locale}
          seed={seed}
          given={answers.get(position) ?? null}
          onChange={(answer) => keep(position, answer)}
          onAnswer={(answer) => {
            if (JSON.stringify(answer) !== JSON.stringify(answers.get(position))) keep(position, answer);
            goOn();
          }}
          submit={place < last ? t("saveAndNext") : t("saveAndEnd")}
        />
        <p className="mt-3 text-ink-muted text-sm">
          {answers.get(position)
            ? saving.waiting.has(position)
              ? t("notSavedYet")
              : `✓ ${t("saved")}`
            : t("notAnswered")}
        </p>
      </Card>
      <div className="flex justify-between gap-3">
        <Button disabled={place === 0} aria-keyshortcuts="p" onClick={() => show(place - 1)}>
          {t("previous")} <Kbd>P</Kbd>
        </Button>
        <Button disabled={place === last} aria-keyshortcuts="n" onClick={() => show(place + 1)}>
          {t("next")} <Kbd>N</Kbd>
        </Button>
      </div>
      <nav aria-label={t("questions")}>
        <ol className="flex flex-wrap gap-2">
          {questions.map(({ position }, index) => (
            <li key={position}>
              <Button
                size="sm"
                className="min-h-11 min-w-11 tabular-nums"
                variant={answers.get(position) ? "primary" : "secondary"}
                aria-current={index === place ? "step" : undefined}
                aria-label={t(answers.get(position) ? "questionAnswered" : "questionOpen", {
                  place: index + 1,
                })}
                onClick={() => show(index)}
              >
                <span className={index === place ? "underline underline-offset-4" : ""}>{index + 1}</span>
                {answers.get(position) ? (
                  <span aria-hidden="true">{saving.waiting.has(position) ? "…" : "✓"}</span>
                ) : null}
              </Button>
            </li>
          ))}
        </ol>
      </nav>
      <HandIn
        open={handingIn}
        onClose={() => setHandingIn(false)}
        unanswered={unanswered}
        onShow={(to) => show(questions.findIndex((one) => one.position === to))}
        submit={async () => {
          if (!(await saver.flush())) return { ok: false, error: "unavailable" };
          return submit({ attemptId });
        }}
        onDone={router.refresh}
      />
    </div>
  );
}

/** Says so while answers do not get to the server, and that they do again. */
function Connection({ state: { problem, waiting }, onRetry }: { state: SaverState; onRetry: () => void }) {
  const t = useTranslations("exam");
  return (
    <div role="status" className="empty:hidden">
      {problem ? (
        <div className="flex flex-wrap items-center gap-3 rounded-lg bg-warn-soft px-4 py-3 text-warn">
          <p className="min-w-0 flex-1">
            {problem === "offline"
              ? t("offline", { count: waiting.size })
              : problem === "not-signed-in"
                ? t("signedOut")
                : t("refused")}
          </p>
          <Button size="sm" onClick={onRetry}>
            {t("retry")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

const firstOpen = (questions: readonly Question[]): number =>
  Math.max(
    0,
    questions.findIndex(({ answer }) => answer === null),
  );
