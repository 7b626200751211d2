import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { routing } from "#lib/i18n/routing.ts";
import { auditSentence, nameOf } from "#lib/server/audit-sentence.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { exportAudit } from "#lib/server/commands/export-audit.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { problem } from "#lib/server/problem.ts";
import { auditFilterSchema, type Named } from "#lib/server/queries/audit.ts";

/** A team's log as a file, narrowed down as the page is. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale;
  const viewer = await getViewer();
  const log = await exportAudit(viewer, (await params).team, auditFilterSchema.parse(query), Date.now());
  if (!log.ok) return problem(404, "There is no such log");
  const t = await getTranslations({ locale, namespace: "audit" });
  const who = (person: Named | null) => person && nameOf(person, t);
  return csvResponse(
    "podshift-audit",
    [t("when"), t("who"), t("what"), t("whom"), t("action"), t("details")],
    log.value.entries.map((entry) => [
      new Date(entry.at).toISOString(),
      who(entry.actor) ?? t("byItself"),
      auditSentence(entry, t),
      who(entry.subject),
      entry.action,
      JSON.stringify(entry.details),
    ]),
  );
}
