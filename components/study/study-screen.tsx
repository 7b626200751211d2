"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { isTyping } from "#components/questions/choice.tsx";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Outcome } from "#components/questions/outcome.tsx";
import { Block } from "#components/questions/parts.tsx";
import { useQuestions } from "#components/questions/use-questions.ts";
import { Button } from "#components/ui/button.tsx";
import { Badge, Card, Kbd } from "#components/ui/surface.tsx";
import { type Answer, type Grade, hintsOf, type Locale, type Text } from "#lib/core/questions/index.ts";
import { RATINGS, type Rating, type ReviewEvent } from "#lib/core/reviews/event.ts";
import {
  applyEvent,
  createScheduler,
  type DayBoundary,
  isLeech,
  ratingOf,
  type SchedulingParameters,
} from "#lib/core/scheduling/index.ts";
import {
  advance,
  comesAfterLesson,
  currentCard,
  type Misconceptions,
  type Session,
  type StudyCard,
  startSession,
  takeBack,
  tally,
  without,
} from "#lib/core/study/index.ts";
import { LessonStep } from "./lesson-step.tsx";
import { SessionSummary } from "./session-summary.tsx";
import { ShortcutsDialog } from "./shortcuts-dialog.tsx";
import { useSync } from "./sync-context.tsx";
import { useLeaving } from "./use-leaving.ts";

/** One showing of a card: what was shown, and what was answered so far. */
interface Showing {
  card: StudyCard;
  seed: number;
  shownAt: number;
  /** How many of its hints were taken. */
  hints: number;
  answered: {
    /** Of the event that this answer will be: one answer is one event, even if leaving the page records it first. */
    eventId: string;
    answer: Answer;
    grade: Grade;
    durationMs: number;
  } | null;
}

const RATING_NAMES = Object.entries(RATINGS) as [keyof typeof RATINGS, Rating][];

/**
 * One card at a time, and the lesson of a concept before its first new cards. Grading and scheduling happen here at once; what was done goes to the outbox, and the next card is
 * shown without waiting for anything.
 */
