import "server-only";
import { conceptReadiness, type Readiness, weakest } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import {
  addDays,
  createScheduler,
  type DayLoad,
  dayOf,
  forecastLoad,
  startOfDay,
} from "#lib/core/scheduling/index.ts";
import { studySettings } from "#lib/server/auth/defaults.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { answerTotals, ENOUGH_ANSWERS, reviewsPerDay, usualAnswerMs } from "#lib/server/db/sql/statistics.ts";
import { type Curriculum, getCurriculum } from "./curriculum.ts";
import { getEarlierPlacement } from "./placement.ts";
import { getDailyQueue } from "./study-session.ts";

export interface Today {
  due: number;
  fresh: number;
  /** Answers given today. */
  done: number;
  /** What is left today, in minutes, at the learner's own pace. */
  minutes: number;
  /** Study days in a row up to today or yesterday. */
  streak: number;
  weakest: { id: string; title: Text; readiness: Readiness }[];
  /** Whether a placement quiz would help: few answers so far, and none taken. */
  offerPlacement: boolean;
  /** The next 14 days, today first. */
  forecast: DayLoad[];
}

/** How far back a streak is looked for. */
const STREAK_DAYS = 400;
const FORECAST_DAYS = 14;

/** What today holds for the viewer. */
export async function getToday(viewer: Viewer, now: number): Promise<Today> {
  const settings = studySettings(viewer);
  const today = dayOf(now, settings);
  const since = new Date(startOfDay(addDays(today, -STREAK_DAYS), settings));
  const [queue, curriculum, days, totals, placement] = await Promise.all([
    getDailyQueue(viewer, now),
    getCurriculum(viewer),
    isPerson(viewer) ? reviewsPerDay(db(), viewer.userId, settings, since) : [],
    isPerson(viewer) ? answerTotals(db(), viewer.userId) : null,
    getEarlierPlacement(viewer),
  ]);
  const answered = new Map(days.map(({ day, answers }) => [day, answers]));
  const answerMs = usualAnswerMs(totals);
  const concepts = withReadiness(curriculum, settings, now);
  const memories = curriculum.concepts.flatMap(({ cards }) => cards.map(({ memory }) => memory));
  return {
    due: queue.due,
    fresh: queue.fresh,
    done: answered.get(today) ?? 0,
    minutes: Math.ceil(((queue.due + queue.fresh) * answerMs) / 60_000),
    streak: streakOf(answered, today),
    weakest: weakest(concepts, 3).filter(({ readiness }) => readiness.chance < 0.9),
    offerPlacement: (totals?.answers ?? 0) < ENOUGH_ANSWERS && placement.events.length === 0,
    forecast: forecastLoad(memories, now, FORECAST_DAYS, settings),
  };
}

/** A day not yet studied does not break a streak before it is over. */
function streakOf(answered: ReadonlyMap<string, number>, today: string): number {
  let day = answered.has(today) ? today : addDays(today, -1);
  let streak = 0;
  while (answered.has(day)) {
    streak++;
    day = addDays(day, -1);
  }
  return streak;
}

/** The concepts with the viewer's readiness at a moment. */
export function withReadiness(
  { concepts }: Curriculum,
  settings: Parameters<typeof createScheduler>[0],
  at: number,
): (Curriculum["concepts"][number] & { readiness: Readiness })[] {
  const scheduler = createScheduler(settings);
  return concepts.map((concept) => ({
    ...concept,
    readiness: conceptReadiness(
      concept.cards.map(({ memory }) => memory),
      scheduler,
      at,
    ),
  }));
}
