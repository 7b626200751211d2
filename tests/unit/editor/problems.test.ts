import { describe, expect, it } from "vitest";
import { problemsIn, withoutStrays } from "#components/editor/problems.ts";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n";
const kindsIn = (text: string) => problemsIn(text).map(({ kind, line }) => [kind, line]);

describe("problems of a text in the editor", () => {
  it("finds none in a manifest that is as it should be", () => {
    expect(problemsIn(SERVICE)).toEqual([]);
  });

  it("says what the API server says, with the line and where in it", () => {
    const text = SERVICE.replace("port: 80", "prot: 80");
    const problem = problemsIn(text).find(({ line }) => line === 7);
    expect(problem).toMatchObject({ kind: "said", severity: "error" });
    expect(text.slice(problem?.from, problem?.to)).toBe("- prot: 80");
  });

  it("names characters that Japanese input methods type in place of those of YAML, and tabs", () => {
    expect(kindsIn(SERVICE.replace("  name", "　name"))).toEqual([["fullWidthSpace", 4]]);
    expect(kindsIn(SERVICE.replace("  name", "\tname"))).toEqual([["tab", 4]]);
    expect(kindsIn(SERVICE.replace("kind: ", "kind："))).toContainEqual(["fullWidthColon", 2]);
    expect(kindsIn(SERVICE.replace("kind: ", "kind:\u00A0"))).toContainEqual(["otherSpace", 2]);
  });

  it("leaves comments alone, and the mark of byte order at the beginning", () => {
    expect(problemsIn(`\uFEFF# 全角　の：コメント\n${SERVICE}`)).toEqual([]);
    expect(problemsIn(SERVICE.replace("name: web", "name: web # 名前　です"))).toEqual([]);
  });

  it("puts in their place what was meant, and nothing else", () => {
    const typed = `${SERVICE.replace("  name: ", "　name：").replace("    - port", "\t\t- port")}#　終わり\n`;
    expect(withoutStrays(typed)).toBe(`${SERVICE}#　終わり\n`);
    expect(withoutStrays(SERVICE)).toBe(SERVICE);
  });
});