export function StudyScreen({
  cards,
  misconceptions,
  lessons,
  intro = null,
  asksFirst = false,
  settings,
  dayEnd,
  locale,
}: {
  cards: StudyCard[];
  misconceptions: Misconceptions;
  /** The lessons still to be read, by concept, as the server set them. */
  lessons: Record<string, ReactNode>;
  /** What stands above the first card, until something was done. */
  intro?: ReactNode;
  /** Whether the session opens with a question, whatever lesson it belongs to. */
  asksFirst?: boolean;
  settings: DayBoundary & SchedulingParameters;
  /** ms since the epoch. */
  dayEnd: number;
  locale: Locale;
}) {
  const t = useTranslations("study");
  const { record, onElsewhere } = useSync();
  const scheduler = useMemo(() => createScheduler(settings), [settings]);
  const [session, setSession] = useState<Session<StudyCard>>(() => startSession(cards));
  const [showing, setShowing] = useState<Showing | null>(null);
  const [unread, setUnread] = useState<ReadonlySet<string>>(() => new Set(Object.keys(lessons)));
  /** Whether the lesson of the card on screen was opened once more. */
  const [rereading, setRereading] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const main = useRef<HTMLDivElement>(null);
  const prompt = useRef<HTMLHeadingElement>(null);

  const questions = useQuestions(cards);
  const show = useCallback(
    (next: Session<StudyCard>) => {
      if (!questions) return;
      const now = Date.now();
      const card = currentCard(next, now);
      const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
      setShowing(
        card && {
          card: { ...card, item: questions.instanceOf(card.item, seed) },
          seed,
          shownAt: now,
          hints: 0,
          answered: null,
        },
      );
    },
    [questions],
  );

  // The first card waits for the browser: its seed is drawn here, not on the server. A screen that comes back goes on.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !questions) return;
    begun.current = true;
    show(startSession(cards));
  }, [cards, show, questions]);

  useEffect(
    () =>
      onElsewhere((itemId) => {
        setSession((before) => without(before, itemId));
      }),
    [onElsewhere],
  );

  const proceed = useCallback(
    (next: Session<StudyCard>) => {
      setSession(next);
      show(next);
      window.scrollTo({ top: 0 });
      setRereading(false);
      requestAnimationFrame(() => prompt.current?.focus({ preventScroll: true }));
    },
    [show],
  );

  const focusHeading = () => requestAnimationFrame(() => prompt.current?.focus({ preventScroll: true }));
  const conceptId = showing?.card.conceptId ?? "";
  const opening = asksFirst && session.steps.length === 0;
  const lessonIsDue = showing !== null && !opening && comesAfterLesson(showing.card, unread);
  const hasLesson = conceptId in lessons;

  const leaveLesson = (skipped: boolean) => {
    if (showing && lessonIsDue) {
      void record({ id: uuidv7(), type: "lesson", conceptId, at: Date.now(), skipped });
      setUnread((before) => new Set([...before].filter((id) => id !== conceptId)));
      setShowing({ ...showing, shownAt: Date.now() });
    }
    setRereading(false);
    window.scrollTo({ top: 0 });
    focusHeading();
  };
  const reread = () => {
    setRereading(true);
    window.scrollTo({ top: 0 });
    focusHeading();
  };

  const onAnswer = (answer: Answer) => {
    if (!questions || !showing || showing.answered) return;
    const durationMs = Math.min(3_600_000, Date.now() - showing.shownAt);
    setShowing({
      ...showing,
      answered: {
        eventId: uuidv7(),
        answer,
        grade: questions.grade(showing.card.item, answer, locale),
        durationMs,
      },
    });
    requestAnimationFrame(() => main.current?.querySelector<HTMLElement>("[data-next]")?.focus());
  };

  /** What rating the answer on screen comes to: the event to record, and the session after it. */
  const judged = (rating: Rating) => {
    if (!questions || !showing?.answered) return null;
    const { card, answered } = showing;
    const event = answerEvent(showing, answered, rating, locale);
    const graded = questions.grade(card.item, event.answer as Answer, locale);
    const memory = applyEvent(
      card.memory,
      { ...event, rating: ratingOf(graded, event.answer as Answer, event) },
      scheduler,
    );
    const after = advance(session, {
      eventId: event.id,
      before: card,
      after: { ...card, memory },
      kind: "answer",
      correct: answered.grade.correct && rating > RATINGS.again,
    });
    return { event, after };
  };
  const rate = (rating: Rating) => {
    const outcome = judged(rating);
    if (!outcome) return;
    void record(outcome.event);
    proceed(outcome.after);
  };

  // An answer that was given but not rated is kept when the screen goes away, and not asked again when it comes back.
  const left = useRef<Session<StudyCard> | null>(null);
  useLeaving(
    () => {
      const outcome = showing?.answered ? judged(defaultRating(showing, showing.answered)) : null;
      if (outcome) void record(outcome.event);
      left.current = outcome?.after ?? null;
    },
    () => {
      if (left.current) proceed(left.current);
      left.current = null;
    },
  );

  const putAway = (kind: "bury" | "suspend") => {
    if (!showing) return;
    const base = { id: uuidv7(), itemId: showing.card.itemId, at: Date.now() };
    const event: ReviewEvent =
      kind === "bury" ? { ...base, type: "bury", until: dayEnd } : { ...base, type: "suspend" };
    void record(event);
    proceed(advance(session, { eventId: event.id, before: showing.card, after: null, kind, correct: false }));
  };

  const undo = () => {
    const last = session.steps.at(-1);
    if (!last) return;
    void record({
      id: uuidv7(),
      type: "undo",
      itemId: last.before.itemId,
      targetId: last.eventId,
      at: Date.now(),
    });
    proceed(takeBack(session));
  };

  const inLesson = lessonIsDue || rereading;
  const options = showing?.answered && !inLesson ? ratingOptions(showing, showing.answered) : [];
  const actions: Record<string, () => void> = {
    u: undo,
    "?": () => setShortcutsOpen(true),
    ...(inLesson
      ? { enter: () => leaveLesson(false), s: () => leaveLesson(true) }
      : {
          b: () => putAway("bury"),
          s: () => putAway("suspend"),
          e: () => document.getElementById("explanation")?.focus(),
          ...(hasLesson ? { l: reread } : {}),
        }),
    ...Object.fromEntries(options.map((rating) => [String(rating), () => rate(rating)])),
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || shortcutsOpen || isTyping(event.target)) return;
      const name = event.key === "Enter" ? "enter" : event.key;
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!action || event.repeat) return;
      // While options are on screen, b and e are theirs, as are the digits.
      if (!inLesson && !showing?.answered && takesLetters(showing?.card) && /^[b-f]$/.test(event.key)) return;
      // Enter presses what has the focus first.
      if (event.key === "Enter" && isPressable(event.target)) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  if (!showing) {
    return session.steps.length === 0 && cards.length > 0 ? (
      intro
    ) : (
      <SessionSummary
        steps={session.steps}
        heading={prompt}
        locale={locale}
        onUndo={session.steps.length > 0 ? undo : undefined}
      />
    );
  }
  const { card, seed, answered } = showing;
  const last = session.steps.at(-1);
  return (
    <>
      {last ? null : intro}
      <div
        ref={main}
        data-kind={inLesson ? undefined : card.item.kind}
        className={`mx-auto grid gap-4 ${card.item.kind === "manifest" && !inLesson ? "max-w-3xl" : "max-w-2xl"}`}
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-muted text-sm">
          {inLesson ? (
            <span>{t("lesson")}</span>
          ) : (
            <>
              <span className="font-medium text-ink">{card.conceptTitle[locale]}</span>
              {card.memory.state === "new" ? <Badge tone="pod">{t("new")}</Badge> : null}
              {isLeech(card.memory) ? <Badge tone="warn">{t("leech")}</Badge> : null}
            </>
          )}
          <span className="ml-auto tabular-nums" data-testid="progress">
            {t("progress", { ...tally(session) })}
          </span>
        </div>
        {inLesson ? (
          <LessonStep
            title={card.conceptTitle[locale]}
            heading={prompt}
            again={!lessonIsDue}
            onLeave={leaveLesson}
          >
            {lessons[card.conceptId]}
          </LessonStep>
        ) : (
          <>
            <Card as="article">
              <h1 ref={prompt} tabIndex={-1} className="mb-4 font-semibold text-xl outline-none">
                <Block text={card.item.prompt} locale={locale} />
              </h1>
              {answered ? (
                <Outcome
                  conceptId={card.conceptId}
                  item={card.item}
                  grade={answered.grade}
                  {...{ locale, seed, misconceptions }}
                  answer={answered.answer}
                />
              ) : (
                <>
                  <QuestionPlayer
                    key={`${card.itemId}-${seed}`}
                    item={card.item}
                    locale={locale}
                    seed={seed}
                    onAnswer={onAnswer}
                  />
                  <Hints
                    texts={hintsOf(card.item)}
                    taken={showing.hints}
                    onTake={() => setShowing({ ...showing, hints: showing.hints + 1 })}
                    locale={locale}
                  />
                </>
              )}
            </Card>
            {answered ? <RatingBar {...{ showing, options, scheduler }} onRate={rate} /> : null}
          </>
        )}
        <div className="flex flex-wrap gap-1">
          <p role="status" className="basis-full px-3 text-ink-muted text-sm">
            {last && last.kind !== "answer" ? t(`putAway.${last.kind}`) : null}
          </p>
          <Button variant="quiet" size="sm" onClick={undo} disabled={!last}>
            {t("undo")} <Kbd>U</Kbd>
          </Button>
          {inLesson ? null : (
            <>
              <Button variant="quiet" size="sm" onClick={() => putAway("bury")}>
                {t("bury")} <Kbd>B</Kbd>
              </Button>
              <Button variant="quiet" size="sm" onClick={() => putAway("suspend")}>
                {t("suspend")} <Kbd>S</Kbd>
              </Button>
              {hasLesson ? (
                <Button variant="quiet" size="sm" onClick={reread}>
                  {t("lesson")} <Kbd>L</Kbd>
                </Button>
              ) : null}
            </>
          )}
          <Button variant="quiet" size="sm" className="ml-auto" onClick={() => setShortcutsOpen(true)}>
            {t("shortcuts")} <Kbd>?</Kbd>
          </Button>
        </div>
        <ShortcutsDialog open={shortcutsOpen} onClose={() => setShortcutsOpen(false)} />
      </div>
    </>
  );
}

