import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { STATUS_TONES } from "#components/dashboard/plan-words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { TEMPLATES } from "#lib/core/assignments/templates.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { type AssignmentSummary, getAssignments } from "#lib/server/queries/assignments.ts";
import { STATUSES } from "#lib/server/queries/dashboard/overview.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { assignmentWords } from "./words.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("assignments"))("title") };
}

export default async function AssignmentsPage({ params }: { params: Promise<{ team: string }> }) {
  const { viewer, now } = await requestContext();
  const { team } = await params;
  const assignments = await getAssignments(viewer, team, now);
  if (!assignments) notFound();
  const t = await getTranslations("assignments");
  const href = `/teams/${team}/assignments`;
  const shown = assignments.filter(({ archivedAt }) => archivedAt === null);
  const archived = assignments.filter(({ archivedAt }) => archivedAt !== null);
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      <div className="grid gap-10">
        <section className="grid gap-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 className="text-xl">{t("list")}</h2>
            <LinkButton href={`${href}/new`} variant="primary">
              {t("new")}
            </LinkButton>
          </div>
          {shown.length > 0 ? (
            <List assignments={shown} href={href} />
          ) : (
            <EmptyState title={t("none")}>{t("noneHelp")}</EmptyState>
          )}
          {archived.length > 0 ? (
            <details>
              <summary className="min-h-11 cursor-pointer py-2 font-medium">
                {t("archived", { count: archived.length })}
              </summary>
              <List assignments={archived} href={href} />
            </details>
          ) : null}
        </section>
        <section className="grid gap-4">
          <h2 className="text-xl">{t("fromTemplate")}</h2>
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {TEMPLATES.map(({ id, days, whom, exam }) => (
              <li key={id}>
                <Link
                  href={`${href}/new?template=${id}`}
                  className="grid h-full grid-rows-[auto_1fr_auto] gap-1.5 rounded-card border border-line bg-raised p-4 hover:border-pod"
                >
                  <span className="font-semibold">{t(`templates.${id}.title`)}</span>
                  <span className="text-ink-muted text-sm">{t(`templates.${id}.note`)}</span>
                  <span className="flex flex-wrap gap-2">
                    <Badge>{t(whom === "newcomers" ? "afterJoining" : "inDays", { days })}</Badge>
                    {exam ? <Badge tone="vm">{t("withExam")}</Badge> : null}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

async function List({ assignments, href }: { assignments: readonly AssignmentSummary[]; href: string }) {
  const [t, states, format] = await Promise.all([
    getTranslations("assignments"),
    getTranslations("dashboard.status"),
    getFormatter(),
  ]);
  return (
    <ul className="grid gap-3">
      {assignments.map((assignment) => {
        const { id, title, counts, assignees, closedAt } = assignment;
        const { due, goals } = assignmentWords(t, format, assignment);
        return (
          <Card as="li" key={id} className="grid gap-2">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <Link
                href={`${href}/${id}`}
                className="min-w-0 break-words font-semibold text-lg underline decoration-line underline-offset-4"
              >
                {title}
              </Link>
              {closedAt === null ? null : <Badge>{t("closed")}</Badge>}
            </div>
            <p className="text-ink-muted text-sm">
              {[due, ...goals, t("assignees", { count: assignees })].join(" · ")}
            </p>
            {assignees > 0 ? (
              <p className="flex flex-wrap gap-2">
                {STATUSES.filter((status) => counts[status] > 0).map((status) => (
                  <Badge key={status} tone={STATUS_TONES[status]}>
                    {t("count", { status: states(status), count: counts[status] })}
                  </Badge>
                ))}
              </p>
            ) : null}
          </Card>
        );
      })}
    </ul>
  );
}
