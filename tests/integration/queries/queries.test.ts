import { beforeAll, describe, expect, it } from "vitest";
import { conceptReadiness } from "#lib/core/mastery/index.ts";
import { createScheduler, dayOf } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { setEnrollment } from "#lib/server/commands/set-enrollment.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { retentionPerWeek, reviewsPerDay } from "#lib/server/db/sql/statistics.ts";
import { getBank, getConcept } from "#lib/server/queries/banks.ts";
import { getHistory } from "#lib/server/queries/history.ts";
import { getProgress } from "#lib/server/queries/progress.ts";
import { getQuiz } from "#lib/server/queries/quiz.ts";
import { search } from "#lib/server/queries/search.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { getToday } from "#lib/server/queries/today.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  NOW,
  record,
  syncFixtureContent,
  WRONG,
} from "../harness/factories.ts";

useDatabase();
let busy: Person;
let other: Person;
const DAY = 86_400_000;
/** Answers of a busy learner: on each of 40 days, one or two, some wrong, one undone, one crammed. */
const answers = Array.from({ length: 60 }, (_, i) =>
  answerEvent({
    at: NOW - (59 - i) * 0.66 * DAY,
    itemId: i % 2 === 0 ? "pod-ip-after" : "pod-ip-card",
    answer:
      i % 2 === 0
        ? i % 6 === 0
          ? WRONG.single
          : { option: "changes" }
        : { recall: i % 5 === 0 ? "again" : "good" },
    source: i === 7 ? "cram" : "study",
  }),
);
const undone = answers[10];

beforeAll(async () => {
  await syncFixtureContent();
  busy = await createPerson();
  other = await createPerson({ isGuest: true });
  const undo = cardEvent({ type: "undo", targetId: undone?.id ?? "", itemId: undone?.itemId ?? "" });
  expect((await record(busy, [...answers, undo])).filter((status) => status !== "stored")).toEqual([]);
});

const standing = answers.filter((event) => event !== undone);
const isRight = (event: (typeof answers)[number]) =>
  "option" in (event.answer as object)
    ? (event.answer as { option: string }).option === "changes"
    : (event.answer as { recall: string }).recall !== "again";

describe("statistics", () => {
  it("count answers by the learner's study day, as counting by hand does", async () => {
    const byHand = new Map<string, { answers: number; correct: number; durationMs: number }>();
    for (const event of standing) {
      const day = dayOf(event.at, busy);
      const before = byHand.get(day) ?? { answers: 0, correct: 0, durationMs: 0 };
      byHand.set(day, {
        answers: before.answers + 1,
        correct: before.correct + Number(isRight(event)),
        durationMs: before.durationMs + event.durationMs,
      });
    }
    const counted = await reviewsPerDay(db(), busy.userId, busy, new Date(0));
    expect(counted).toEqual([...byHand].map(([day, counts]) => ({ day, ...counts })));
  });

  it("take true retention from the first answer of a day to a card learned earlier", async () => {
    const counted = standing.filter(({ source }) => source !== "cram");
    const expected = { reviews: 0, recalled: 0 };
    for (const itemId of ["pod-ip-after", "pod-ip-card"]) {
      const seen = new Set<string>();
      for (const event of counted.filter((one) => one.itemId === itemId)) {
        const day = dayOf(event.at, busy);
        if (!seen.has(day) && seen.size > 0) {
          expected.reviews++;
          expected.recalled += Number(isRight(event));
        }
        seen.add(day);
      }
    }
    const weeks = await retentionPerWeek(db(), busy.userId, busy, new Date(0));
    const sum = (field: "reviews" | "recalled") => weeks.reduce((total, week) => total + week[field], 0);
    expect({ reviews: sum("reviews"), recalled: sum("recalled") }).toEqual(expected);
    expect(weeks.every(({ week }) => new Date(`${week}T00:00:00Z`).getUTCDay() === 1)).toBe(true);
  });
});

