import { getLocale, getTranslations } from "next-intl/server";
import { FilterBar, type FilterField } from "#components/dashboard/filter-bar.tsx";
import { type Frame, PERIODS } from "#lib/server/queries/dashboard/filters.ts";

/** What the search of an address holds, each name once. */
export type Search = Promise<Record<string, string | string[] | undefined>>;

/** The values of an address as a page reads them: of a name given twice, the first. */
export async function valuesOf(search: Search): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(await search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
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
