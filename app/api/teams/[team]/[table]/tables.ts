import type { getTranslations } from "next-intl/server";
import type { Locale } from "#lib/core/questions/index.ts";
import type { Cell } from "#lib/interop/csv.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";

/** What a table is made from. */
export interface TableRequest {
  viewer: Viewer;
  teamId: string;
  /** The address's, as it came. */
  query: Readonly<Record<string, string>>;
  now: number;
  locale: Locale;
  t: Awaited<ReturnType<typeof getTranslations<"dashboard">>>;
}

/** Heads and rows as they are written. Null where the viewer has nothing to see. */
type Table = (request: TableRequest) => Promise<{ header: string[]; rows: Cell[][] } | null>;

/** The tables that there are as files, by the name of the file. */
export const TABLES: Readonly<Record<string, Table>> = {};
