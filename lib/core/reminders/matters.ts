import { startOfDay } from "../scheduling/day.ts";
import { DAY_MS } from "../scheduling/fsrs.ts";
import { isoWeek, localDay, mondayOf, weekday } from "./time.ts";

/** What a letter can say, in the order in which it says it. */
export const MATTER_KINDS = ["overdue", "dueSoon", "assigned", "weekly", "cardsDue"] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

/** Which letters a person wants. */
export interface MailWishes {
  assignments: boolean;
  weekly: boolean;
  due: boolean;
}

/** What a person turns off to hear no more of a kind. */
export const WISH_OF = {
  overdue: "assignments",
  dueSoon: "assignments",
  assigned: "assignments",
  weekly: "weekly",
  cardsDue: "due",
} as const satisfies Record<MatterKind, keyof MailWishes>;

/** One thing to say. */
export interface Matter {
  /** What is said under a key is said to a person once. */
  key: string;
  kind: MatterKind;
  teamId: string | null;
  assignmentId: string | null;
}

/** A person's part of an open assignment. Moments are ms since the epoch. */
export interface AssignedPart {
  assignmentId: string;
  teamId: string;
  assignedAt: number;
  dueAt: number;
  status: "done" | "onTrack" | "behind" | "notStarted" | "overdue";
}

/** Somebody to whom there may be something to say. */
export interface Recipient {
  /** IANA name. */
  timeZone: string;
  wishes: MailWishes;
  assigned: readonly AssignedPart[];
  /** Teams that the person manages, and since when. */
  managed: readonly { teamId: string; since: number }[];
  /** Learned cards to repeat today. */
  cardsDue: number;
}

/** How near things are that are spoken of. */
export const WINDOWS = {
  /** A due date this near is spoken of to those who are behind. */
  soonMs: 3 * DAY_MS,
  /** What happened to an assignment longer ago is no news: mail was off, or the server was. */
  newsMs: 7 * DAY_MS,
} as const;
/** The last day of the week, 1 for Monday, on which a summary of the week before is still worth a letter. */
const LAST_WEEKLY_DAY = 3;

/**
 * What there is to say to a person at a moment that has not been said before, in the order of `MATTER_KINDS`. Whether it
 * is an hour for mail is another question (`isDecentHour`).
 *
 * - `assigned`: once per assignment, unless what was learned before fulfils it already.
 * - `dueSoon`: once per due moment, from three days before it, to who has not begun or is behind; not in the letter that says
 *   that it is assigned.
 * - `overdue`: once per due moment that has passed.
 * - `weekly`: once per managed team and ISO week of the person's calendar, on Monday (at the latest on Wednesday, if the server
 *   did not run), to who managed it before the week began.
 * - `cardsDue`: once a day.
 * @param said keys of what was said
 * @param now ms since the epoch
 */
export function mattersDue(recipient: Recipient, said: ReadonlySet<string>, now: number): Matter[] {
  const { timeZone, wishes, assigned, managed, cardsDue } = recipient;
  const day = localDay(now, timeZone);
  const matters = [
    ...assigned.flatMap((part) => ofAssignment(part, said, now)),
    ...ofWeek(managed, day, timeZone),
    ...(cardsDue > 0 ? [matter("cardsDue", day)] : []),
  ];
  return matters
    .filter(({ kind, key }) => wishes[WISH_OF[kind]] && !said.has(key))
    .sort((a, b) => MATTER_KINDS.indexOf(a.kind) - MATTER_KINDS.indexOf(b.kind));
}

function ofAssignment(part: AssignedPart, said: ReadonlySet<string>, now: number): Matter[] {
  const { assignmentId, teamId, assignedAt, dueAt, status } = part;
  const about = { teamId, assignmentId };
  const dueMoment = `${assignmentId}:${new Date(dueAt).toISOString()}`;
  if (status === "overdue") {
    return now < dueAt + WINDOWS.newsMs ? [matter("overdue", dueMoment, about)] : [];
  }
  if (status === "done" || now >= dueAt) return [];
  const news = matter("assigned", assignmentId, about);
  if (!said.has(news.key) && now < assignedAt + WINDOWS.newsMs) return [news];
  return status !== "onTrack" && dueAt - now <= WINDOWS.soonMs ? [matter("dueSoon", dueMoment, about)] : [];
}

function ofWeek(managed: Recipient["managed"], day: string, timeZone: string): Matter[] {
  if (weekday(day) > LAST_WEEKLY_DAY) return [];
  const begin = startOfDay(mondayOf(day), { timeZone, dayStartHour: 0 });
  return managed
    .filter(({ since }) => since < begin)
    .map(({ teamId }) => matter("weekly", `${teamId}:${isoWeek(day)}`, { teamId }));
}

const matter = (
  kind: MatterKind,
  what: string,
  { teamId = null, assignmentId = null }: { teamId?: string | null; assignmentId?: string | null } = {},
): Matter => ({ key: `${kind}:${what}`, kind, teamId, assignmentId });
