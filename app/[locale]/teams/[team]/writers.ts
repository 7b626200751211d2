import { getFormatter } from "next-intl/server";

/** How the dashboards of a team write numbers and moments: in its time zone. */
export async function writersOf(timeZone: string) {
  const format = await getFormatter();
  return {
    format,
    percent: (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 0 }),
    /** A difference of shares, in points, with its sign. */
    points: (share: number) =>
      format.number(share * 100, { maximumFractionDigits: 1, signDisplay: "exceptZero" }),
    /** A moment with its time of day. */
    moment: (at: number) =>
      format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short", timeZone }),
    /** The day that ends at or holds a moment: something due at midnight is due the day before. */
    dueDay: (at: number) => format.dateTime(new Date(at - 1), { dateStyle: "medium", timeZone }),
    /** A day, `YYYY-MM-DD`. */
    day: (iso: string) =>
      format.dateTime(new Date(`${iso}T00:00:00Z`), { month: "short", day: "numeric", timeZone: "UTC" }),
  };
}
