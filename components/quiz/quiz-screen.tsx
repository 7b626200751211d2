"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Outcome } from "#components/questions/outcome.tsx";
import { Block } from "#components/questions/parts.tsx";
import { useQuestions } from "#components/questions/use-questions.ts";
import { useSync } from "#components/study/sync-context.tsx";
import { useLeaving } from "#components/study/use-leaving.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card, Meter, Stat } from "#components/ui/surface.tsx";
import { groupBy } from "#lib/core/collections.ts";
import { type Answer, type Grade, type Locale, type SelfRating, titleOf } from "#lib/core/questions/index.ts";
import type { Misconceptions, StudyCard } from "#lib/core/study/index.ts";

interface Asked {
  /** Of the event that this answer is: one answer is one event, however often the screen is left. */
  eventId: string;
  card: StudyCard;
  seed: number;
  answer: Answer;
  grade: Grade;
  durationMs: number;
}

/** A quiz: a fixed list of questions, with feedback at once or at the end, and perhaps a clock. */
export function QuizScreen({
  cards,
  misconceptions,
  mode,
  feedback,
  minutes,
  locale,
}: {
  cards: StudyCard[];
  misconceptions: Misconceptions;
  mode: "quiz" | "cram";
  feedback: "each" | "end";
  /** 0 for no limit. */
  minutes: number;
  locale: Locale;
}) {
  const t = useTranslations("quiz");
  const study = useTranslations("study");
  const { record } = useSync();
  const [asked, setAsked] = useState<Asked[]>([]);
  const [shown, setShown] = useState<Asked | null>(null);
  const [quizSeed, setQuizSeed] = useState<number | null>(null);
  const [ended, setEnded] = useState(false);
  const started = useRef(0);
  const prompt = useRef<HTMLHeadingElement>(null);
  const next = useRef<HTMLDivElement>(null);
  const questions = useQuestions(cards);

  // Drawn in the browser, once.
  useEffect(() => setQuizSeed((before) => before ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0), []);
  // Each question is drawn and laid out by the quiz's seed and its place.
  const seed = ((quizSeed ?? 0) + asked.length) % 2 ** 32;
  const nextCard = cards[asked.length];
  const card = useMemo(
    () => nextCard && questions && { ...nextCard, item: questions.instanceOf(nextCard.item, seed) },
    [nextCard, questions, seed],
  );
  useEffect(() => {
    started.current = Date.now();
    // The button that had the focus is gone with its question.
    if (asked.length > 0) prompt.current?.focus({ preventScroll: true });
  }, [asked.length]);

  const recordAnswer = ({ eventId, card, answer, seed, durationMs }: Asked) =>
    void record({
      id: eventId,
      type: "answer",
      itemId: card.itemId,
      at: Date.now(),
      revision: card.item.revision,
      source: mode,
      locale,
      answer,
      seed,
      hinted: false,
      easy: false,
      durationMs,
    });
  const keep = (entry: Asked, recall?: SelfRating) => {
    if (!questions) return;
    const answer = recall && "recall" in entry.answer ? { ...entry.answer, recall } : entry.answer;
    const kept = {
      ...entry,
      answer,
      grade: recall ? questions.grade(entry.card.item, answer, locale) : entry.grade,
    };
    recordAnswer(kept);
    setShown(null);
    setAsked((before) => [...before, kept]);
    window.scrollTo({ top: 0 });
  };
  /** The answer on screen, unless only the learner can say what it is worth. */
  const settled = shown && shown.card.item.kind !== "flashcard" ? shown : null;
  const finish = () => {
    if (settled) keep(settled);
    setEnded(true);
  };
  useLeaving(() => {
    if (settled) recordAnswer(settled);
  });

  if (!nextCard || ended) return <Results {...{ asked, locale, misconceptions }} total={cards.length} />;
  if (quizSeed === null || !questions || !card) return null;

  const onAnswer = (answer: Answer) => {
    const entry = {
      eventId: uuidv7(),
      card,
      seed,
      answer,
      grade: questions.grade(card.item, answer, locale),
      durationMs: Math.min(3_600_000, Date.now() - started.current),
    };
    // A flashcard is judged by the learner, who must see the answer for it.
    if (feedback === "each" || card.item.kind === "flashcard") {
      setShown(entry);
      requestAnimationFrame(() => next.current?.querySelector("button")?.focus());
    } else keep(entry);
  };
  return (
    <div
      data-kind={card.item.kind}
      className={`mx-auto grid gap-4 ${card.item.kind === "manifest" ? "max-w-3xl" : "max-w-2xl"}`}
    >
      <div className="flex flex-wrap items-center gap-3 text-ink-muted text-sm">
        <span className="tabular-nums">{t("place", { place: asked.length + 1, count: cards.length })}</span>
        {minutes > 0 ? <Clock minutes={minutes} onEnd={finish} /> : null}
        <Button variant="quiet" size="sm" className="ml-auto" onClick={finish}>
          {t("finish")}
        </Button>
      </div>
      <Meter
        value={asked.length / cards.length}
        label={t("place", { place: asked.length + 1, count: cards.length })}
      />
      <Card as="article">
        <h1 ref={prompt} tabIndex={-1} className="mb-4 font-semibold text-xl outline-none">
          <Block text={card.item.prompt} locale={locale} />
        </h1>
        {shown ? (
          <Outcome
            item={card.item}
            conceptId={card.conceptId}
            grade={shown.grade}
            answer={shown.answer}
            {...{ locale, seed, misconceptions }}
          />
        ) : (
          <QuestionPlayer key={card.itemId} item={card.item} {...{ locale, seed, onAnswer }} />
        )}
      </Card>
      {shown ? (
        <div
          ref={next}
          className="sticky bottom-18 flex gap-2 rounded-card border border-line bg-raised p-2 shadow-raised md:bottom-4"
        >
          {card.item.kind === "flashcard" ? (
            (["good", "again"] as const).map((recall) => (
              <Button
                key={recall}
                className="flex-1"
                variant={recall === "good" ? "primary" : "secondary"}
                data-next={recall === "good" ? "" : undefined}
                onClick={() => keep(shown, recall)}
              >
                {recall === "good" ? t("knew") : t("didNot")}
              </Button>
            ))
          ) : (
            <Button variant="primary" className="flex-1" data-next="" onClick={() => keep(shown)}>
              {study("next")}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}

/** The time that is left. */
function Clock({ minutes, onEnd }: { minutes: number; onEnd: () => void }) {
  const t = useTranslations("quiz");
  const [left, setLeft] = useState(minutes * 60);
  // It goes on while the screen is away in the router's cache.
  const [deadline] = useState(() => Date.now() + minutes * 60_000);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => {
    const tick = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds > 0) return;
      clearInterval(tick);
      ended.current();
    }, 500);
    return () => clearInterval(tick);
  }, [deadline]);
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return (
    <span role="timer" aria-label={t("timeLeft")} className="font-mono tabular-nums">
      {text}
    </span>
  );
}

function Results({
  asked,
  total,
  locale,
  misconceptions,
}: {
  asked: Asked[];
  total: number;
  locale: Locale;
  misconceptions: Misconceptions;
}) {
  const t = useTranslations("quiz");
  const format = useFormatter();
  const right = asked.filter((entry) => entry.grade.correct).length;
  const missed = asked.filter((entry) => !entry.grade.correct);
  const percent = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 0 });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="mx-auto grid max-w-2xl gap-4">
      <Card>
        <h1 ref={heading} tabIndex={-1} className="mb-4 text-2xl outline-none">
          {t("results")}
        </h1>
        <dl className="grid grid-cols-3 gap-4">
          <Stat label={t("right")} value={`${right} / ${asked.length}`} />
          <Stat label={t("share")} value={asked.length > 0 ? percent(right / asked.length) : "–"} />
          <Stat label={t("unanswered")} value={total - asked.length} />
        </dl>
        <div className="mt-5 flex flex-wrap gap-2">
          {missed.length > 0 ? (
            <LinkButton
              variant="primary"
              href={{
                pathname: "/quiz/play",
                query: { mode: "cram", count: missed.length, items: missed.map(({ card }) => card.itemId) },
              }}
            >
              {t("practiseMissed")}
            </LinkButton>
          ) : null}
          <LinkButton href="/quiz">{t("another")}</LinkButton>
        </div>
      </Card>
      {asked.length > 0 ? (
        <Card>
          <h2 className="mb-3 text-lg">{t("byConcept")}</h2>
          <ul className="grid gap-2">
            {[...groupBy(asked, ({ card }) => card.conceptId).values()].map((entries) => {
              const share = entries.filter((entry) => entry.grade.correct).length / entries.length;
              const title = entries[0]?.card.conceptTitle[locale] ?? "";
              return (
                <li key={title} className="grid gap-1">
                  <span className="flex justify-between gap-3">
                    {title} <span className="text-ink-muted tabular-nums">{percent(share)}</span>
                  </span>
                  <Meter value={share} label={`${title}: ${percent(share)}`} />
                </li>
              );
            })}
          </ul>
        </Card>
      ) : null}
      {asked.map(({ card, seed, answer, grade: graded }) => (
        <details key={card.itemId} className="rounded-card border border-line bg-raised px-4 py-3">
          <summary>
            <span className={graded.correct ? "text-good" : "text-wrong"}>
              {graded.correct ? `✓ ${t("wasRight")}` : `✕ ${t("wasWrong")}`}
            </span>{" "}
            {titleOf(card.item, locale)}
          </summary>
          <div className="pt-4">
            <Outcome
              item={card.item}
              conceptId={card.conceptId}
              grade={graded}
              {...{ locale, seed, answer, misconceptions }}
            />
          </div>
        </details>
      ))}
    </div>
  );
}
