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

/** The tours that the lessons of some concepts offer, by concept. */
export async function getToursOf(conceptIds: readonly string[]): Promise<Map<string, TourSummary[]>> {
  const tours = await db().tour.findMany({
    where: { OR: conceptIds.map((id) => ({ payload: { path: ["concepts"], array_contains: [id] } })) },
    orderBy: { position: "asc" },
  });
  const found = tours.map(({ payload }) => payload as unknown as PublishedTour);
  return new Map(
    conceptIds.map((id) => [id, found.filter(({ concepts }) => concepts.includes(id)).map(summaryOf)]),
  );
}

const summaryOf = ({ id, title, summary, steps }: PublishedTour): TourSummary => ({
  ...{ id, title, summary },
  steps: steps.length,
});
