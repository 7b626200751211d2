import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayOf, endOfDay, startOfDay } from "#lib/core/scheduling/index.ts";

const ZONES = [
  "UTC",
  "Asia/Tokyo",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];
const boundary = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  dayStartHour: fc.integer({ min: 0, max: 23 }),
});
const moment = fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2035, 0, 1) });

describe("study days", () => {
  it("contain the moments they name, from their start to the start of the next", () => {
    fc.assert(
      fc.property(boundary, moment, (zone, at) => {
        const day = dayOf(at, zone);
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(at);
        expect(endOfDay(at, zone)).toBeGreaterThan(at);
        expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
      }),
      { numRuns: 1500 },
    );
  });

  it("keep the evening together until the hour at which the learner's day begins", () => {
    const tokyo = { timeZone: "Asia/Tokyo", dayStartHour: 4 };
    expect(dayOf(Date.parse("2026-11-24T03:59:59+09:00"), tokyo)).toBe("2026-11-23");
    expect(dayOf(Date.parse("2026-11-24T04:00:00+09:00"), tokyo)).toBe("2026-11-24");
  });

  it("start after the gap when clocks skip the hour", () => {
    const newYork = { timeZone: "America/New_York", dayStartHour: 2 };
    expect(new Date(startOfDay("2026-03-08", newYork)).toISOString()).toBe("2026-03-08T07:00:00.000Z");
  });

  it("pass over a date that a zone has skipped", () => {
    const apia = { timeZone: "Pacific/Apia", dayStartHour: 0 };
    const lastMoment = Date.parse("2011-12-29T23:59:59.999-10:00");
    expect(dayOf(lastMoment, apia)).toBe("2011-12-29");
    expect(dayOf(lastMoment + 1, apia)).toBe("2011-12-31");
    expect(endOfDay(lastMoment, apia)).toBe(lastMoment + 1);
  });

  it("are 23 or 25 hours long when clocks change", () => {
    const newYork = { timeZone: "America/New_York", dayStartHour: 4 };
    const hours = (day: string) =>
      (startOfDay(addDays(day, 1), newYork) - startOfDay(day, newYork)) / 3_600_000;
    expect(hours("2026-03-07")).toBe(23);
    expect(hours("2026-10-31")).toBe(25);
    expect(hours("2026-06-01")).toBe(24);
  });

  it("count on over months and leap years", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });
});
