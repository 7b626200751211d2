import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { practiceOf, practiceQuery } from "#lib/core/assignments/practice.ts";

const ids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());

describe("the address of a new assignment", () => {
  const there = { concepts: ["pod-ip", "ports", "overlay"], people: ids(8) };

  it("names what was chosen, and nothing else", () => {
    fc.assert(
      fc.property(fc.subarray(there.concepts), fc.subarray(there.people), (concepts, people) => {
        expect(practiceOf(practiceQuery({ concepts, people }), there)).toEqual({ concepts, people });
      }),
    );
  });

  it("chooses neither concepts nor people that the team does not have", () => {
    const query = { concepts: "ports,sql-injection", people: `${ids(1)},${there.people[3]},,me` };
    expect(practiceOf(query, there)).toEqual({ concepts: ["ports"], people: [there.people[3]] });
    expect(practiceOf({ people: there.people }, there)).toEqual({ concepts: [], people: there.people });
    expect(practiceOf({}, there)).toEqual({ concepts: [], people: [] });
  });

  it("stays short enough for any server: a crowd is not named", () => {
    const crowd = practiceQuery({ concepts: there.concepts, people: ids(1000) });
    expect(new URLSearchParams(crowd).toString().length).toBeLessThan(4500);
    expect(crowd).toEqual({ concepts: "pod-ip,ports,overlay" });
    expect(
      new URLSearchParams(practiceQuery({ concepts: [], people: ids(100) })).toString().length,
    ).toBeLessThan(4500);
  });
});
