import { describe, expect, it } from "vitest";
import { SCENARIOS } from "./index.ts";
import { play } from "./run.ts";
import { SOURCES } from "./sources.ts";

const EVERY = Object.values(SCENARIOS).flat();

describe.each(Object.entries(SCENARIOS))("The model does what is published about %s", (_, scenarios) => {
  // A gap has to fail: once the model does what the source says, the scenario asks to be told so.
  for (const scenario of scenarios)
    (scenario.gap === undefined ? it : it.fails)(
      `${scenario.id}: ${scenario.says} (${SOURCES[scenario.source].title})`,
      () => play(scenario),
    );
});

describe("The scenarios", () => {
  it("are many, each with a name of its own, and enough of them are published examples", () => {
    const examples = EVERY.filter(({ example }) => example);
    const gaps = EVERY.filter(({ gap }) => gap !== undefined);
    console.info(
      `${EVERY.length} scenarios, ${examples.length} published examples, ${gaps.length} known gaps`,
    );
    expect(new Set(EVERY.map(({ id }) => id)).size).toBe(EVERY.length);
    expect(EVERY.length).toBeGreaterThanOrEqual(120);
    expect(examples.length).toBeGreaterThanOrEqual(20);
  });
});
