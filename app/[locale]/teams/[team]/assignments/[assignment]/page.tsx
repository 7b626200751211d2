import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AssignmentActions } from "#components/assignments/assignment-actions.tsx";
import { ExtendDue } from "#components/assignments/extend-due.tsx";
import { DataTable } from "#components/dashboard/data-table.tsx";
import { planWords, STATUS_TONES } from "#components/dashboard/plan-words.ts";
import { Badge, Card, EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { dayOf } from "#lib/core/scheduling/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { ASSIGNEE_ORDERS, type AssignmentView, getAssignment } from "#lib/server/queries/assignments.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { writersOf } from "../../writers.ts";
import {
  extendAssignmentAction,
  setAssignmentArchivedAction,
  setAssignmentClosedAction,
} from "../actions.ts";
import { assignmentWords } from "../words.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("assignments"))("title") };
}

export default async function AssignmentPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string; assignment: string }>;
  searchParams: Promise<{ sort?: string | string[] }>;
}) {
  const { viewer, now, locale } = await requestContext();
  const [{ team, assignment: assignmentId }, search] = await Promise.all([params, searchParams]);
  const assignment = await getAssignment(viewer, team, assignmentId, now);
  if (!assignment) notFound();
  const { id, timeZone } = assignment;
  const [t, dashboard, { format, percent, dueDay }] = await Promise.all([
    getTranslations("assignments.detail"),
    getTranslations("dashboard"),
    writersOf(timeZone),
  ]);
  const dayIn = (at: number) => dayOf(at, { timeZone, dayStartHour: 0 });
  const sort = ASSIGNEE_ORDERS.read(search.sort === undefined ? undefined : String(search.sort));
  const isOpen = assignment.closedAt === null;
  const nameOf = ({ name, email }: AssignmentView["rows"][number]) => name ?? email ?? t("unnamed");
  return (
    <>
      <PageHeader title={assignment.title}>
        {assignment.note ? <p className="whitespace-pre-line break-words">{assignment.note}</p> : null}
      </PageHeader>
      <div className="grid gap-8">
        <Card className="grid gap-5">
          <Facts assignment={assignment} />
          <AssignmentActions
            id={id}
            href={`/teams/${team}/assignments`}
            closed={!isOpen}
            archived={assignment.archivedAt !== null}
            setClosed={setAssignmentClosedAction}
            setArchived={setAssignmentArchivedAction}
          />
        </Card>
        <section className="grid gap-3">
          <h2 className="text-xl">{t("rows")}</h2>
          {assignment.rows.length === 0 ? (
            <EmptyState title={t("nobody")} />
          ) : (
            <DataTable
              caption={t("rows")}
              rows={ASSIGNEE_ORDERS.apply(assignment.rows, sort, locale)}
              rowKey={({ userId }) => userId}
              sort={sort}
              address={{ pathname: `/teams/${team}/assignments/${id}`, query: {} }}
              columns={[
                {
                  key: "name",
                  label: t("person"),
                  cell: (row) => (
                    <Link
                      href={`/teams/${team}/people/${row.userId}`}
                      className="underline decoration-line underline-offset-4"
                    >
                      {nameOf(row)}
                    </Link>
                  ),
                },
                {
                  key: "need",
                  label: t("status"),
                  numeric: false,
                  cell: ({ plan }) => (
                    <Badge tone={STATUS_TONES[plan.status]}>{dashboard(`status.${plan.status}`)}</Badge>
                  ),
                },
                {
                  key: "why",
                  label: t("why"),
                  fixed: true,
                  cell: (row) => (
                    <span className="block min-w-56">
                      {planWords(dashboard, format, { ...row, target: row.readinessTarget }, timeZone)}
                    </span>
                  ),
                },
                {
                  key: "readiness",
                  label: t("readiness"),
                  numeric: true,
                  cell: ({ readiness }) => percent(readiness),
                },
                {
                  key: "atDue",
                  label: t("atDue"),
                  numeric: true,
                  cell: ({ readinessAtDue }) => percent(readinessAtDue),
                },
                {
                  key: "seen",
                  label: t("seen"),
                  numeric: true,
                  cell: ({ seen, items }) => `${format.number(seen)} / ${format.number(items)}`,
                },
                {
                  key: "due",
                  label: t("dueAt"),
                  cell: (row) => (
                    <span className="grid justify-items-start gap-1 whitespace-nowrap">
                      {dueDay(row.dueAt)}
                      {row.extended ? <Badge>{t("extended")}</Badge> : null}
                    </span>
                  ),
                },
                ...(isOpen
                  ? [
                      {
                        key: "extend",
                        label: t("extend"),
                        fixed: true,
                        cell: (row: AssignmentView["rows"][number]) => (
                          <ExtendDue
                            assignmentId={id}
                            userId={row.userId}
                            name={nameOf(row)}
                            day={dayIn(row.dueAt - 1)}
                            today={dayIn(now)}
                            extended={row.extended}
                            extend={extendAssignmentAction}
                          />
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
          <p className="max-w-prose text-ink-muted text-sm">{t("how")}</p>
        </section>
      </div>
    </>
  );
}

/** What is to be learned by whom and when, and what done means. */
async function Facts({ assignment }: { assignment: AssignmentView }) {
  const [t, words, format] = await Promise.all([
    getTranslations("assignments.detail"),
    getTranslations("assignments"),
    getFormatter(),
  ]);
  const { locale } = await requestContext();
  const { scope, groups, people, forEveryone, forNewcomers, exam } = assignment;
  const { due, goals } = assignmentWords(words, format, { ...assignment, hasExam: false });
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const list = (parts: readonly string[]) => format.list(parts, { type: "conjunction" });
  const facts: [string, ReactNode][] = [
    [
      t("learn"),
      // Titles have commas of their own.
      <ul key="scope" className="flex flex-wrap gap-1.5">
        {scope.map(({ kind, id, title }) => (
          <li key={`${kind} ${id}`}>
            <Badge>{title[locale]}</Badge>
          </li>
        ))}
      </ul>,
    ],
    [
      t("who"),
      list([
        ...(forEveryone ? [t("everyone")] : []),
        ...(forNewcomers ? [t("newcomers")] : []),
        ...groups,
        ...(people > 0 ? [t("people", { count: people })] : []),
      ]),
    ],
    [t("due"), due],
    [
      t("done"),
      list([
        ...goals,
        ...(exam
          ? [
              t("examRules", {
                items: exam.itemsPerConcept,
                minutes: exam.minutes,
                percent: percent(exam.passMark),
                attempts: exam.maxAttempts,
              }),
            ]
          : []),
      ]),
    ],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="grid content-start gap-0.5">
          <dt className="text-ink-muted text-sm">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
