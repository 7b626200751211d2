import { beforeAll, describe, expect, it } from "vitest";
import { assignmentDraftSchema } from "#lib/core/assignments/draft.ts";
import { TEMPLATES } from "#lib/core/assignments/templates.ts";
import { MAX_ASSIGNED_PER_DAY } from "#lib/core/scheduling/index.ts";
import { loadContent } from "#lib/server/content/index.ts";

let content: Awaited<ReturnType<typeof loadContent>>;
beforeAll(async () => {
  content = await loadContent("content");
});

describe.each(TEMPLATES)("the template $id", ({ scope, days, readinessTarget, exam }) => {
  it("names only what there is to learn", () => {
    const known = {
      bank: content.banks.map(({ value }) => value.id),
      area: content.areas.map(({ value }) => value.id),
      concept: content.concepts.map(({ value }) => value.id),
    };
    expect(scope.filter(({ kind, id }) => !known[kind].includes(id))).toEqual([]);
  });

  it("can be learned in the days that it gives", () => {
    const concepts = scope.flatMap(({ kind, id }) =>
      kind === "area" ? content.areas.flatMap(({ value }) => (value.id === id ? value.concepts : [])) : [id],
    );
    const items = content.items.filter(({ value }) => concepts.includes(value.concept));
    expect(items.length).toBeGreaterThan(0);
    expect(items.length / days).toBeLessThan(MAX_ASSIGNED_PER_DAY / 2);
  });

  it("makes a draft that can be stored", () => {
    const draft = {
      title: "Title",
      note: "",
      due: { kind: "after", days },
      scope,
      forEveryone: true,
      forNewcomers: false,
      people: [],
      groups: [],
      readinessTarget,
      exam,
    };
    expect(assignmentDraftSchema.safeParse(draft).success).toBe(true);
  });
});
