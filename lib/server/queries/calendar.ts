import "server-only";
import { createTranslator } from "next-intl";
import { localDay } from "#lib/core/reminders/index.ts";
import {
  buildQueue,
  createScheduler,
  DAY_MS,
  dayOf,
  forecastLoad,
  NEW_MEMORY,
  startOfDay,
} from "#lib/core/scheduling/index.ts";
import { type CalendarEvent, writeCalendar } from "#lib/interop/icalendar.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { hashOf } from "#lib/server/auth/tokens.ts";
import type { Person, Viewer } from "#lib/server/auth/viewer.ts";
import { config } from "#lib/server/config.ts";
import { db } from "#lib/server/db/client.ts";
import { queueRows } from "#lib/server/db/sql/queue.ts";
import { answerTotals, usualAnswerMs } from "#lib/server/db/sql/statistics.ts";
import en from "../../../content/messages/en.json";
import ja from "../../../content/messages/ja.json";

const messages = { ja, en };

/** Days with a time to study: today and two weeks. */
const STUDY_DAYS = 15;
/** The local hour at which it begins. */
const STUDY_HOUR = 9;
/** Minutes to study are rounded up to these. */
const STEP_MINUTES = 5;
/** Due dates stay for so long after they have passed. */
const PAST_DAYS = 14;

/**
 * The calendar of whoever has this secret address, as iCalendar in their language: when what is assigned is due, and a time to study
 * on each of the next days, as long as there is to do. `null` where there is no such address.
 */
export async function getCalendar(_viewer: Viewer, token: string, now: number): Promise<string | null> {
  const user = await db().user.findUnique({ where: { calendarTokenHash: hashOf(token) } });
  if (!user) return null;
  const person = personOf(user);
  const events = [...(await dueDates(person, now)), ...(await studyTimes(person, now))];
  return writeCalendar({ name: "Podshift", writtenAt: now, events });
}

const translator = ({ locale }: Person) =>
  createTranslator({ locale, messages: messages[locale] as typeof en, namespace: "reminders.calendar" });

/** Ids that no other calendar has, nor this one for another event. */
const uidOf = (what: string, { userId }: Person): string =>
  `${what}-${userId}@${new URL(config().appUrl).hostname}`;
const pageOf = (path: string, { locale }: Person): string => `${config().appUrl}/${locale}${path}`;

async function dueDates(person: Person, now: number): Promise<CalendarEvent[]> {
  const t = translator(person);
  const parts = await db().assignee.findMany({
    where: {
      userId: person.userId,
      dueAt: { gt: new Date(now - PAST_DAYS * DAY_MS) },
      assignment: { closedAt: null, archivedAt: null },
    },
    include: { assignment: { include: { team: true } } },
    orderBy: [{ dueAt: "asc" }, { assignmentId: "asc" }],
  });
  return parts.map(({ assignmentId, dueAt, assignment: { title, team } }) => ({
    uid: uidOf(`due-${assignmentId}`, person),
    summary: t("due", { title }),
    description: t("dueDescription", { team: team.name }),
    url: pageOf(`/teams/${team.id}`, person),
    // Due moments are the ends of days.
    when: { day: localDay(dueAt.getTime() - 1, person.timeZone) },
  }));
}

/** What the reviews that will be due and the new cards of a day take, on each of the next days. */
async function studyTimes(person: Person, now: number): Promise<CalendarEvent[]> {
  const t = translator(person);
  const rows = await queueRows(db(), person.userId);
  const cards = rows.map((row) => ({ ...row, memory: row.memory ?? NEW_MEMORY }));
  const memories = cards.map(({ memory }) => memory);
  const today = buildQueue(cards, { ...person, now, scheduler: createScheduler(person) });
  const dayStart = startOfDay(dayOf(now, person), person);
  const newToday =
    today.fresh + memories.filter(({ introducedAt }) => (introducedAt ?? 0) >= dayStart).length;
  const unseen =
    memories.filter(({ state, suspended }) => state === "new" && !suspended).length - today.fresh;
  const answerMs = usualAnswerMs(await answerTotals(db(), person.userId));

  return forecastLoad(memories, now, STUDY_DAYS, person).flatMap(({ day, reviews }, i) => {
    const fresh = Math.max(0, Math.min(newToday, unseen - (i - 1) * newToday));
    const answers = i === 0 ? today.due + today.fresh : reviews + fresh;
    const minutes = Math.ceil((answers * answerMs) / 60_000 / STEP_MINUTES) * STEP_MINUTES;
    if (minutes === 0) return [];
    const start = startOfDay(day, { ...person, dayStartHour: STUDY_HOUR });
    return {
      uid: uidOf(`study-${day}`, person),
      summary: t("study", { minutes }),
      description: t("studyDescription", { answers }),
      url: pageOf("/study", person),
      when: { start, end: start + minutes * 60_000 },
    };
  });
}