/** What helps with a card, one hint after the other. */
function Hints({
  texts,
  taken,
  onTake,
  locale,
}: {
  texts: readonly Text[];
  taken: number;
  onTake: () => void;
  locale: Locale;
}) {
  const t = useTranslations("study");
  const last = useRef<HTMLLIElement>(null);
  const count = texts.length;
  if (count === 0) return null;
  return (
    <div className="mt-4 grid justify-items-start gap-2 border-line border-t pt-3">
      <ul className="grid gap-2 text-ink-muted">
        {texts.slice(0, taken).map((text, index) => (
          <li
            key={text.en}
            ref={index === taken - 1 ? last : undefined}
            tabIndex={-1}
            className="outline-none"
          >
            {count > 1 ? (
              <p className="font-medium text-sm">{t("hintNumber", { number: index + 1, count })}</p>
            ) : null}
            <Block text={text} locale={locale} />
          </li>
        ))}
      </ul>
      {taken < count ? (
        <Button
          variant="quiet"
          size="sm"
          onClick={() => {
            onTake();
            // The last button that had the focus is gone; before, what it brought is what comes next.
            requestAnimationFrame(() => last.current?.focus());
          }}
        >
          {taken === 0 ? t("hint") : t("nextHint", { next: taken + 1, count })}
        </Button>
      ) : null}
    </div>
  );
}

