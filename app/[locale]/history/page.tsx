import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { HistoryEntryView } from "#components/progress/history-entry.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { KINDS } from "#lib/core/questions/index.ts";
import { SOURCES } from "#lib/core/reviews/event.ts";
import { getCurriculum } from "#lib/server/queries/curriculum.ts";
import { getHistory, historyFilterSchema } from "#lib/server/queries/history.ts";
import { misconceptionsIn } from "#lib/server/queries/study-session.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("progress"))("history") };
}

export default async function HistoryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { viewer, locale } = await requestContext();
  const filter = historyFilterSchema.parse(await searchParams);
  const [t, kinds, format, { entries, next }, { areas }] = await Promise.all([
    getTranslations("history"),
    getTranslations("kinds"),
    getFormatter(),
    getHistory(viewer, filter),
    getCurriculum(viewer),
  ]);
  const misconceptions = await misconceptionsIn(entries);
  const timeZone = viewer.kind === "nobody" ? "UTC" : viewer.timeZone;
  const select = (name: "area" | "kind" | "source" | "result", options: [string, string][]) => (
    <label className="grid gap-1 text-sm">
      {t(name)}
      <select
        name={name}
        defaultValue={filter[name] ?? ""}
        className="min-h-11 rounded-lg border border-line-strong bg-raised px-2"
      >
        <option value="">{t("all")}</option>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      <form className="mb-6 flex flex-wrap items-end gap-3">
        {select(
          "area",
          areas.map(({ id, title }) => [id, title[locale]]),
        )}
        {select(
          "kind",
          KINDS.map((kind) => [kind, kinds(kind)]),
        )}
        {select(
          "source",
          SOURCES.map((source) => [source, t(`sources.${source}`)]),
        )}
        {select("result", [
          ["right", t("right")],
          ["wrong", t("wrong")],
        ])}
        <Button type="submit">{t("filter")}</Button>
      </form>
      {entries.length === 0 ? (
        <EmptyState title={t("empty")} />
      ) : (
        <WithDiagrams items={entries.map(({ item }) => item)}>
          <div className="grid gap-2">
            {entries.map((entry) => (
              <HistoryEntryView
                key={entry.id}
                entry={entry}
                when={format.dateTime(new Date(entry.at), {
                  dateStyle: "medium",
                  timeStyle: "short",
                  timeZone,
                })}
                misconceptions={misconceptions}
                locale={locale}
              />
            ))}
          </div>
        </WithDiagrams>
      )}
      {next ? (
        <LinkButton href={{ pathname: "/history", query: { ...filter, after: next } }} className="mt-4">
          {t("older")}
        </LinkButton>
      ) : null}
    </>
  );
}
