import { describe, expect, it } from "vitest";
import {
  type CardMemory,
  createScheduler,
  DAY_MS,
  forecastLoad,
  MAX_INTERVAL_DAYS,
  minutesPerDay,
  NEW_MEMORY,
} from "#lib/core/scheduling/index.ts";

const NOW = Date.parse("2026-11-24T22:00:00+09:00");
const tokyo = { timeZone: "Asia/Tokyo", dayStartHour: 4 };
const learned = (overrides: Partial<CardMemory> = {}): CardMemory => ({
  ...NEW_MEMORY,
  state: "review",
  stability: 10,
  difficulty: 5,
  lastReview: NOW - DAY_MS,
  introducedAt: NOW - 30 * DAY_MS,
  due: NOW + 9 * DAY_MS,
  ...overrides,
});

describe("the forecast of reviews", () => {
  it("counts each learned card on the study day it comes due, and what is overdue today", () => {
    const memories = [
      learned({ due: NOW - 5 * DAY_MS }),
      learned({ due: Date.parse("2026-11-25T03:59:59+09:00") }),
      learned({ due: Date.parse("2026-11-25T04:00:00+09:00") }),
      learned({ due: NOW + 3 * DAY_MS }),
    ];
    expect(forecastLoad(memories, NOW, 3, tokyo)).toEqual([
      { day: "2026-11-24", reviews: 2 },
      { day: "2026-11-25", reviews: 1 },
      { day: "2026-11-26", reviews: 0 },
    ]);
  });

  it("leaves out new and suspended cards, and counts a buried one when it returns", () => {
    const memories = [
      NEW_MEMORY,
      learned({ due: NOW, suspended: true }),
      learned({ due: NOW - DAY_MS, buriedUntil: Date.parse("2026-11-25T04:00:00+09:00") }),
    ];
    expect(forecastLoad(memories, NOW, 2, tokyo).map(({ reviews }) => reviews)).toEqual([0, 1]);
  });
});

describe("what a desired retention costs", () => {
  const scheduler = createScheduler({ weights: null, desiredRetention: 0.9 });
  const cost = (retention: number, memories = [learned()]) =>
    minutesPerDay(memories, retention, 60, scheduler);

  it("is one answer per interval, and one more for each card forgotten", () => {
    // At 90 % the interval is the stability: 1 / 10 a day, times 1.1, a minute each.
    expect(cost(0.9)).toBeCloseTo(0.11, 6);
    expect(cost(0.9, [learned(), learned()])).toBeCloseTo(0.22, 6);
  });

  it("rises with the retention", () => {
    const costs = [0.7, 0.8, 0.9, 0.95, 0.97].map((retention) => cost(retention));
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(new Set(costs).size).toBe(5);
  });

  it("is nothing for cards not studied", () => {
    expect(cost(0.9, [NEW_MEMORY, learned({ suspended: true })])).toBe(0);
  });

  it("is at most one round a day for the weakest, forgotten as often as they are, whatever is aimed at", () => {
    const weak = learned({ stability: 0.5 });
    const chance = scheduler.recallChance(weak, (weak.lastReview ?? 0) + DAY_MS);
    expect(chance).toBeLessThan(0.9);
    for (const retention of [0.9, 0.95, 0.97]) expect(cost(retention, [weak])).toBeCloseTo(2 - chance, 6);
  });

  it("is at least one round a year for the strongest", () => {
    expect(cost(0.7, [learned({ stability: 5000 })])).toBeGreaterThan(1 / MAX_INTERVAL_DAYS);
  });
});
