import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { routing } from "#lib/i18n/routing.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { problem } from "#lib/server/problem.ts";
import { TABLES } from "./tables.ts";

/** A table of a team's dashboards as a file, narrowed down and sorted as the page that links to it: `people.csv?area=cni`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string; table: string }> },
): Promise<Response> {
  const { team, table } = await params;
  const name = table.match(/^(.+)\.csv$/)?.[1] ?? "";
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale;
  const viewer = await getViewer();
  const [t, exam] = await Promise.all([
    getTranslations({ locale, namespace: "dashboard" }),
    getTranslations({ locale, namespace: "exam" }),
  ]);
  const content = Object.hasOwn(TABLES, name)
    ? await TABLES[name]?.({ viewer, teamId: team, query, now: Date.now(), locale, t, exam })
    : null;
  if (!content) return problem(404, "There is no such table");
  return csvResponse(name, content.header, content.rows);
}
