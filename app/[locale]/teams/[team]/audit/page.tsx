import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { DataTable, defined } from "#components/dashboard/data-table.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { auditSentence, nameOf } from "#lib/server/audit-sentence.ts";
import { AUDIT_ACTIONS } from "#lib/server/commands/audit.ts";
import { type AuditFilter, auditFilterSchema, getAudit, type Named } from "#lib/server/queries/audit.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { viewer, locale } = await requestContext();
  const { team: teamId } = await params;
  const filter = auditFilterSchema.parse(await searchParams);
  const log = await getAudit(viewer, teamId, filter);
  if (!log) notFound();
  const [t, format] = await Promise.all([getTranslations("audit"), getFormatter()]);
  const pathname = `/teams/${teamId}/audit`;
  const { after: _, ...narrowed } = filter;
  const who = (person: Named | null) =>
    person ? (
      <Link
        href={{ pathname, query: defined({ ...narrowed, person: person.id }) }}
        className="underline decoration-line underline-offset-4"
      >
        {nameOf(person, t)}
      </Link>
    ) : (
      <span className="text-ink-muted">{t("byItself")}</span>
    );
  const csv = new URLSearchParams({ ...defined(narrowed), locale });
  return (
    <>
      <PageHeader title={t("title")}>{t("intro", { timeZone: log.timeZone })}</PageHeader>
      <AuditFilterForm filter={filter} people={log.people} />
      <DataTable
        caption={t("title")}
        rows={log.entries}
        rowKey={({ id }) => id}
        sort={{ by: "at", descending: true }}
        address={{ pathname, query: narrowed }}
        csv={`/api/teams/${teamId}/audit?${csv}`}
        columns={[
          {
            key: "at",
            label: t("when"),
            fixed: true,
            cell: ({ at }) => (
              <span className="whitespace-nowrap font-normal tabular-nums">
                {format.dateTime(new Date(at), {
                  dateStyle: "medium",
                  timeStyle: "medium",
                  timeZone: log.timeZone,
                })}
              </span>
            ),
          },
          { key: "actor", label: t("who"), fixed: true, cell: ({ actor }) => who(actor) },
          {
            key: "what",
            label: t("what"),
            fixed: true,
            cell: (entry) => <span className="inline-block min-w-56">{auditSentence(entry, t)}</span>,
          },
          {
            key: "subject",
            label: t("whom"),
            fixed: true,
            cell: ({ subject }) => (subject ? who(subject) : null),
          },
        ]}
      />
      {log.next ? (
        <LinkButton href={{ pathname, query: { ...defined(narrowed), after: log.next } }} className="mt-4">
          {t("older")}
        </LinkButton>
      ) : null}
    </>
  );
}

async function AuditFilterForm({ filter, people }: { filter: AuditFilter; people: Named[] }) {
  const { locale } = await requestContext();
  const t = await getTranslations("audit");
  const control = "min-h-11 max-w-64 rounded-lg border border-line-strong bg-raised px-2";
  const { compare } = new Intl.Collator(locale);
  const named = people
    .map((person) => [person.id, nameOf(person, t)] as const)
    .sort(([, a], [, b]) => compare(a, b));
  return (
    <form aria-label={t("filter")} className="mb-4 flex flex-wrap items-end gap-3">
      <label className="grid gap-1 text-sm">
        {t("action")}
        <select key={filter.action} name="action" defaultValue={filter.action ?? ""} className={control}>
          <option value="">{t("all")}</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {t(`names.${action}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1 text-sm">
        {t("person")}
        <select key={filter.person} name="person" defaultValue={filter.person ?? ""} className={control}>
          <option value="">{t("all")}</option>
          {named.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {(["from", "to"] as const).map((name) => (
        <label key={name} className="grid gap-1 text-sm">
          {t(name)}
          <input key={filter[name]} type="date" name={name} defaultValue={filter[name]} className={control} />
        </label>
      ))}
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}