/** The ratings that an answer leaves open: all for a flashcard, one for a wrong answer, Good or Easy for a right one. */
function ratingOptions(
  { card, hints }: Showing,
  { grade: { correct } }: NonNullable<Showing["answered"]>,
): Rating[] {
  if (card.item.kind === "flashcard") {
    return hints > 0
      ? [RATINGS.again, RATINGS.hard]
      : [RATINGS.again, RATINGS.hard, RATINGS.good, RATINGS.easy];
  }
  if (!correct) return [RATINGS.again];
  return hints > 0 ? [RATINGS.hard] : [RATINGS.good, RATINGS.easy];
}

/** What Enter gives: Good where it can be had. */
function defaultRating(showing: Showing, answered: NonNullable<Showing["answered"]>): Rating {
  const options = ratingOptions(showing, answered);
  return options.includes(RATINGS.good) ? RATINGS.good : (options.at(-1) ?? RATINGS.again);
}

/** The fact that is recorded: what was shown, what was answered, and how the learner judged it. */
function answerEvent(
  { card, seed, hints }: Showing,
  { eventId, answer, durationMs }: NonNullable<Showing["answered"]>,
  rating: Rating,
  locale: Locale,
): Extract<ReviewEvent, { type: "answer" }> {
  const recall = RATING_NAMES.find(([, value]) => value === rating)?.[0];
  return {
    id: eventId,
    type: "answer",
    itemId: card.itemId,
    at: Date.now(),
    revision: card.item.revision,
    source: "study",
    locale,
    answer: card.item.kind === "flashcard" ? { ...answer, recall } : answer,
    seed,
    hinted: hints > 0,
    easy: card.item.kind !== "flashcard" && rating === RATINGS.easy,
    durationMs,
  };
}

/** Whether Enter already means something where the focus is. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("a, button, summary") !== null;

/** Kinds whose options are chosen by letters and digits. */
const takesLetters = (card: StudyCard | undefined): boolean =>
  card?.item.kind === "single" || card?.item.kind === "multiple";

/** The ratings to choose from, each with what it leads to. */
function RatingBar({
  showing,
  options,
  scheduler,
  onRate,
}: {
  showing: Showing;
  options: Rating[];
  scheduler: ReturnType<typeof createScheduler>;
  onRate: (rating: Rating) => void;
}) {
  const t = useTranslations("study");
  const format = useFormatter();
  const now = Date.now();
  const preview = scheduler.preview(showing.card.memory, now);
  const why = useId();
  // Good and Easy are missing for the hint, which nothing else on screen says any more.
  const capped = showing.hints > 0 && options.includes(RATINGS.hard);
  const usual = showing.answered ? defaultRating(showing, showing.answered) : null;
  const interval = (rating: Rating) => {
    const minutes = Math.max(1, Math.round((preview[rating].due - now) / 60_000));
    if (minutes < 60) return t("minutes", { count: minutes });
    return t("days", { count: Math.max(1, Math.round(minutes / 1440)) });
  };
  return (
    <fieldset
      aria-describedby={capped ? why : undefined}
      className="sticky bottom-18 grid gap-2 rounded-card border border-line bg-raised p-2 shadow-raised md:bottom-4"
    >
      <legend className="sr-only">{t("rate")}</legend>
      {capped ? (
        <p id={why} className="px-1 text-ink-muted text-sm">
          {t("hinted", { rating: t("ratings.hard") })}
        </p>
      ) : null}
      <div className="grid auto-cols-fr grid-flow-col gap-2">
        {RATING_NAMES.filter(([, rating]) => options.includes(rating)).map(([name, rating]) => (
          <Button
            key={name}
            variant={rating === usual ? "primary" : "secondary"}
            className="min-h-14 flex-col gap-0"
            data-next={rating === usual ? "" : undefined}
            onClick={() => onRate(rating)}
          >
            <span>
              {options.length === 1 && rating === RATINGS.again ? t("next") : t(`ratings.${name}`)}
              <span className="ml-1.5 hidden font-mono text-xs opacity-80 sm:inline" aria-hidden="true">
                {format.number(rating)}
              </span>
            </span>
            <span className="font-normal text-xs opacity-90">{interval(rating)}</span>
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
