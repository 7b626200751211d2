import type { z } from "zod";
import type { Locale } from "./text.ts";

/** The nine ways to ask. A new kind is a file here, one in `components/questions`, and an entry in both registries. */
export const KINDS = [
  "flashcard",
  "single",
  "multiple",
  "cloze",
  "ordering",
  "matching",
  "classify",
  "numeric",
  "manifest",
] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds whose answers are compared with what the item says. Manifests are tried out instead (`lib/core/tasks`). */
export type ComparedKind = Exclude<Kind, "manifest">;

/** What grading says of one answer. */
export interface Grade {
  /** All or nothing: this decides the FSRS rating. */
  correct: boolean;
  /** Share of the parts that are right, 0 to 1: shown, never scheduled on. */
  score: number;
  /** Slugs of the wrong beliefs that this answer shows, without repeats. */
  misconceptions: string[];
}

/**
 * One question kind: the fields it adds to an item, the form of an answer to it, and how an answer is graded.
 * `grade` is total over parsed input: an answer that names an option the item does not have is simply wrong.
 */
export interface KindModule<Fields extends z.ZodRawShape, Answer extends z.ZodType> {
  fields: Fields;
  answer: Answer;
  grade: (question: z.infer<z.ZodObject<Fields>>, answer: z.infer<Answer>, locale: Locale) => Grade;
}

export function defineKind<Fields extends z.ZodRawShape, Answer extends z.ZodType>(
  module: KindModule<Fields, Answer>,
): KindModule<Fields, Answer> {
  return module;
}

/** Whether an answer names nothing but what the question has. */
export const namesOnly = (named: readonly string[], known: readonly { id: string }[]): boolean =>
  named.every((id) => known.some((one) => one.id === id));

/** Builds a grade from its parts, each right or wrong. */
export function gradeParts(
  parts: readonly boolean[],
  misconceptions: readonly (string | undefined)[],
): Grade {
  const right = parts.filter(Boolean).length;
  return {
    correct: right === parts.length,
    score: parts.length === 0 ? 0 : right / parts.length,
    misconceptions: [...new Set(misconceptions.filter((slug) => slug !== undefined))],
  };
}
