import { type DateTimeFormatOptions, useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { addDays, daysBetween } from "#lib/core/scheduling/day.ts";
import { AsList } from "./as-list.tsx";

const CELL = 16;
const GAP = 3;
/** Room for the names of weekdays and months. */
const LEFT = 34;
const TOP = 20;

/** From none to the most of any day shown. */
const LEVELS = ["fill-sunken stroke-line", "fill-pod/25", "fill-pod/50", "fill-pod/75", "fill-pod"] as const;

/** 0 is Monday. 1970-01-01 was a Thursday. */
const weekdayOf = (day: string): number => (daysBetween("1970-01-01", day) + 3) % 7;

/** Answers a day, a column a week. Where there is no room for all, the latest are in view. */
export function CalendarHeatMap({
  first,
  last,
  days,
}: {
  first: string;
  last: string;
  days: readonly { day: string; answers: number }[];
}) {
  const t = useTranslations("charts");
  const format = useFormatter();
  const id = useId();
  const answers = new Map(days.map((day) => [day.day, day.answers]));
  const most = Math.max(1, ...days.map((day) => day.answers));
  const start = addDays(first, -weekdayOf(first));
  const column = (day: string) => Math.floor(daysBetween(start, day) / 7);
  const shown = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const width = LEFT + (column(last) + 1) * CELL;
  const height = TOP + 7 * CELL;
  const write = (day: string, style: DateTimeFormatOptions) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { ...style, timeZone: "UTC" });
  const text = (day: string) =>
    t("dayAnswers", { day: write(day, { dateStyle: "medium" }), count: answers.get(day) ?? 0 });
  return (
    <figure className="grid gap-2">
      <ScrollArea label={t("calendar")} className="flex flex-row-reverse justify-end">
        <svg
          role="img"
          aria-labelledby={id}
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          className="shrink-0"
        >
          <title id={id}>{t("calendar")}</title>
          {shown
            .filter((day) => day.endsWith("-01") && column(day) < column(last))
            .map((day) => (
              <text key={day} x={LEFT + column(day) * CELL} y="12" fontSize="12" className="fill-ink-muted">
                {write(day, { month: "short" })}
              </text>
            ))}
          {[0, 2, 4].map((row) => (
            <text key={row} x="0" y={TOP + row * CELL + 11} fontSize="12" className="fill-ink-muted">
              {write(addDays(start, row), { weekday: "short" })}
            </text>
          ))}
          {shown.map((day) => (
            <rect
              key={day}
              x={LEFT + column(day) * CELL}
              y={TOP + weekdayOf(day) * CELL}
              width={CELL - GAP}
              height={CELL - GAP}
              rx="3"
              className={LEVELS[Math.ceil(((answers.get(day) ?? 0) / most) * 4)]}
            >
              <title>{text(day)}</title>
            </rect>
          ))}
        </svg>
      </ScrollArea>
      <figcaption className="flex items-center gap-1.5 text-ink-muted text-xs tabular-nums">
        {format.number(0)}
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${LEVELS.length * CELL} ${CELL}`}
          width={LEVELS.length * CELL}
          height={CELL}
        >
          {LEVELS.map((level, index) => (
            <rect
              key={level}
              x={index * CELL + 1}
              y="1"
              width={CELL - GAP}
              height={CELL - GAP}
              rx="3"
              className={level}
            />
          ))}
        </svg>
        {format.number(most)}
      </figcaption>
      <AsList lines={days.map(({ day }) => ({ label: day, text: text(day) }))} />
    </figure>
  );
}
