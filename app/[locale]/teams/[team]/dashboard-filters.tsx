import { getLocale, getTranslations } from "next-intl/server";
import { FilterBar, type FilterField } from "#components/dashboard/filter-bar.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import {
  type DashboardFilter,
  dashboardFilterSchema,
  type Frame,
  PERIODS,
} from "#lib/server/queries/dashboard/filters.ts";
import { requestContext } from "#lib/server/request-context.ts";

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The values of an address as a page reads them: of a name given twice, the first. */
async function valuesOf(search: Search): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(await search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

export interface DashboardProps<Params = object> {
  params: Promise<{ team: string } & Params>;
  searchParams: Search;
}

/** Who is looking, when, at which team, and how it is narrowed down. */
export interface DashboardRequest {
  viewer: Viewer;
  now: number;
  locale: Locale;
  team: string;
  search: Record<string, string | undefined>;
  filter: DashboardFilter;
}

/** What a page of a dashboard asks for first, with what its address names. */
export async function dashboardRequest<Params>({
  params,
  searchParams,
}: DashboardProps<Params>): Promise<DashboardRequest & Params> {
  const [context, address, search] = await Promise.all([requestContext(), params, valuesOf(searchParams)]);
  return { ...context, ...address, search, filter: dashboardFilterSchema.parse(search) };
}

/** The bar to narrow a dashboard down by. @param names what this page can be narrowed down by */
export async function DashboardFilters({
  frame: { filter, groups, assignments, areas },
  names = ["group", "assignment", "area", "period"],
  kept = {},
}: {
  frame: Frame;
  names?: readonly FilterField["name"][];
  kept?: Readonly<Record<string, string | undefined>>;
}) {
  const [t, locale] = await Promise.all([getTranslations("dashboard.filter"), getLocale()]);
  const options: Record<FilterField["name"], FilterField["options"]> = {
    group: groups.map(({ id, name }) => ({ value: id, label: name })),
    assignment: assignments.map(({ id, title }) => ({ value: id, label: title })),
    area: areas.map(({ id, title }) => ({ value: id, label: title[locale] })),
    period: PERIODS.map((period) => ({ value: period, label: t(`periods.${period}`) })),
  };
  return (
    <FilterBar
      fields={names.map((name) => ({ name, value: filter[name], options: options[name] }))}
      kept={kept}
    />
  );
}
