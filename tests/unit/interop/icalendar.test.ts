import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, foldLine, writeCalendar } from "#lib/interop/icalendar.ts";

const AT = Date.parse("2026-11-24T03:04:05.678Z");
/** Any text but half characters, which UTF-8 cannot say. */
const anyText = fc.string({ unit: "binary", maxLength: 300 });

/** What a reader does first: a line break and the blank after it were put in by folding. */
const unfold = (text: string): string => text.replaceAll(/\r\n[ \t]/g, "");
const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character) => (/n/i.test(character) ? "\n" : character));
const octets = (text: string): number => Buffer.byteLength(text, "utf8");

/** The lines of a calendar, unfolded. */
const linesOf = (text: string) => unfold(text).split("\r\n");

describe("folding", () => {
  it("is undone by unfolding, and no line has more than 75 octets", () => {
    const line = anyText.map((text) => text.replaceAll(/[\r\n]/g, ""));
    fc.assert(
      fc.property(line, (text) => {
        const folded = foldLine(text);
        expect(unfold(folded)).toBe(text);
        for (const part of folded.split("\r\n")) expect(octets(part)).toBeLessThanOrEqual(75);
      }),
    );
  });

  it("does not cut characters of several octets apart", () => {
    const folded = foldLine("定着度".repeat(20));
    for (const part of folded.split("\r\n"))
      expect(Buffer.from(part).toString("utf8")).not.toContain("\ufffd");
    expect(folded.split("\r\n").map(octets)).toEqual([75, 73, 34]);
  });
});

describe("text", () => {
  it("comes back as it was, without control characters and with one kind of line end", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeText(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone.
        expect(escaped).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
        const clean = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
        expect(unescaped(escaped)).toBe(clean);
      }),
    );
  });

  it("cannot bring lines of its own into a calendar", () => {
    const summary = "Pods\r\nEND:VEVENT\nATTACH:https://example.com";
    const written = writeCalendar({
      name: "a\nb",
      writtenAt: AT,
      events: [{ uid: "1", summary, when: { day: "2026-12-24" } }],
    });
    expect(linesOf(written).filter((line) => /^(END:VEVENT|ATTACH)/.test(line))).toEqual(["END:VEVENT"]);
  });
});

it("a calendar says whole days as days and spans in UTC, each line ended by CR and LF", () => {
  const written = writeCalendar({
    name: "Podshift",
    writtenAt: AT,
    events: [
      { uid: "due-1@example.com", summary: "Due: Pods, Services; all", when: { day: "2026-12-24" } },
      {
        uid: "study-1@example.com",
        summary: "Study",
        description: "18 minutes",
        url: "https://example.com/en/study",
        when: { start: AT, end: AT + 18 * 60_000 },
      },
    ],
  });
  expect(written.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(linesOf(written)).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Podshift//Podshift//EN",
    "CALSCALE:GREGORIAN",
    "NAME:Podshift",
    "X-WR-CALNAME:Podshift",
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "BEGIN:VEVENT",
    "UID:due-1@example.com",
    "DTSTAMP:20261124T030405Z",
    "DTSTART;VALUE=DATE:20261224",
    "SUMMARY:Due: Pods\\, Services\\; all",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:study-1@example.com",
    "DTSTAMP:20261124T030405Z",
    "DTSTART:20261124T030405Z",
    "DTEND:20261124T032205Z",
    "SUMMARY:Study",
    "DESCRIPTION:18 minutes",
    "URL:https://example.com/en/study",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});
