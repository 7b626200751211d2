import "server-only";
import { meanReadiness, type Readiness } from "#lib/core/mastery/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import { addDays, type DayLoad, dayOf, forecastLoad, startOfDay } from "#lib/core/scheduling/index.ts";
import { studySettings } from "#lib/server/auth/defaults.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import {
  type AnswerTotals,
  answerTotals,
  type DayOfReviews,
  retentionPerWeek,
  reviewsPerDay,
  type WeekOfRetention,
} from "#lib/server/db/sql/statistics.ts";
import { getCurriculum } from "./curriculum.ts";
import { withReadiness } from "./today.ts";

export interface ConceptProgress {
  id: string;
  areaId: string;
  title: Text;
  needs: string[];
  readiness: Readiness;
}

export interface Progress {
  areas: { id: string; title: Text; readiness: Readiness; concepts: ConceptProgress[] }[];
  retention: WeekOfRetention[];
  desiredRetention: number;
  /** The last half year; days without answers are absent. */
  calendar: { first: string; last: string; days: DayOfReviews[] };
  forecast: DayLoad[];
  totals: AnswerTotals;
}

const CALENDAR_DAYS = 26 * 7;
const FORECAST_DAYS = 30;

/** How far the viewer has come, and what lies ahead. */
export async function getProgress(viewer: Viewer, now: number): Promise<Progress> {
  const settings = studySettings(viewer);
  const last = dayOf(now, settings);
  const first = addDays(last, 1 - CALENDAR_DAYS);
  const since = new Date(startOfDay(first, settings));
  const userId = isPerson(viewer) ? viewer.userId : null;
  const [curriculum, retention, days, totals] = await Promise.all([
    getCurriculum(viewer),
    userId ? retentionPerWeek(db(), userId, settings, since) : [],
    userId ? reviewsPerDay(db(), userId, settings, since) : [],
    userId ? answerTotals(db(), userId) : { answers: 0, durationMs: 0, medianMs: null },
  ]);
  const concepts = withReadiness(curriculum, settings, now);
  const memories = concepts.flatMap(({ cards }) => cards.map(({ memory }) => memory));
  return {
    areas: curriculum.areas
      .map(({ id, title }) => {
        const own = concepts.filter(({ areaId }) => areaId === id);
        return {
          id,
          title,
          readiness: meanReadiness(own.map(({ readiness }) => readiness)),
          concepts: own.map(({ cards: _, summary: __, lesson: ___, ...concept }) => concept),
        };
      })
      .filter((area) => area.concepts.length > 0),
    retention,
    desiredRetention: settings.desiredRetention,
    calendar: { first, last, days },
    forecast: forecastLoad(memories, now, FORECAST_DAYS, settings),
    totals,
  };
}
