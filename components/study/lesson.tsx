import type { ReactNode } from "react";
import { Diagram } from "#components/diagrams/index.tsx";
import { TourEmbed } from "#components/playground/open.tsx";
import { Block } from "#components/questions/parts.tsx";
import { isDiagramId } from "#lib/core/diagrams.ts";
import type { Locale, Text } from "#lib/core/questions/index.ts";

interface LessonText {
  /** Markdown. */
  lesson: Text;
  diagram: string | null;
  /** Tours that can be opened beside it. */
  tours: readonly { id: string; title: Text; summary: Text }[];
}

/** A lesson as it is read: its text, its diagram, and where to try it. */
export function LessonBody({ lesson, diagram, tours, locale }: LessonText & { locale: Locale }) {
  return (
    <>
      <Block text={lesson} locale={locale} className="mb-6 max-w-prose" />
      {diagram && isDiagramId(diagram) ? <Diagram id={diagram} /> : null}
      {tours.map(({ id, title, summary }) => (
        <TourEmbed key={id} id={id} title={title[locale]} summary={summary[locale]} />
      ))}
    </>
  );
}

/** Lessons by concept, set on the server: a session comes with its lessons as with its drawings. */
export function setLessons(
  lessons: readonly (LessonText & { conceptId: string; summary: Text })[],
  locale: Locale,
): Record<string, ReactNode> {
  return Object.fromEntries(
    lessons.map(({ conceptId, summary, lesson, diagram, tours }) => [
      conceptId,
      <>
        <Block text={summary} locale={locale} className="mb-5 text-ink-muted" />
        <LessonBody {...{ lesson, diagram, tours, locale }} />
      </>,
    ]),
  );
}
