import { createFormatter, type useTranslations } from "next-intl";
import { planWords } from "#components/dashboard/plan-words.ts";
import { shownDiscrimination } from "#lib/core/mastery/index.ts";
import { type Locale, titleOf } from "#lib/core/questions/index.ts";
import type { Cell } from "#lib/interop/csv.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { dashboardFilterSchema } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap, heatOptionsSchema } from "#lib/server/queries/dashboard/heat-map.ts";
import { getItems, ITEM_ORDERS } from "#lib/server/queries/dashboard/items.ts";
import { BELIEF_ORDERS, getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import {
  ASSIGNMENT_ORDERS,
  getOverview,
  HELP_ORDERS,
  STATUSES,
  WEEK_ORDERS,
} from "#lib/server/queries/dashboard/overview.ts";
import {
  ASSIGNMENTS_OF_PERSON,
  CONCEPTS_OF_PERSON,
  getAnswersOfPerson,
  getPersonDashboard,
} from "#lib/server/queries/dashboard/person.ts";
import { examsTable } from "./exams-table.ts";

/** What a table is made from. */
export interface TableRequest {
  viewer: Viewer;
  teamId: string;
  /** The address's, as it came. */
  query: Readonly<Record<string, string>>;
  now: number;
  locale: Locale;
  t: ReturnType<typeof useTranslations<"dashboard">>;
  exam: ReturnType<typeof useTranslations<"exam">>;
}

/** Heads and rows as they are written. Null where the viewer has nothing to see. */
export type Table = (request: TableRequest) => Promise<{ header: string[]; rows: Cell[][] } | null>;

const overviewOf = ({ viewer, teamId, query, now }: TableRequest) =>
  getOverview(viewer, teamId, dashboardFilterSchema.parse(query), now);
const personOf = ({ viewer, teamId, query, now }: TableRequest) =>
  getPersonDashboard(viewer, teamId, query.person ?? "", dashboardFilterSchema.parse(query), now);

/** Shares and moments as spreadsheets count with them. */
const share = (value: number): number => Math.round(value * 10_000) / 10_000;
const moment = (at: number): string => new Date(at).toISOString();

/** Answers in a file at most. */
const MOST_ANSWERS = 5000;

/** The tables that there are as files, by the name of the file. */
export const TABLES: Readonly<Record<string, Table>> = {
  async help(request) {
    const overview = await overviewOf(request);
    if (!overview) return null;
    const { t, locale, query } = request;
    const { timeZone } = overview.frame.team;
    const format = createFormatter({ locale, timeZone });
    return {
      header: [
        t("csv.name"),
        t("csv.email"),
        t("overview.assignment"),
        t("overview.state"),
        t("overview.why"),
        t("overview.readinessShort"),
        t("overview.target"),
        t("overview.missing"),
        t("overview.due"),
      ],
      rows: HELP_ORDERS.apply(overview.needs, HELP_ORDERS.read(query.sort), locale).map((line) => [
        line.name,
        line.email,
        line.title,
        t(`status.${line.plan.status}`),
        planWords(t, format, line, timeZone),
        share(line.readiness),
        line.target,
        share(line.missing),
        moment(line.dueAt),
      ]),
    };
  },

  async assignments(request) {
    const overview = await overviewOf(request);
    if (!overview) return null;
    const { t, locale, query } = request;
    const sort = ASSIGNMENT_ORDERS.read(query.sort);
    return {
      header: [
        t("overview.assignment"),
        t("overview.due"),
        t("overview.members"),
        ...STATUSES.map((status) => t(`status.${status}`)),
      ],
      rows: ASSIGNMENT_ORDERS.apply(overview.assignments, sort, locale).map(
        ({ title, dueAt, people, counts }) => [
          title,
          moment(dueAt.first),
          people,
          ...STATUSES.map((status) => counts[status]),
        ],
      ),
    };
  },

  async activity(request) {
    const overview = await overviewOf(request);
    if (!overview) return null;
    const { t, locale, query } = request;
    return {
      header: [t("overview.week"), t("overview.answers"), t("overview.minutes"), t("overview.active")],
      rows: WEEK_ORDERS.apply(overview.weeks, WEEK_ORDERS.read(query.sort), locale).map(
        ({ week, answers, durationMs, people }) => [week, answers, Math.round(durationMs / 60_000), people],
      ),
    };
  },

  async concepts({ viewer, teamId, query, now, locale, t }) {
    const options = { ...heatOptionsSchema.parse(query), all: true };
    const map = await getHeatMap(viewer, teamId, dashboardFilterSchema.parse(query), now, options);
    if (!map) return null;
    // Of each column its readiness, and how much of it was seen.
    const pairs = <T>(values: readonly T[], first: (value: T) => Cell, second: (value: T) => Cell) =>
      values.flatMap((value) => [first(value), second(value)]);
    const seen = (title: string) => `${title} (${t("heat.coverage")})`;
    const all = [t("heat.all"), seen(t("heat.all"))];
    return {
      header: [
        t("csv.name"),
        t("csv.email"),
        ...all,
        ...map.columns.flatMap(({ title }) => [title[locale], seen(title[locale])]),
      ],
      rows: map.people.map(({ name, email, chance, coverage, cells }) => [
        name,
        email,
        share(chance),
        share(coverage),
        ...pairs(
          cells,
          (cell) => cell && share(cell.chance),
          (cell) => cell && share(cell.coverage),
        ),
      ]),
    };
  },

  async "person-assignments"(request) {
    const dashboard = await personOf(request);
    if (!dashboard) return null;
    const { t, locale, query } = request;
    const { timeZone } = dashboard.frame.team;
    const format = createFormatter({ locale, timeZone });
    const sort = ASSIGNMENTS_OF_PERSON.read(query.sort);
    return {
      header: [
        t("overview.assignment"),
        t("overview.state"),
        t("overview.why"),
        t("overview.readinessShort"),
        t("overview.target"),
        t("overview.due"),
      ],
      rows: ASSIGNMENTS_OF_PERSON.apply(dashboard.assignments, sort, locale).map((line) => [
        line.title,
        t(`status.${line.plan.status}`),
        planWords(t, format, line, timeZone),
        share(line.readiness),
        line.target,
        moment(line.dueAt),
      ]),
    };
  },

  exams: examsTable,

  async misconceptions({ viewer, teamId, query, now, locale, t }) {
    const dashboard = await getMisconceptions(viewer, teamId, dashboardFilterSchema.parse(query), now);
    if (!dashboard) return null;
    const orders = BELIEF_ORDERS(locale);
    return {
      header: [
        t("beliefs.belief"),
        t("beliefs.model"),
        t("beliefs.symptom"),
        t("beliefs.held"),
        t("beliefs.csvAsked"),
        t("beliefs.csvItems"),
        t("beliefs.csvWho"),
      ],
      rows: orders
        .apply(dashboard.beliefs, orders.read(query.sort), locale)
        .map(({ belief, model, symptom, holders, asked, items }) => [
          belief[locale],
          model[locale],
          symptom[locale],
          holders.length,
          asked,
          items.map(({ title, count }) => `${title[locale]} (${count})`).join("\n"),
          holders.map(({ name, email }) => name ?? email ?? t("unnamed")).join("\n"),
        ]),
    };
  },

  async items({ viewer, teamId, query, now, locale, t }) {
    const dashboard = await getItems(viewer, teamId, dashboardFilterSchema.parse(query), now);
    if (!dashboard) return null;
    const orders = ITEM_ORDERS(locale);
    return {
      header: [
        t("items.question"),
        t("items.concept"),
        t("items.kind"),
        t("items.count"),
        t("items.right"),
        t("items.discrimination"),
        `${t("items.discrimination")} (n)`,
        t("csv.seconds"),
        t("items.options"),
        t("items.flagsHead"),
      ],
      rows: orders.apply(dashboard.items, orders.read(query.sort), locale).map((line) => {
        const r = shownDiscrimination(line.discrimination);
        return [
          line.title[locale],
          line.concept[locale],
          line.kind,
          line.count,
          share(line.right / line.count),
          r === null ? null : share(r),
          line.discrimination.count,
          line.medianMs === null ? null : Math.round(line.medianMs / 100) / 10,
          line.options.map(({ text, count }) => `${text[locale]}: ${count}`).join("\n"),
          line.flags.map((flag) => t(`items.flags.${flag}`)).join(", "),
        ];
      }),
    };
  },

  async "person-concepts"(request) {
    const dashboard = await personOf(request);
    if (!dashboard) return null;
    const { t, locale, query } = request;
    const orders = CONCEPTS_OF_PERSON(locale);
    const areas = new Map(dashboard.frame.areas.map(({ id, title }) => [id, title[locale]]));
    return {
      header: [
        t("person.concept"),
        t("person.area"),
        t("overview.readinessShort"),
        t("person.coverage"),
        t("person.questions"),
      ],
      rows: orders
        .apply(dashboard.concepts, orders.read(query.sort), locale)
        .map(({ title, areaId, readiness, items }) => [
          title[locale],
          areas.get(areaId) ?? areaId,
          share(readiness.chance),
          share(readiness.coverage),
          items,
        ]),
    };
  },

  async "person-answers"({ viewer, teamId, query, now, locale, t }) {
    const filter = dashboardFilterSchema.parse(query);
    const options = { limit: MOST_ANSWERS };
    const answers = await getAnswersOfPerson(viewer, teamId, query.person ?? "", filter, now, options);
    if (!answers) return null;
    return {
      header: [t("csv.at"), t("csv.question"), t("csv.source"), t("csv.correct"), t("csv.seconds")],
      rows: answers.entries.map(({ at, item, source, correct, durationMs }) => [
        moment(at),
        titleOf(item, locale),
        source,
        correct ? 1 : 0,
        Math.round(durationMs / 1000),
      ]),
    };
  },
};
