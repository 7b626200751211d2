import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { addDays, daysBetween } from "#lib/core/scheduling/day.ts";

const CELL = 12;

/** Answers a day, a column a week. */
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
  // Columns start on Monday: 1970-01-01 was a Thursday.
  const weekday = (day: string) => (daysBetween("1970-01-01", day) + 3) % 7;
  const start = addDays(first, -weekday(first));
  const cells = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  const columns = Math.floor(daysBetween(start, last) / 7) + 1;
  const name = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  const level = (count: number) =>
    count === 0
      ? "fill-sunken"
      : ["fill-pod/30", "fill-pod/50", "fill-pod/75", "fill-pod"][
          Math.min(3, Math.floor((count / most) * 4))
        ];
  return (
    <figure className="grid gap-1">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t("calendar")} className="overflow-x-auto">
        <svg
          role="img"
          aria-labelledby={id}
          viewBox={`0 0 ${columns * CELL} ${7 * CELL}`}
          className="h-24 min-w-lg max-w-3xl"
        >
          <title id={id}>{t("calendar")}</title>
          {cells.map((day) => {
            const count = answers.get(day) ?? 0;
            return (
              <rect
                key={day}
                x={Math.floor(daysBetween(start, day) / 7) * CELL}
                y={weekday(day) * CELL}
                width={CELL - 2}
                height={CELL - 2}
                rx="2"
                className={level(count)}
              >
                <title>{t("dayAnswers", { day: name(day), count })}</title>
              </rect>
            );
          })}
        </svg>
      </section>
      <details className="text-ink-muted text-sm">
        <summary className="w-fit">{t("asTable")}</summary>
        <ul className="mt-1 grid max-h-60 gap-0.5 overflow-y-auto tabular-nums">
          {days.map(({ day, answers: count }) => (
            <li key={day}>{t("dayAnswers", { day: name(day), count })}</li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
