import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Goal, keptReadiness, planOf, type Standing, type Status } from "#lib/core/assignments/index.ts";
import { createScheduler, DAY_MS, MAX_ASSIGNED_PER_DAY, NEW_MEMORY } from "#lib/core/scheduling/index.ts";

const NOW = Date.parse("2026-11-24T12:00:00+09:00");
const options = { now: NOW, answerMs: 20_000, desiredRetention: 0.9 };
const goal = (overrides: Partial<Goal> = {}): Goal => ({
  dueAt: NOW + 10 * DAY_MS,
  readinessTarget: 0.85,
  hasExam: false,
  ...overrides,
});
/** Half of 100 cards learned, at a pace of 5 a day. */
const standing = (overrides: Partial<Standing> = {}): Standing => ({
  items: 100,
  seen: 50,
  coverage: 0.5,
  readiness: 0.47,
  readinessAtDue: 0.43,
  introducedLately: 50,
  paceDays: 10,
  examPassed: null,
  ...overrides,
});
const nothing = standing({ seen: 0, coverage: 0, readiness: 0, readinessAtDue: 0, introducedLately: 0 });
const statusOf = (s: Standing, g = goal(), o = options) => planOf(s, g, o).status;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const standings: fc.Arbitrary<Standing> = fc
  .record({
    items: fc.integer({ min: 1, max: 600 }),
    seenShare: share,
    recall: share,
    faded: share,
    introducedLately: fc.integer({ min: 0, max: 500 }),
    paceDays: fc.integer({ min: 1, max: 14 }),
    examPassed: fc.boolean(),
  })
  .map(({ items, seenShare, recall, faded, ...rest }) => {
    const seen = Math.round(items * seenShare);
    const coverage = seen / items;
    return {
      items,
      seen,
      coverage,
      readiness: coverage * recall,
      readinessAtDue: coverage * recall * faded,
      ...rest,
    };
  });
const goals: fc.Arbitrary<Goal> = fc.record({
  dueAt: fc.integer({ min: -5, max: 60 * 24 }).map((hours) => NOW + hours * 3_600_000),
  readinessTarget: fc.option(fc.double({ min: 0.5, max: 0.95, noNaN: true })),
  hasExam: fc.boolean(),
});
/** How good a status is. Not begun says nothing of how it will go. */
const RANK: Record<Status, number> = { overdue: 0, behind: 1, notStarted: 1, onTrack: 2, done: 3 };

describe("the readiness of what is kept up by reviews", () => {
  it("is the mean of the forgetting curve from one review to the next", () => {
    const scheduler = createScheduler({ weights: null, desiredRetention: 0.9 });
    const memory = { ...NEW_MEMORY, state: "review" as const, stability: 20, difficulty: 5, lastReview: 0 };
    // At 90 % the interval is the stability.
    const steps = 20_000;
    const sum = Array.from({ length: steps }, (_, i) =>
      scheduler.recallChance(memory, ((i + 0.5) / steps) * 20 * DAY_MS),
    ).reduce((a, b) => a + b, 0);
    expect(keptReadiness(0.9)).toBeCloseTo(sum / steps, 6);
  });

  it("lies between the desired retention and 1, and rises with it", () => {
    const kept = [0.7, 0.8, 0.9, 0.97].map(keptReadiness);
    expect(kept).toEqual([...kept].sort());
    for (const r of [0.7, 0.8, 0.9, 0.97]) expect(keptReadiness(r)).toBeGreaterThan(r);
    for (const value of kept) expect(value).toBeLessThan(1);
  });
});

