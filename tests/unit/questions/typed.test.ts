import { describe, expect, it } from "vitest";
import {
  grade,
  inOneLine,
  normalizeTyped,
  parseTypedNumber,
  splitCloze,
  titleOf,
} from "#lib/core/questions/index.ts";
import { items } from "./items.ts";

describe("a typed word", () => {
  it.each([
    ["endpointslice", "EndpointSlice"],
    ["  Endpoint  Slice ", "EndpointSlice"],
    ["ＥｎｄｐｏｉｎｔＳｌｉｃｅ", "EndpointSlice"],
    ["Endpoint　Slice", "EndpointSlice"],
    ["kube－proxy", "kube-proxy"],
    ["ｻｰﾊﾞｰ", "サーバー"],
    ["サーバ", "サーバー"],
    ["コンテナーイメージ", "コンテナーイメージ"],
    ["が", "か\u3099"],
  ])("%s is as good as %s", (typed, accepted) => {
    expect(normalizeTyped(typed)).toBe(normalizeTyped(accepted));
  });

  it.each([
    ["サーバ", "サバ"],
    ["Pod", "Pods"],
    ["ノード", "ノド"],
    ["kube-proxy", "kubeproxy"],
    ["ポッド", "ホット"],
  ])("%s is not %s", (typed, other) => {
    expect(normalizeTyped(typed)).not.toBe(normalizeTyped(other));
  });

  it.each([
    ["ja", "サービス", "サーバ"],
    ["ja", "endpoint slice object", "ＳＥＲＶＥＲ"],
    ["en", "サービス", "server"],
  ] as const)("is taken in either language: in %s %s, %s", (locale, object, server) => {
    expect(grade(items.cloze, { gaps: { object, server } }, locale).correct).toBe(true);
  });
});

describe("a typed number", () => {
  it.each([
    ["250", 250],
    [" 65,536 ", 65536],
    ["65_536", 65536],
    ["２５０", 250],
    ["６５，５３６", 65536],
    ["１．５", 1.5],
    ["/24", 24],
    ["／２４", 24],
    ["-3", -3],
    ["－３", -3],
    ["\u22123", -3],
    ["+3", 3],
    ["007", 7],
  ])("reads %s as %d", (typed, value) => {
    expect(parseTypedNumber(typed)).toBe(value);
  });

  it.each(["", " ", "many", "1.2.3", "10.0.0.0/24", "0x10", "1e3", "Infinity", "--3", "3-", "25O"])(
    "does not read %j",
    (typed) => {
      expect(parseTypedNumber(typed)).toBeNull();
    },
  );

  it("is right up to the tolerance and no further", () => {
    const correct = (number: string) => grade(items.numeric, { number }, "ja").correct;
    expect(["248", "250", "252"].map(correct)).toEqual([true, true, true]);
    expect(["247.9", "252.1"].map(correct)).toEqual([false, false]);
  });

  it("is right at the very edge of a fractional tolerance", () => {
    const item = { ...items.numeric, value: 0.3, tolerance: 0.1 };
    expect(["0.2", "0.4", "0.41"].map((number) => grade(item, { number }, "ja").correct)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("a cloze text", () => {
  it("splits into words and gaps, in reading order", () => {
    expect(splitCloze("Podは{{object}}で、{{server}}")).toEqual([
      { literal: "Podは" },
      { gap: "object" },
      { literal: "で、" },
      { gap: "server" },
    ]);
  });

  it("leaves other braces alone", () => {
    expect(splitCloze("{{ .Values.name }}")).toEqual([{ literal: "{{ .Values.name }}" }]);
  });
});

describe("what an item is called in a list", () => {
  it("is its prompt, and of a cloze its text with the gaps", () => {
    expect(titleOf(items.single, "en")).toBe(items.single.prompt.en);
    expect(titleOf({ ...items.cloze, text: { ja: "{{a}}は`b`", en: "A {{a}} is `b`." } }, "en")).toBe(
      "A ____ is b.",
    );
  });
});

describe("a prompt in a line of a list", () => {
  it("leaves out code, paragraphs and marks", () => {
    expect(inOneLine("Both Pods match `web`.\n\n```\n$ kubectl get pods\n```\n\nWhat **now**?")).toBe(
      "Both Pods match web. What now?",
    );
  });
});
