import type { Locale } from "#lib/core/questions/index.ts";
import type { DayBoundary, SchedulingParameters } from "#lib/core/scheduling/memory.ts";

/**
 * Who is asking. The first parameter of every read and write in `lib/server`; it stands in the `where` of each
 * statement, so what is not the viewer's is not found.
 */
export type Viewer = Nobody | Person;

/** No session: may look at content and try questions; owns nothing. */
export interface Nobody {
  kind: "nobody";
}

/** A guest or an account. Both own what they did; only an account can sign in elsewhere. */
export interface Person extends DayBoundary, SchedulingParameters {
  kind: "guest" | "user";
  userId: string;
  locale: Locale;
  /** Cards introduced per study day at most. */
  newPerDay: number;
  name: string | null;
  email: string | null;
  emailVerified: boolean;
}

export const NOBODY: Nobody = { kind: "nobody" };

export const isPerson = (viewer: Viewer): viewer is Person => viewer.kind !== "nobody";

/** The language by whose order names are sorted. */
export const localeOf = (viewer: Viewer): Locale => (isPerson(viewer) ? viewer.locale : "en");
