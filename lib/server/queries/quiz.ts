import "server-only";
import { z } from "zod";
import { KINDS, randomFrom, shuffle } from "#lib/core/questions/index.ts";
import { NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import type { Misconceptions, StudyCard } from "#lib/core/study/index.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { freshRows, queueRows } from "#lib/server/db/sql/queue.ts";
import { misconceptionsIn, withItems } from "./study-session.ts";

const list = <T extends z.ZodType>(of: T) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(of)).catch([]);

/** What a quiz is made of; it lives in the URL. */
export const quizOptionsSchema = z.object({
  areas: list(z.string().max(80)),
  kinds: list(z.enum(KINDS)),
  count: z.coerce.number().int().min(1).max(100).catch(10),
  /** Minutes; 0 for no limit. */
  minutes: z.coerce.number().int().min(0).max(180).catch(0),
  feedback: z.enum(["each", "end"]).catch("each"),
  mode: z.enum(["quiz", "cram"]).catch("quiz"),
  /** Only these items: practising what was missed. */
  items: list(z.string().max(80)),
});
export type QuizOptions = z.infer<typeof quizOptionsSchema>;

/** The questions of a quiz, drawn by the seed from what the options leave. */
export async function getQuiz(
  viewer: Viewer,
  { areas, kinds, count, items }: QuizOptions,
  seed: number,
): Promise<{ cards: StudyCard[]; misconceptions: Misconceptions }> {
  const rows = isPerson(viewer) ? await queueRows(db(), viewer.userId) : await freshRows(db());
  const inScope = rows
    .filter(
      ({ areaId, itemId }) =>
        (areas.length === 0 || areas.includes(areaId)) && (items.length === 0 || items.includes(itemId)),
    )
    .map((row) => ({ ...row, memory: row.memory ?? NEW_MEMORY }));
  const ofKind = (await withItems(inScope)).filter(
    ({ item }) => kinds.length === 0 || kinds.includes(item.kind),
  );
  const sorted = ofKind.sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const cards = shuffle(sorted, Math.floor(randomFrom(seed)() * 2 ** 32)).slice(0, count);
  return { cards, misconceptions: await misconceptionsIn(cards) };
}
