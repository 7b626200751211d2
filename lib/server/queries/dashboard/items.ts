import "server-only";
import { medianOf } from "#lib/core/collections.ts";
import {
  type AnsweredPart,
  countAnswers,
  countBeliefs,
  type Discrimination,
  flagsOf,
  type ItemFlag,
  shownDiscrimination,
  tallyItems,
  usualTimes,
} from "#lib/core/mastery/index.ts";
import {
  type AnswerOf,
  type ComparedKind,
  isKey,
  type Kind,
  type Locale,
  misconceptionsOf,
  type PublishedItem,
  type PublishedItemOf,
  type Text,
  titleOf,
} from "#lib/core/questions/index.ts";
import { ordersOf } from "#lib/core/sorting.ts";
import { can } from "#lib/server/auth/policy.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { currentItems, firstAnswers, givenFirst } from "#lib/server/db/sql/member-answers.ts";
import { type Counted, countedOf } from "#lib/server/db/sql/pairs.ts";
import { type DashboardFilter, type Frame, getFrame } from "./filters.ts";

/** How members do on a question at first try. */
export interface ItemLine {
  id: string;
  kind: Kind;
  title: Text;
  conceptId: string;
  concept: Text;
  /** Members whose first answer counts. */
  count: number;
  /** Of whom got it right. */
  right: number;
  discrimination: Discrimination;
  /** Half of the first answers took less than this, in ms. */
  medianMs: number | null;
  /** How many chose each option, of questions with options to choose that are the same for everyone. */
  options: { id: string; text: Text; key: boolean; count: number }[];
  flags: ItemFlag[];
}

export interface ItemsDashboard {
  frame: Frame;
  /** Of those that somebody answered, in teaching order. */
  items: ItemLine[];
}

/** @param locale in whose words the questions are sorted */
export const ITEM_ORDERS = (locale: Locale) =>
  ordersOf<ItemLine, "title" | "kind" | "count" | "right" | "discrimination" | "time" | "flags">(
    {
      title: ({ title }) => title[locale],
      kind: ({ kind }) => kind,
      count: ({ count }) => count,
      right: ({ right, count }) => right / count,
      discrimination: ({ discrimination }) => shownDiscrimination(discrimination),
      time: ({ medianMs }) => medianMs,
      flags: ({ flags }) => flags.length,
    },
    { by: "flags", descending: true },
  );

/**
 * How questions work: of each, how members did on it at first try since they joined, on what was assigned to them, if that was in
 * the period. For those who see the dashboards of a team; null for everyone else.
 */
export async function getItems(
  viewer: Viewer,
  teamId: string,
  filter: DashboardFilter,
  now: number,
): Promise<ItemsDashboard | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  return itemsOf(frame, await countedOf(viewer, { teamId, ...frame.filter }));
}

async function itemsOf(frame: Frame, counted: Counted): Promise<ItemsDashboard> {
  const [people, rows] = await Promise.all([firstAnswers(db(), counted, frame.since), currentItems(db())]);
  const tallies = tallyItems(answersOf(people));
  const items = rows.flatMap(({ id, conceptId, concept, item }): Omit<ItemLine, "flags">[] => {
    const tally = tallies.get(id);
    if (!tally) return [];
    const { count, right, discrimination, durations, chosen } = tally;
    const options =
      !item.template && (item.kind === "single" || item.kind === "multiple") ? item.options : [];
    return [
      {
        id,
        kind: item.kind,
        title: { ja: titleOf(item, "ja"), en: titleOf(item, "en") },
        conceptId,
        concept,
        count,
        right,
        discrimination,
        medianMs: medianOf(durations),
        options: options.map((option) => ({
          id: option.id,
          text: option.text,
          key: isKey(option),
          count: chosen.get(option.id) ?? 0,
        })),
      },
    ];
  });
  const usual = usualTimes(items);
  return {
    frame,
    items: items.map((item) => ({ ...item, flags: flagsOf(item, usual.get(item.kind) ?? null) })),
  };
}

function* answersOf<T>(people: Iterable<readonly [string, T]>): Iterable<T> {
  for (const [, answers] of people) yield answers;
}

export interface ItemDashboard {
  frame: Frame;
  line: ItemLine;
  item: PublishedItem;
  /** How often each thing was answered, of the answers to the current revision; by belief where hardly two are alike … */
  parts: AnsweredPart[];
  byBelief: boolean;
  answers: number;
  /** … and how many were given to earlier ones. */
  earlier: number;
}

/** One question of `getItems`, with how often each thing was answered to it at first try; null also where nobody did. */
export async function getItemDashboard(
  viewer: Viewer,
  teamId: string,
  itemId: string,
  filter: DashboardFilter,
  now: number,
): Promise<ItemDashboard | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  const counted = await countedOf(viewer, { teamId, ...frame.filter });
  const { items } = await itemsOf(frame, counted);
  const line = items.find(({ id }) => id === itemId);
  if (!line) return null;
  const [given, stored] = await Promise.all([
    givenFirst(db(), counted, line, frame.since),
    db().item.findUniqueOrThrow({ where: { id: itemId }, select: { revision: true, revisions: true } }),
  ]);
  const item = stored.revisions.find(({ revision }) => revision === stored.revision)
    ?.payload as unknown as PublishedItem;
  const current = given.filter(({ revision }) => revision === stored.revision);
  // What is answered to these differs from person to person; the belief that it shows does not.
  const beliefs = item.template || item.kind === "manifest" ? misconceptionsOf(item) : null;
  return {
    frame,
    line,
    item,
    byBelief: beliefs !== null,
    parts: beliefs
      ? countBeliefs(await textsOf(beliefs), current)
      : countAnswers(
          item as PublishedItemOf<ComparedKind>,
          current.map(({ answer }) => answer as AnswerOf<ComparedKind>),
        ),
    answers: current.length,
    earlier: given.length - current.length,
  };
}

/** What wrong beliefs say, in the order in which they are named. */
async function textsOf(ids: readonly string[]): Promise<Map<string, Text>> {
  const rows = await db().misconception.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, belief: true },
  });
  const texts = new Map(rows.map(({ id, belief }) => [id, belief as unknown as Text]));
  return new Map(ids.flatMap((id) => (texts.has(id) ? [[id, texts.get(id)!]] : [])));
}
