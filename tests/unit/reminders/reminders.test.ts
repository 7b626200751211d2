import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AssignedPart,
  isDecentHour,
  isoWeek,
  mattersDue,
  type Recipient,
} from "#lib/core/reminders/index.ts";

const DAY = 86_400_000;
/** A Tuesday. */
const NOW = Date.parse("2026-11-24T12:00:00+09:00");
const TEAM = "team";

const part = (overrides: Partial<AssignedPart> = {}): AssignedPart => ({
  assignmentId: "pods",
  teamId: TEAM,
  assignedAt: NOW,
  dueAt: NOW + 30 * DAY,
  status: "notStarted",
  ...overrides,
});
const recipient = (overrides: Partial<Recipient> = {}): Recipient => ({
  timeZone: "Asia/Tokyo",
  wishes: { assignments: true, weekly: true, due: true },
  assigned: [],
  managed: [],
  cardsDue: 0,
  ...overrides,
});
const kinds = (of: Partial<Recipient>, { said = [] as string[], now = NOW } = {}) =>
  mattersDue(recipient(of), new Set(said), now).map(({ kind }) => kind);

describe("an assignment", () => {
  it("is announced, and not again", () => {
    const [news] = mattersDue(recipient({ assigned: [part()] }), new Set(), NOW);
    expect(news).toEqual({ key: "assigned:pods", kind: "assigned", teamId: TEAM, assignmentId: "pods" });
    expect(kinds({ assigned: [part()] }, { said: ["assigned:pods"] })).toEqual([]);
  });

  it("is no news to whoever fulfils it already, or when a week has passed", () => {
    expect(kinds({ assigned: [part({ status: "done" })] })).toEqual([]);
    expect(kinds({ assigned: [part()] }, { now: NOW + 7 * DAY })).toEqual([]);
  });

  const said = ["assigned:pods"];
  it("due within three days is spoken of to those who are behind or have not begun", () => {
    const soon = (status: AssignedPart["status"], days: number) =>
      kinds({ assigned: [part({ status, dueAt: NOW + days * DAY })] }, { said });
    expect(soon("behind", 3)).toEqual(["dueSoon"]);
    expect(soon("notStarted", 1)).toEqual(["dueSoon"]);
    expect(soon("onTrack", 1)).toEqual([]);
    expect(soon("done", 1)).toEqual([]);
    expect(soon("behind", 3.01)).toEqual([]);
  });

  it("that is new and due soon is not spoken of twice in a letter", () => {
    expect(kinds({ assigned: [part({ dueAt: NOW + DAY })] })).toEqual(["assigned"]);
  });

  it("overdue is spoken of once, and once more when the extended day has passed too", () => {
    const late = part({ status: "overdue", dueAt: NOW - DAY });
    const [first] = mattersDue(recipient({ assigned: [late] }), new Set(said), NOW);
    expect(first?.kind).toBe("overdue");
    const saidNow = [...said, first?.key ?? ""];
    expect(kinds({ assigned: [late] }, { said: saidNow })).toEqual([]);
    const extended = { ...late, dueAt: NOW + 10 * DAY };
    expect(kinds({ assigned: [extended] }, { said: saidNow, now: NOW + 11 * DAY })).toEqual(["overdue"]);
  });
});

describe("the weekly summary", () => {
  const managed = [{ teamId: TEAM, since: NOW - 30 * DAY }];
  const on = (date: string) => Date.parse(`${date}T10:00:00+09:00`);

  it("comes once in an ISO week, from Monday to Wednesday", () => {
    const [summary] = mattersDue(recipient({ managed }), new Set(), on("2026-11-30"));
    expect(summary?.key).toBe("weekly:team:2026-W49");
    expect(kinds({ managed }, { now: on("2026-12-02") })).toEqual(["weekly"]);
    expect(kinds({ managed }, { now: on("2026-12-03") })).toEqual([]);
    expect(kinds({ managed }, { now: on("2026-12-06") })).toEqual([]);
  });

  it("does not come for a week in which the team was not yet managed", () => {
    expect(
      kinds({ managed: [{ teamId: TEAM, since: on("2026-11-30") }] }, { now: on("2026-11-30") }),
    ).toEqual([]);
  });
});

it("what is not wanted is not said", () => {
  const all = { assigned: [part()], managed: [{ teamId: TEAM, since: 0 }], cardsDue: 3 };
  expect(kinds(all)).toEqual(["assigned", "weekly", "cardsDue"]);
  expect(kinds({ ...all, wishes: { assignments: false, weekly: true, due: true } })).toEqual([
    "weekly",
    "cardsDue",
  ]);
  expect(kinds({ ...all, wishes: { assignments: true, weekly: false, due: false } })).toEqual(["assigned"]);
});

it("mail comes from 9:00 to 18:00 of the person's own clock", () => {
  const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);
  expect(isDecentHour(at("00:00:00"), "Asia/Tokyo")).toBe(true);
  expect(isDecentHour(at("08:59:59"), "Asia/Tokyo")).toBe(true);
  expect(isDecentHour(at("09:00:00"), "Asia/Tokyo")).toBe(false);
  expect(isDecentHour(at("00:00:00"), "Europe/Berlin")).toBe(false);
  expect(isDecentHour(at("08:00:00"), "Europe/Berlin")).toBe(true);
});

it("weeks are named by ISO 8601", () => {
  const weeks = {
    "2024-12-30": "2025-W01",
    "2026-12-31": "2026-W53",
    "2027-01-01": "2026-W53",
    "2027-01-04": "2027-W01",
  };
  for (const [day, week] of Object.entries(weeks)) expect(isoWeek(day)).toBe(week);
});

it("whenever one looks, nothing is said twice and cards are spoken of once a day", () => {
  const hours = fc.array(fc.integer({ min: 0, max: 60 * 24 }), { maxLength: 60 });
  const status = fc.constantFrom("done", "onTrack", "behind", "notStarted", "overdue");
  fc.assert(
    fc.property(
      hours,
      fc.array(status, { minLength: 1 }),
      fc.constantFrom("Asia/Tokyo", "America/New_York"),
      (looks, statuses, timeZone) => {
        const said: string[] = [];
        for (const [i, hour] of looks.sort((a, b) => a - b).entries()) {
          const now = NOW + hour * 3_600_000;
          const assigned = [part({ status: statuses[i % statuses.length] ?? "done", dueAt: NOW + 20 * DAY })];
          const managed = [{ teamId: TEAM, since: 0 }];
          said.push(
            ...mattersDue(recipient({ timeZone, assigned, managed, cardsDue: 1 }), new Set(said), now).map(
              ({ key }) => key,
            ),
          );
        }
        expect(new Set(said).size).toBe(said.length);
        const count = (kind: string) => said.filter((key) => key.startsWith(`${kind}:`)).length;
        expect(count("assigned")).toBeLessThanOrEqual(1);
        expect(count("dueSoon")).toBeLessThanOrEqual(1);
        expect(count("overdue")).toBeLessThanOrEqual(1);
      },
    ),
  );
});