describe("the status of an assignment", () => {
  it("is not started while nothing was seen, and overdue once it was due", () => {
    expect(statusOf(nothing)).toBe("notStarted");
    expect(statusOf(nothing, goal({ dueAt: NOW }))).toBe("overdue");
  });

  it("is done when it will be known at the due moment with nothing more studied, not before", () => {
    expect(statusOf(standing({ readinessAtDue: 0.85 }))).toBe("done");
    expect(statusOf(standing({ readiness: 0.95, readinessAtDue: 0.84 }))).not.toBe("done");
  });

  it("is not done before its final check is passed, and says that only that is missing", () => {
    const ready = standing({ readinessAtDue: 0.9, examPassed: false });
    expect(planOf(ready, goal({ hasExam: true }), options)).toMatchObject({
      status: "onTrack",
      obstacle: "exam",
    });
    expect(statusOf({ ...ready, examPassed: true }, goal({ hasExam: true }))).toBe("done");
  });

  it("is behind when new cards come too slowly, and tells how many a day it takes and until when it would take", () => {
    const plan = planOf(standing({ introducedLately: 30 }), goal(), options);
    // (0.85 − 0.943 × 0.5) / (0.943 × 0.5) of the 50 that are left: 41, in 10 days, and 3 a day take 14.
    expect(plan).toMatchObject({
      status: "behind",
      obstacle: "newCards",
      newLeft: 50,
      newPerDayNeeded: 5,
      pace: 3,
    });
    expect(plan.wouldReach).toEqual({ newPerDay: 5, dueAt: NOW + 14 * DAY_MS, desiredRetention: null });
    expect(statusOf(standing({ introducedLately: 41 }))).toBe("onTrack");
  });

  it("is behind when reviews are not kept up, however many new cards come", () => {
    const fading = standing({ readiness: 0.3, readinessAtDue: 0.25 });
    const plan = planOf(fading, goal(), options);
    expect(plan).toMatchObject({ status: "behind", obstacle: "reviews" });
    // More new cards, or more time, would only add to what waits.
    expect(plan.wouldReach).toEqual({ newPerDay: null, dueAt: null, desiredRetention: null });
  });

  it("is behind when reviews keep cards below the target, and tells which retention would do", () => {
    const plan = planOf(standing(), goal({ readinessTarget: 0.95 }), options);
    expect(plan).toMatchObject({ status: "behind", obstacle: "retention", reachable: false });
    expect(plan.wouldReach.desiredRetention).toBe(0.92);
  });

  it("is not behind for want of a pace before there was time to show one", () => {
    const begun = { introducedLately: 0, paceDays: 1 };
    expect(statusOf(standing(begun))).toBe("onTrack");
    expect(statusOf(standing({ ...begun, paceDays: 3 }))).toBe("behind");
  });

  it("without a target asks for every card before the final check", () => {
    const exam = goal({ readinessTarget: null, hasExam: true });
    const plan = planOf(standing({ examPassed: false, introducedLately: 40 }), exam, options);
    expect(plan).toMatchObject({ status: "behind", newPerDayNeeded: 5 });
    expect(statusOf(standing({ examPassed: false, introducedLately: 50 }), exam)).toBe("onTrack");
  });

  it("cannot be reached by more new cards a day than anybody learns", () => {
    const many = { ...nothing, items: 1000 };
    expect(planOf(many, goal(), options)).toMatchObject({ reachable: false, obstacle: "newCards" });
    expect(planOf(many, goal({ dueAt: NOW + 30 * DAY_MS }), options).reachable).toBe(true);
  });
});

describe("a plan, whatever the standing and the goal", () => {
  const never = (law: (s: Standing, g: Goal) => void) => fc.assert(fc.property(standings, goals, law));
  const plan = (s: Standing, g: Goal, o = options) => planOf(s, g, o);

  it("never becomes worse by a faster pace", () => {
    never((s, g) => {
      const faster = plan({ ...s, introducedLately: s.introducedLately + 5 }, g);
      expect(RANK[faster.status]).toBeGreaterThanOrEqual(RANK[plan(s, g).status]);
      expect(faster.projectedReadiness).toBeGreaterThanOrEqual(plan(s, g).projectedReadiness);
    });
  });

  it("stays done with more readiness, and never becomes worse by it", () => {
    never((s, g) => {
      const [readiness, readinessAtDue] = [
        Math.max(s.readiness, s.coverage),
        Math.max(s.readinessAtDue, s.coverage),
      ];
      expect(RANK[plan({ ...s, readiness, readinessAtDue }, g).status]).toBeGreaterThanOrEqual(
        RANK[plan(s, g).status],
      );
    });
  });

  it("never becomes worse by a later due moment as long as nothing fades", () => {
    never((s, g) => {
      const later = plan(s, { ...g, dueAt: g.dueAt + 3 * DAY_MS });
      expect(RANK[later.status]).toBeGreaterThanOrEqual(RANK[plan(s, g).status]);
      expect(later.newPerDayNeeded).toBeLessThanOrEqual(plan(s, g).newPerDayNeeded);
    });
  });

  it("is kept by who learns as many new cards a day as it asks for and keeps reviews up", () => {
    never((s, g) => {
      const { newPerDayNeeded, reachable, status } = plan(s, g);
      fc.pre(reachable && status === "behind");
      const diligent = { ...s, readiness: s.coverage, introducedLately: newPerDayNeeded * s.paceDays };
      expect(plan(diligent, g).status).toBe("onTrack");
    });
  });

  it("projects shares and never less than what stays with nothing more studied", () => {
    never((s, g) => {
      const { projectedReadiness } = plan(s, g);
      expect(projectedReadiness).toBeGreaterThanOrEqual(s.readinessAtDue);
      expect(projectedReadiness).toBeLessThanOrEqual(1);
    });
  });

  it("asks for time only while there is something to do, and for more of it of slower readers", () => {
    never((s, g) => {
      const { minutesLeft, minutesPerDay, status, daysLeft } = plan(s, g);
      expect(minutesLeft).toBeGreaterThanOrEqual(0);
      if (status === "done" || daysLeft === 0) expect(minutesLeft).toBe(0);
      else expect(minutesPerDay * daysLeft).toBeCloseTo(minutesLeft, 6);
      expect(plan(s, g, { ...options, answerMs: 40_000 }).minutesLeft).toBeCloseTo(2 * minutesLeft, 6);
    });
  });

  it("says what is in the way of everybody who is behind or late, and what would help if it is possible", () => {
    never((s, g) => {
      const { status, obstacle, wouldReach, reachable } = plan(s, g);
      if (status === "behind") expect(obstacle).not.toBeNull();
      if (obstacle === "newCards" && reachable && status === "behind") {
        expect(wouldReach.newPerDay).toBeGreaterThan(0);
        expect(wouldReach.newPerDay).toBeLessThanOrEqual(MAX_ASSIGNED_PER_DAY);
      }
    });
  });
});
