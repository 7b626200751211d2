import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSort, sortRows, writeSort } from "#lib/core/sorting.ts";

const usual = { by: "name", descending: false } as const;

describe("the order of a table", () => {
  it("is read from an address as it was written there, and is the usual one where the address names no column", () => {
    for (const sort of [{ by: "count", descending: true } as const, usual]) {
      expect(parseSort(writeSort(sort), ["name", "count"], usual)).toEqual(sort);
    }
    for (const text of [undefined, "", "-", "secret", "constructor"]) {
      expect(parseSort(text, ["name", "count"], usual)).toEqual(usual);
    }
  });

  it("keeps all rows, puts numbers in order, and what has nothing to say last whichever way", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer())), fc.boolean(), (values, descending) => {
        const sorted = sortRows(values, (value) => value, { descending }, "en");
        const numbers = values.filter((value) => value !== null).sort((a, b) => a - b);
        if (descending) numbers.reverse();
        const gaps = values.filter((value) => value === null);
        expect(sorted).toEqual([...numbers, ...gaps]);
      }),
    );
  });

  it("compares names as the language does, numbers in them as numbers", () => {
    const names = ["Team 10", "team 9", "Äpfel", "Zebra"];
    expect(sortRows(names, (name) => name, { descending: false }, "en")).toEqual([
      "Äpfel",
      "team 9",
      "Team 10",
      "Zebra",
    ]);
  });
});
