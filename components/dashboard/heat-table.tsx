import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { ENOUGH_COVERAGE, type Readiness } from "#lib/core/mastery/index.ts";

interface Head {
  head: ReactNode;
  sorted?: "ascending" | "descending" | undefined;
}

export interface HeatRow extends Readiness {
  key: string;
  name: ReactNode;
  /** Of each column, in order; null where nothing of it was assigned. */
  cells: readonly (Readiness | null)[];
}

/** Grounds from the VM world to the Pod world, each up to its share. The number on it says the same. */
const GROUNDS = [
  [0.5, "bg-vm/30"],
  [0.7, "bg-vm-soft"],
  [0.85, "bg-pod-soft"],
  [Number.POSITIVE_INFINITY, "bg-pod/30"],
] as const;

/** By the number as it is written: 49.6% reads 50% and stands on its ground. */
const groundOf = (chance: number): string =>
  GROUNDS.find(([upTo]) => Math.round(chance * 100) / 100 < upTo)?.[1] ?? "";

/**
 * People by areas or concepts: how ready each is. A cell that too little was seen for is hatched and its number in brackets;
 * one of which nothing was seen says so. A table like any other, to be read by row and column, and printed.
 */
export function HeatTable({
  caption,
  name: names,
  all: everything,
  columns,
  rows,
}: {
  caption: string;
  /** The column of the names, and that of everything together. */
  name: Head;
  all: Head;
  columns: readonly (Head & { id: string })[];
  rows: readonly HeatRow[];
}) {
  return (
    <ScrollArea
      label={caption}
      className="relative max-h-[80dvh] w-fit max-w-full rounded-lg border border-line print:max-h-none print:overflow-visible"
    >
      <table className="border-separate border-spacing-0 text-sm print:w-full print:text-[7pt]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              aria-sort={names.sorted}
              className="sticky top-0 left-0 z-[2] border-line border-b bg-sunken px-3 py-2 text-start align-bottom print:static"
            >
              {names.head}
            </th>
            <th
              scope="col"
              aria-sort={everything.sorted}
              className="sticky top-0 z-[1] border-line border-b bg-sunken px-2 py-2 align-bottom print:static"
            >
              {everything.head}
            </th>
            {columns.map(({ id, head, sorted }) => (
              <th
                key={id}
                scope="col"
                aria-sort={sorted}
                className="sticky top-0 z-[1] min-w-24 max-w-36 border-line border-b bg-sunken px-2 py-2 align-bottom font-medium leading-snug print:static print:min-w-0"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells, ...all }) => (
            <tr key={key}>
              <th
                scope="row"
                className="sticky left-0 z-[1] max-w-44 break-words border-line border-b bg-raised px-3 py-1 text-start font-medium sm:min-w-36 print:static print:min-w-0"
              >
                {name}
              </th>
              <HeatCell value={all} strong />
              {columns.map(({ id }, index) => (
                <HeatCell key={id} value={cells[index] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function HeatCell({ value, strong = false }: { value: Readiness | null; strong?: boolean }) {
  const t = useTranslations("dashboard.heat");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
  const look = `h-9 border-line border-b border-l px-2 text-center tabular-nums print:h-auto ${strong ? "font-semibold" : ""}`;
  if (!value)
    return (
      <td className={look}>
        <span className="sr-only">{t("notAssigned")}</span>
      </td>
    );
  const { chance, coverage } = value;
  if (coverage === 0)
    return (
      <td className={`hatched text-ink-muted text-xs ${look}`} title={t("nothingSeen")}>
        {t("unseen")}
      </td>
    );
  const thin = coverage < ENOUGH_COVERAGE;
  const title = t(thin ? "thinCell" : "cell", { chance: percent(chance), coverage: percent(coverage) });
  return (
    <td className={`${look} ${groundOf(chance)} ${thin ? "hatched" : ""} print-exact`} title={title}>
      {thin ? `(${percent(chance)})` : percent(chance)}
      {thin ? <span className="sr-only">{t("thin")}</span> : null}
    </td>
  );
}

/** What the grounds and the hatching mean. */
export function HeatLegend() {
  const t = useTranslations("dashboard.heat");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 });
  const entries = [
    [`print-exact ${GROUNDS[0][1]}`, t("below", { percent: percent(0.5) })],
    [`print-exact ${GROUNDS[1][1]}`, t("from", { percent: percent(0.5) })],
    [`print-exact ${GROUNDS[2][1]}`, t("from", { percent: percent(0.7) })],
    [`print-exact ${GROUNDS[3][1]}`, t("from", { percent: percent(0.85) })],
    ["hatched", t("thinLegend", { percent: percent(ENOUGH_COVERAGE) })],
  ] as const;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-muted text-sm">
      {entries.map(([look, label]) => (
        <li key={label} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={`inline-block h-4 w-6 shrink-0 rounded border border-line ${look}`}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}
