import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEW_MEMORY } from "#lib/core/scheduling/index.ts";
import { joinMarks, type LessonMark } from "#lib/core/study/lesson.ts";
import { comesAfterLesson } from "#lib/core/study/session.ts";

const mark: fc.Arbitrary<LessonMark> = fc.record({
  conceptId: fc.constant("pod-ip"),
  at: fc.nat({ max: 5 }),
  skipped: fc.boolean(),
});

describe("marks on a lesson", () => {
  it("come to the same in any order, in any batches, with any repeats", () => {
    const arrivals = fc
      .array(mark, { minLength: 1, maxLength: 8 })
      .chain((marks) => fc.tuple(fc.constant(marks), fc.shuffledSubarray([...marks, ...marks])));
    fc.assert(
      fc.property(arrivals, ([marks, arrived]) => {
        const joined = marks.reduce(joinMarks);
        const again = [...arrived, ...marks].reduce(joinMarks);
        expect(again).toEqual(joined);
      }),
    );
  });

  it("are read as soon as one says so, and then at the first reading", () => {
    const read = { conceptId: "pod-ip", at: 5, skipped: false };
    expect(joinMarks({ ...read, at: 1, skipped: true }, read)).toEqual(read);
    expect(joinMarks({ ...read, at: 9 }, read)).toEqual(read);
  });
});

describe("a lesson", () => {
  it("comes before the new cards of its concept until it was read or skipped", () => {
    const fresh = { itemId: "a", conceptId: "pod-ip", memory: NEW_MEMORY };
    const learned = { ...fresh, memory: { ...NEW_MEMORY, state: "review" as const } };
    expect(comesAfterLesson(fresh, new Set(["pod-ip"]))).toBe(true);
    expect(comesAfterLesson(fresh, new Set(["clusterip"]))).toBe(false);
    expect(comesAfterLesson(learned, new Set(["pod-ip"]))).toBe(false);
  });
});
