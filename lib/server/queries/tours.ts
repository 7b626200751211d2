import "server-only";
import type { Tour } from "#lib/core/playground/index.ts";
import type { Source, Text } from "#lib/core/questions/index.ts";
import { db } from "#lib/server/db/client.ts";

/** A tour as a screen plays it, its sources resolved. */
export type PublishedTour = Omit<Tour, "sources"> & { sources: Source[] };

export interface TourSummary {
  id: string;
  title: Text;
  summary: Text;
  steps: number;
}

/** All tours, in order. They are the same for everyone. */
export async function getTours(): Promise<TourSummary[]> {
  const tours = await db().tour.findMany({ orderBy: { position: "asc" } });
  return tours.map(({ payload }) => summaryOf(payload as unknown as PublishedTour));
}

/** One tour; null where there is none of that name. */
export async function getTour(id: string): Promise<PublishedTour | null> {
  const tour = await db().tour.findUnique({ where: { id } });
  return (tour?.payload ?? null) as unknown as PublishedTour | null;
}

/** The tours that the lesson of a concept offers. */
export async function getToursOf(conceptId: string): Promise<TourSummary[]> {
  const tours = await db().tour.findMany({
    where: { payload: { path: ["concepts"], array_contains: [conceptId] } },
    orderBy: { position: "asc" },
  });
  return tours.map(({ payload }) => summaryOf(payload as unknown as PublishedTour));
}

const summaryOf = ({ id, title, summary, steps }: PublishedTour): TourSummary => ({
  ...{ id, title, summary },
  steps: steps.length,
});
