import { describe, expect, it } from "vitest";
import { countAnswers, countBeliefs } from "#lib/core/mastery/index.ts";
import { type Answer, KINDS, type PublishedItem } from "#lib/core/questions/index.ts";
import { rightAnswer } from "#lib/core/questions/solve.ts";
import { items } from "../questions/items.ts";

const published = (kind: keyof typeof items) => ({ ...items[kind], sources: [] }) as PublishedItem;
const count = (item: PublishedItem, answers: Answer[]) =>
  countAnswers(item as never, answers as never) as ReturnType<typeof countAnswers>;
const counts = (item: PublishedItem, answers: Answer[]) =>
  count(item, answers).map(({ choices }) => Object.fromEntries(choices.map((one) => [one.id, one.count])));

describe("what was answered to a question", () => {
  it.each(KINDS.filter((kind) => kind !== "manifest"))(
    "is what is right, of %s, as often as it was answered rightly",
    (kind) => {
      const item = published(kind);
      const parts = count(item, [rightAnswer(item, "en"), rightAnswer(item, "en")]);
      expect(parts.length).toBeGreaterThan(0);
      for (const { choices } of parts) {
        const chosen = choices.filter((one) => one.count > 0);
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen.every((one) => one.right && one.count === 2)).toBe(true);
      }
    },
  );

  it("is counted option by option, those that nobody chose too", () => {
    expect(counts(published("single"), [{ option: "a" }, { option: "b" }, { option: "a" }])).toEqual([
      { a: 2, b: 1, c: 0 },
    ]);
    expect(counts(published("multiple"), [{ options: ["a", "b"] }, { options: [] }])).toEqual([
      { a: 1, b: 1, c: 0, d: 0 },
    ]);
  });

  it("is one where typed alike, the most frequent first", () => {
    const typed = (object: string) => ({ gaps: { object, server: "server" } });
    const [object] = count(published("cloze"), [
      typed("Pod"),
      typed("ENDPOINTSLICE"),
      typed(" endpoint slice"),
    ]);
    expect(object?.choices).toEqual([
      {
        id: "endpointslice",
        text: { ja: "ENDPOINTSLICE", en: "ENDPOINTSLICE" },
        right: true,
        count: 2,
      },
      { id: "pod", text: { ja: "Pod", en: "Pod" }, right: false, count: 1 },
    ]);
  });

  it("is told by belief where no two learners had the same options", () => {
    const told = (id: string) => ({ ja: `${id}の考え`, en: `What ${id} says` });
    const right = { correct: true, misconceptions: [] };
    const shows = (...misconceptions: string[]) => ({ correct: false, misconceptions });
    const beliefs = new Map(["a", "b"].map((id) => [id, told(id)]));
    const [part] = countBeliefs(beliefs, [right, shows("b"), shows("a", "b"), shows()]);
    expect(part?.choices).toEqual([
      { id: "right", text: null, right: true, count: 1 },
      { id: "b", text: told("b"), right: false, count: 2 },
      { id: "a", text: told("a"), right: false, count: 1 },
      { id: "neither", text: null, right: false, count: 1 },
    ]);
  });
});
