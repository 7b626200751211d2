import { parseManifests } from "#lib/core/cluster/yaml.ts";

/** What is wrong with a text of manifests, where. */
export type EditorProblem = { severity: "error" | "warning"; from: number; to: number; line: number } & (
  | { kind: "said"; message: string }
  | { kind: StrayKind }
);

type StrayKind = "tab" | "fullWidthSpace" | "otherSpace" | "fullWidthColon";

/** A character that looks like what YAML is written with, and is another. */
interface Stray {
  kind: StrayKind;
  line: number;
  from: number;
  to: number;
  /** What somebody who typed it meant. */
  meant: string;
}

/**
 * What the API server would say to manifests, and what it could only say badly: that a character is none of those that YAML is
 * written with, as tabs and what Japanese input methods type. In the order of lines; while there are such characters, they alone.
 */
export function problemsIn(text: string): EditorProblem[] {
  const strays = straysIn(text).map(({ meant, ...stray }) => ({ severity: "error" as const, ...stray }));
  // All else may follow from them.
  if (strays.length > 0) return strays;
  const { starts, ends } = linesOf(text);
  return parseManifests(text)
    .problems.map(({ line = 1, ...problem }) => ({
      kind: "said" as const,
      ...{ ...problem, line },
      ...trimmed(text, starts[line - 1] ?? 0, ends[line - 1] ?? 0),
    }))
    .toSorted((a, b) => a.line - b.line);
}

/** A text with the characters that were meant in place of those that only look like them. */
export function withoutStrays(text: string): string {
  let repaired = "";
  let at = 0;
  for (const { from, to, meant } of straysIn(text)) {
    // Among tabs there may be spaces that are strays themselves.
    if (from < at) continue;
    repaired += text.slice(at, from) + meant;
    at = to;
  }
  return repaired + text.slice(at);
}

/** As wide as it looks: a full-width space takes two columns. */
const MEANT: Record<string, string> = { "\t": "  ", "\u3000": "  ", "\u200B": "", "\uFEFF": "" };
const SPACES = /\u3000+|[\u00A0\u2000-\u200B\u202F\u205F\uFEFF]+/g;
const meantBy = (spaces: string) => [...spaces].map((one) => MEANT[one] ?? " ").join("");

function straysIn(text: string): Stray[] {
  const { starts, ends } = linesOf(text);
  return starts.flatMap((start, index) => {
    // Comments may hold anything. A mark at the very beginning says in which order the bytes are.
    const code = text.slice(start, ends[index]).replace(/(^\uFEFF?|[ \t])#.*/, "$1");
    const stray = (kind: StrayKind, at: number, found: string, meant: string): Stray => ({
      kind,
      line: index + 1,
      from: start + at,
      to: start + at + found.length,
      meant,
    });
    const indent = /^[ \u3000]*(\t[ \t\u3000]*)/.exec(code);
    const colon = /^[\s-]*[\w./-]+(：)/.exec(code);
    return [
      ...(indent?.[1]
        ? [stray("tab", indent[0].length - indent[1].length, indent[1], meantBy(indent[1]))]
        : []),
      ...[...code.matchAll(SPACES)]
        .filter(({ 0: found, index: at }) => !(found === "\uFEFF" && start + at === 0))
        .map(({ 0: found, index: at }) =>
          stray(found.startsWith("\u3000") ? "fullWidthSpace" : "otherSpace", at, found, meantBy(found)),
        ),
      ...(colon ? [stray("fullWidthColon", colon[0].length - 1, "：", /：\s/.test(code) ? ":" : ": ")] : []),
    ].toSorted((a, b) => a.from - b.from);
  });
}

function linesOf(text: string): { starts: number[]; ends: number[] } {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return { starts, ends: [...starts.slice(1).map((start) => start - 1), text.length] };
}

/** A line without the white space around it; all of it where there is nothing else. */
function trimmed(text: string, from: number, to: number): { from: number; to: number } {
  const line = text.slice(from, to);
  const body = line.trim();
  if (body === "") return { from, to };
  const start = from + line.indexOf(body);
  return { from: start, to: start + body.length };
}
