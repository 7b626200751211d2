import "server-only";
import { groupBy } from "#lib/core/collections.ts";
import { stancesOf } from "#lib/core/mastery/index.ts";
import { type Locale, type Text, titleOf } from "#lib/core/questions/index.ts";
import { ordersOf, sortRows } from "#lib/core/sorting.ts";
import { can } from "#lib/server/auth/policy.ts";
import { localeOf, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { currentItems, lastAnswers } from "#lib/server/db/sql/member-answers.ts";
import { countedOf } from "#lib/server/db/sql/pairs.ts";
import { type DashboardFilter, type Frame, getFrame } from "./filters.ts";

/** A wrong belief that members hold. */
export interface HeldBelief {
  id: string;
  belief: Text;
  model: Text;
  symptom: Text;
  /** Who holds it, by name. */
  holders: { userId: string; name: string | null; email: string | null }[];
  /** Members who were asked a question in the period whose wrong answers show it. */
  asked: number;
  /** The questions that revealed it, and of how many holders; most first. One who holds it counts at each that did. */
  items: { id: string; title: Text; conceptId: string; count: number }[];
  /** The concepts of those: what to practise. */
  concepts: string[];
}

export interface MisconceptionsDashboard {
  frame: Frame;
  /** Held by somebody; by most first. */
  beliefs: HeldBelief[];
  /** Beliefs that somebody was asked about and that nobody holds. */
  overcome: number;
}

/** @param locale in whose words the beliefs are sorted */
export const BELIEF_ORDERS = (locale: Locale) =>
  ordersOf<HeldBelief, "belief" | "held" | "share">(
    {
      belief: ({ belief }) => belief[locale],
      held: ({ holders }) => holders.length,
      share: ({ holders, asked }) => holders.length / asked,
    },
    { by: "held", descending: true },
  );

/**
 * What members believe that is wrong: what shows in their last answers (`stancesOf`), among those on what was assigned to them,
 * in the period and since they joined. For those who see the dashboards of a team; null for everyone
 * else.
 */
export async function getMisconceptions(
  viewer: Viewer,
  teamId: string,
  filter: DashboardFilter,
  now: number,
): Promise<MisconceptionsDashboard | null> {
  const frame = await getFrame(viewer, teamId, filter, now);
  if (!frame || !can(frame.role, "dashboards.see")) return null;
  const counted = await countedOf(viewer, { teamId, ...frame.filter });
  const [people, known, items] = await Promise.all([
    lastAnswers(db(), counted, frame.since),
    db().misconception.findMany({ where: { retiredAt: null } }),
    currentItems(db()),
  ]);

  const asked = new Map<string, number>();
  const held = new Map<string, { userId: string; shownAt: string[] }[]>();
  for (const [userId, answers] of people) {
    for (const [belief, stance] of stancesOf(answers)) {
      asked.set(belief, (asked.get(belief) ?? 0) + 1);
      if (!stance.held) continue;
      const holders = held.get(belief);
      const holder = { userId, shownAt: stance.shownAt };
      if (holders) holders.push(holder);
      else held.set(belief, [holder]);
    }
  }

  const members = sortRows(counted.members, ({ name }) => name, { descending: false }, localeOf(viewer));
  const beliefs = known.flatMap(({ id, belief, model, symptom }): HeldBelief[] => {
    const shown = held.get(id);
    if (!shown) return [];
    const holders = new Set(shown.map(({ userId }) => userId));
    const byItem = groupBy(
      shown.flatMap(({ shownAt }) => shownAt),
      (itemId) => itemId,
    );
    const revealed = items
      .flatMap(({ id: itemId, conceptId, item }) => {
        const count = byItem.get(itemId)?.length;
        if (!count) return [];
        const title = { ja: titleOf(item, "ja"), en: titleOf(item, "en") };
        return [{ id: itemId, title, conceptId, count }];
      })
      .sort((a, b) => b.count - a.count);
    return [
      {
        id,
        belief: belief as Text,
        model: model as Text,
        symptom: symptom as Text,
        holders: members
          .filter(({ userId }) => holders.has(userId))
          .map(({ userId, name, email }) => ({ userId, name, email })),
        asked: asked.get(id) ?? 0,
        items: revealed,
        concepts: [...new Set(revealed.map(({ conceptId }) => conceptId))],
      },
    ];
  });
  return {
    frame,
    beliefs: beliefs.sort(
      (a, b) => b.holders.length - a.holders.length || a.asked - b.asked || (a.id < b.id ? -1 : 1),
    ),
    overcome: asked.size - held.size,
  };
}
