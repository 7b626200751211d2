"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { uuidv7 } from "uuidv7";
import { isTyping } from "#components/questions/choice.tsx";
import { QuestionPlayer } from "#components/questions/index.tsx";
import { Block } from "#components/questions/parts.tsx";
import { useSync } from "#components/study/sync-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, Kbd, Meter, PageHeader } from "#components/ui/surface.tsx";
import type { ExamItem } from "#lib/core/exams/index.ts";
import { MAX_QUESTIONS, newlyKnown, nextConcept, settle, startPlacement } from "#lib/core/placement/index.ts";
import { type Answer, type AnswerOf, grade, type Locale, type Text } from "#lib/core/questions/index.ts";
import type { ReviewEvent } from "#lib/core/reviews/event.ts";
import type { StudyCard } from "#lib/core/study/index.ts";
import { PlacementResults } from "./placement-results.tsx";

interface Concept {
  id: string;
  areaId: string;
  title: Text;
  needs: string[];
  cardIds: string[];
  question: (StudyCard & { item: ExamItem }) | null;
}

/**
 * The placement quiz. Each answer is recorded with all that follows from it, so that leaving in the middle loses nothing
 * and leaves nothing half done.
 */
export function PlacementScreen({
  areas,
  concepts,
  earlier,
  seed,
  locale,
}: {
  areas: { id: string; title: Text }[];
  /** In teaching order. */
  concepts: Concept[];
  /** What stands of an earlier placement: its results are shown until they are undone. */
  earlier: { events: { id: string; itemId: string }[]; known: string[] };
  seed: number;
  locale: Locale;
}) {
  const t = useTranslations("placement");
  const { record } = useSync();
  const start = useMemo(
    () => startPlacement(concepts.map(({ question, ...rest }) => ({ ...rest, askable: question !== null }))),
    [concepts],
  );
  const [phase, setPhase] = useState<"intro" | "quiz" | "results">(
    earlier.events.length > 0 ? "results" : "intro",
  );
  const [placement, setPlacement] = useState(start);
  const [right, setRight] = useState<ReadonlySet<string>>(new Set());
  const [events, setEvents] = useState(earlier.events);
  const [known, setKnown] = useState<readonly string[]>(earlier.known);
  const heading = useRef<HTMLHeadingElement>(null);
  const shownAt = useRef(0);

  const conceptId = phase === "quiz" ? nextConcept(placement, seed) : null;
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const card = byId.get(conceptId ?? "")?.question ?? null;

  const show = () => {
    shownAt.current = Date.now();
    window.scrollTo({ top: 0 });
    requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }));
  };

  /** @param answer `null` when the learner would have to guess */
  const onAnswer = (answer: Answer | null) => {
    if (!card) return;
    const isRight = answer !== null && grade(card.item, answer as AnswerOf<ExamItem["kind"]>, locale).correct;
    const after = settle(placement, card.conceptId, isRight);
    const shown = newlyKnown(placement, after);
    const at = Date.now();
    const recorded: ReviewEvent[] = [];
    if (answer !== null) {
      recorded.push({
        id: uuidv7(),
        type: "answer",
        itemId: card.itemId,
        at,
        revision: card.item.revision,
        source: "placement",
        locale,
        answer,
        seed,
        hinted: false,
        easy: false,
        durationMs: Math.min(3_600_000, at - shownAt.current),
      });
    }
    for (const itemId of shown.flatMap((id) => byId.get(id)?.cardIds ?? [])) {
      if (itemId !== card.itemId) recorded.push({ id: uuidv7(), type: "know", itemId, at });
    }
    for (const event of recorded) void record(event);
    setEvents((before) => [...before, ...recorded.map(({ id, itemId }) => ({ id, itemId }))]);
    setKnown((before) => [...before, ...shown]);
    if (isRight) setRight((before) => new Set([...before, card.conceptId]));
    setPlacement(after);
    if (nextConcept(after, seed) === null) setPhase("results");
    show();
  };

  const undoAll = async () => {
    const at = Date.now();
    await Promise.all(
      events.map(({ id, itemId }) => record({ id: uuidv7(), type: "undo", itemId, targetId: id, at })),
    );
    setEvents([]);
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (event.key !== "s" || !card) return;
      event.preventDefault();
      onAnswer(null);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  if (phase === "results") {
    return (
      <PlacementResults
        {...{ areas, concepts, locale, heading }}
        known={new Set(known)}
        asked={placement.asked.map((id) => ({ id, right: right.has(id) }))}
        undone={events.length === 0 && known.length > 0}
        onUndo={() => void undoAll()}
      />
    );
  }
  if (!card) {
    return (
      <div className="mx-auto max-w-2xl">
        <PageHeader title={t("title")}>{t("intro", { max: MAX_QUESTIONS })}</PageHeader>
        <ul className="mb-6 grid max-w-prose list-disc gap-1.5 pl-5">
          <li>{t("howAdaptive")}</li>
          <li>{t("howUnsure")}</li>
          <li>{t("howUndo")}</li>
        </ul>
        <Button
          variant="primary"
          size="lg"
          onClick={() => {
            setPhase(nextConcept(placement, seed) === null ? "results" : "quiz");
            show();
          }}
        >
          {t("start")}
        </Button>
      </div>
    );
  }
  const place = t("place", { place: placement.asked.length + 1, max: MAX_QUESTIONS });
  return (
    <div data-kind={card.item.kind} className="mx-auto grid max-w-2xl gap-4">
      <div className="flex flex-wrap items-center gap-3 text-ink-muted text-sm">
        <span className="tabular-nums" data-testid="placement-progress">
          {place}
        </span>
        <Button variant="quiet" size="sm" className="ml-auto" onClick={() => setPhase("results")}>
          {t("stop")}
        </Button>
      </div>
      <Meter value={placement.standing.size / Math.max(1, concepts.length)} label={place} />
      <Card as="article">
        <h1 ref={heading} tabIndex={-1} className="mb-4 font-semibold text-xl outline-none">
          <Block text={card.item.prompt} locale={locale} />
        </h1>
        <QuestionPlayer key={card.itemId} item={card.item} {...{ locale, seed, onAnswer }} />
      </Card>
      <div>
        <Button onClick={() => onAnswer(null)}>
          {t("unsure")} <Kbd>S</Kbd>
        </Button>
      </div>
    </div>
  );
}
