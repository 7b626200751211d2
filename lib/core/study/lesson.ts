import { z } from "zod";
import { slugSchema } from "../questions/text.ts";
import { type ReviewEvent, reviewEventSchema } from "../reviews/event.ts";

/**
 * That a lesson was read or passed over: travels through the outbox with the review events, and is no review: it moves no
 * card, and the fold never sees it.
 */
export const lessonEventSchema = z.strictObject({
  /** UUIDv7 made by the client: the outbox and the server's reply name the event by it. */
  id: z.uuid(),
  type: z.literal("lesson"),
  conceptId: slugSchema,
  /** ms since the epoch, by the client's clock; clamped on arrival. */
  at: z.int().min(0),
  skipped: z.boolean(),
});
export type LessonEvent = z.infer<typeof lessonEventSchema>;

/** Everything that a browser records. */
export const recordedEventSchema = z.discriminatedUnion("type", [reviewEventSchema, lessonEventSchema]);
export type RecordedEvent = ReviewEvent | LessonEvent;

/** What is kept of a lesson: when it was first read or, never read, first skipped. `at` is in ms since the epoch. */
export interface LessonMark {
  conceptId: string;
  at: number;
  skipped: boolean;
}

/**
 * What two marks on one lesson come to: reading outweighs skipping, and of the same the earlier counts. The order in which
 * marks join does not matter, nor do repeats, so marks may arrive as they like.
 */
export function joinMarks(a: LessonMark, b: LessonMark): LessonMark {
  if (a.skipped !== b.skipped) return a.skipped ? b : a;
  return a.at <= b.at ? a : b;
}