describe("what a viewer sees", () => {
  it("is their own history, filtered and paged, and nobody else's", async () => {
    const first = await getHistory(busy, {});
    expect(first.entries).toHaveLength(50);
    const second = await getHistory(busy, { after: first.next ?? "" });
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect(ids).toEqual([...answers].reverse().map(({ id }) => id));
    const wrong = await getHistory(busy, { result: "wrong", kind: "single" });
    expect(wrong.entries.every((entry) => !entry.correct && entry.item.kind === "single")).toBe(true);
    expect((await getHistory(other, { after: first.next ?? "" })).entries).toEqual([]);
    expect((await getHistory(NOBODY, {})).entries).toEqual([]);
  });

  it("is a readiness that is the mean recall chance of the concept's items", async () => {
    const concept = await getConcept(busy, "pod-ip", NOW);
    const states = await db().cardState.findMany({ where: { userId: busy.userId } });
    const scheduler = createScheduler(busy);
    const chances = states.map((state) => scheduler.recallChance(memoryOf(state), NOW));
    expect(concept?.readiness.chance).toBeCloseTo(chances.reduce((a, b) => a + b, 0) / 4, 12);
    expect(concept?.readiness.coverage).toBeCloseTo(2 / 4, 12);
    expect((await getConcept(other, "pod-ip", NOW))?.readiness).toEqual({ chance: 0, coverage: 0 });
    expect(conceptReadiness([], scheduler, NOW)).toEqual({ chance: 0, coverage: 0 });
    expect(await getConcept(busy, "no-such-concept", NOW)).toBeNull();
  });

  it("is a day with what is due, new and done, and a streak", async () => {
    const today = await getToday(busy, NOW);
    expect(today.done).toBe(standing.filter(({ at }) => dayOf(at, busy) === dayOf(NOW, busy)).length);
    expect(today.streak).toBeGreaterThan(30);
    // A concept is begun with three items; of the other, two were answered.
    expect(today.fresh).toBe(3 + 2);
    expect(await getToday(other, NOW)).toMatchObject({ due: 0, fresh: 6, done: 0, streak: 0, weakest: [] });
    expect(await getToday(NOBODY, NOW)).toMatchObject({ due: 0, fresh: 6, done: 0 });
  });

  it("is a study session with everything the browser needs", async () => {
    const { cards, misconceptions } = await getStudySession(other, NOW);
    // Three of each concept; the fourth waits.
    expect(cards).toHaveLength(6);
    const single = cards.find(({ itemId }) => itemId === "pod-ip-after");
    expect(single?.item.sources).toEqual([
      { id: "article-pod", title: "An article", section: "Pod", read: "2026-11-24" },
    ]);
    expect(Object.keys(misconceptions).sort()).toEqual(["pod-ip-is-stable", "pod-moves"]);
  });

  it("leaves out the cards of banks they left, and finds them again on return", async () => {
    const person = await createPerson();
    const size = async () => (await getStudySession(person, NOW)).cards.length;
    expect(await setEnrollment(person, { bankId: "basics", enrolled: false })).toMatchObject({ ok: true });
    expect(await size()).toBe(0);
    expect((await getBank(person, "basics"))?.enrolled).toBe(false);
    await setEnrollment(person, { bankId: "basics", enrolled: true });
    expect(await size()).toBe(6);
    expect(await setEnrollment(NOBODY, { bankId: "basics", enrolled: true })).toMatchObject({
      error: "not-signed-in",
    });
    expect(await setEnrollment(person, { bankId: "nowhere", enrolled: true })).toMatchObject({
      error: "not-found",
    });
  });

  it("is a progress page that adds up", async () => {
    const progress = await getProgress(busy, NOW);
    expect(progress.totals.answers).toBe(standing.length);
    expect(progress.areas).toHaveLength(1);
    expect(progress.calendar.days.reduce((sum, { answers: count }) => sum + count, 0)).toBe(standing.length);
    expect((await getProgress(NOBODY, NOW)).totals.answers).toBe(0);
  });

  it("is a quiz by area, kind, number and item", async () => {
    const all = {
      areas: [],
      kinds: [],
      count: 100,
      minutes: 0,
      feedback: "each",
      mode: "quiz",
      items: [],
    } as const;
    const size = async (options: object) =>
      (await getQuiz(other, { ...all, ...options } as never, 1)).cards.length;
    expect(await size({})).toBe(8);
    expect(await size({ kinds: ["flashcard"] })).toBe(3);
    expect(await size({ areas: ["service"] })).toBe(0);
    expect(await size({ items: ["pod-ip-after"] })).toBe(1);
    expect(await size({ count: 2 })).toBe(2);
  });

  it("is a search that reads both languages, widths and long marks alike", async () => {
    const found = async (query: string) => (await search(NOBODY, query, "ja")).length;
    expect(await found("stable ADDRESS")).toBe(1);
    expect(await found("窓口")).toBe(1);
    expect(await found("ｐｏｄ")).toBeGreaterThan(3);
    expect(await found("nothing of the kind")).toBe(0);
    expect(await found("   ")).toBe(0);
  });

  it("is a search that finds lessons and marks what it found, in the reader's language before the other", async () => {
    const [lesson, ...rest] = await search(NOBODY, "要点", "en");
    expect(rest.map(({ conceptId }) => conceptId)).toEqual(["pod-ip"]);
    expect(lesson).toMatchObject({
      kind: "concept",
      conceptId: "pod-basics",
      language: "ja",
      text: [
        { text: "要点", match: true },
        { text: "です。", match: false },
      ],
    });
    const inEnglish = (await search(NOBODY, "THE idea", "ja"))[0];
    expect(inEnglish?.language).toBe("en");
    expect(inEnglish?.text.filter(({ match }) => match).map(({ text }) => text)).toEqual(["The", "idea"]);
  });
});
