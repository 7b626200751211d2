import { expect, it } from "vitest";
import { indentAfter } from "#components/editor/indent.ts";

it("the next line stands below the field before it, and below what an item of a list begins with", () => {
  expect(indentAfter("kind: Service")).toBe(0);
  expect(indentAfter("  type: NodePort")).toBe(2);
  expect(indentAfter("    - port: 80")).toBe(6);
  expect(indentAfter("---")).toBe(0);
  expect(indentAfter("    ")).toBe(4);
});

it("the next line is indented deeper after a field that holds nothing yet", () => {
  expect(indentAfter("spec:")).toBe(2);
  expect(indentAfter("spec: # what is wanted")).toBe(2);
  expect(indentAfter("      - backend:")).toBe(10);
  expect(indentAfter("  # ports:")).toBe(2);
});
