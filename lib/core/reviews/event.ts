/**
 * The review event: the one fact the whole product is folded from. Made in the browser, kept in its outbox, stored
 * once on the server, never changed. Everything about a card that is not content is a fold of its events.
 */
import { z } from "zod";
import { localeSchema, slugSchema } from "../questions/text.ts";

/**
 * Where an answer was given. `study` introduces a card, and so does a right answer in a `placement`, as known; `cram` never
 * moves a schedule.
 */
export const SOURCES = ["study", "quiz", "exam", "cram", "placement"] as const;
export const sourceSchema = z.enum(SOURCES);
export type Source = z.infer<typeof sourceSchema>;

/** One request carries at most this many events … */
export const MAX_BATCH_EVENTS = 500;
/** … and at most this many bytes. */
export const MAX_BATCH_BYTES = 1_000_000;
/** Manifests take long to judge: of one request so many answers to tasks are taken, with what comes before the next. */
export const MAX_BATCH_TASKS = 20;

/** A card can be put away until tomorrow, which is at most this far off whatever the time zone does. */
export const MAX_BURY_MS = 48 * 60 * 60 * 1000;

const base = {
  /** UUIDv7 made by the client; what makes sending twice harmless. */
  id: z.uuid(),
  itemId: slugSchema,
  /** When it happened by the client's clock, in ms since the epoch. A clock ahead of the server is clamped on arrival. */
  at: z.int().min(0),
};

export const reviewEventSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...base,
    type: z.literal("answer"),
    /** The revision of the item that was shown. */
    revision: z.int().min(1),
    source: sourceSchema,
    locale: localeSchema,
    /** What the learner gave, in the form of the item's kind. The grade is computed from this and nothing else. */
    answer: z.unknown(),
    /** The seed of the layout (and, for a generated question, of the question). */
    seed: z.int().min(0).max(0xffffffff),
    /** A hint was used, or this is the second try: a right answer then counts as Hard. */
    hinted: z.boolean(),
    /** The learner marked a right answer as easy. */
    easy: z.boolean(),
    /** Time from question shown to answer given, in ms. Shown to the learner; never rated. */
    durationMs: z.int().min(0).max(3_600_000),
  }),
  z.strictObject({ ...base, type: z.literal("undo"), targetId: z.uuid() }),
  z.strictObject({ ...base, type: z.literal("redo"), targetId: z.uuid() }),
  z.strictObject({ ...base, type: z.literal("suspend") }),
  z.strictObject({ ...base, type: z.literal("unsuspend") }),
  z.strictObject({ ...base, type: z.literal("bury"), until: z.int().min(0) }),
  z.strictObject({ ...base, type: z.literal("reset") }),
  /** A placement took the card for known, by what was answered about other concepts. */
  z.strictObject({ ...base, type: z.literal("know") }),
]);
export type ReviewEvent = z.infer<typeof reviewEventSchema>;
export type ReviewEventType = ReviewEvent["type"];
export type AnswerEvent = Extract<ReviewEvent, { type: "answer" }>;

/** Why the server will never take an event. */
export type Refusal =
  | "malformed"
  | "unknown-item"
  | "unknown-concept"
  | "unknown-revision"
  | "before-item"
  | "invalid-answer"
  | "unknown-target"
  | "bury-too-long"
  | "id-taken";

/** FSRS's four ratings. */
export const RATINGS = { again: 1, hard: 2, good: 3, easy: 4 } as const;
export type Rating = (typeof RATINGS)[keyof typeof RATINGS];

/**
 * An event as the fold sees it: its answer already graded into a rating. The browser makes these from what it just
 * graded, the server from stored rows.
 */
export type CardEvent = { id: string; at: number } & (
  | { type: "answer"; rating: Rating; source: Source }
  | { type: "undo" | "redo"; targetId: string }
  | { type: "suspend" | "unsuspend" | "reset" | "know" }
  | { type: "bury"; until: number }
);

/** The order of a card's events: by time, ties by id. It does not depend on how they arrived. */
export function compareEvents(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
