/**
 * iCalendar (RFC 5545): writes a calendar that other programs subscribe to. Times are UTC, days are days wherever they are
 * read, so no file carries rules of time zones.
 */

export interface CalendarEvent {
  /** The same for the same event in every version of the calendar, and no other event's anywhere. */
  uid: string;
  summary: string;
  description?: string;
  url?: string;
  /** A whole day, `YYYY-MM-DD`, or a span in ms since the epoch. */
  when: { day: string } | { start: number; end: number };
}

export interface Calendar {
  name: string;
  /** When it was written, ms since the epoch. */
  writtenAt: number;
  events: readonly CalendarEvent[];
}

/** The calendar as text, each line ended as RFC 5545 asks. */
export function writeCalendar({ name, writtenAt, events }: Calendar): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Podshift//Podshift//EN",
    "CALSCALE:GREGORIAN",
    // The name as RFC 7986 has it, and as most programs read it.
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ...events.flatMap((event) => writeEvent(event, writtenAt)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}

function writeEvent({ uid, summary, description, url, when }: CalendarEvent, writtenAt: number): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${utc(writtenAt)}`,
    // The end of a whole day is the day itself where none is given.
    ...("day" in when
      ? [`DTSTART;VALUE=DATE:${when.day.replaceAll("-", "")}`]
      : [`DTSTART:${utc(when.start)}`, `DTEND:${utc(when.end)}`]),
    `SUMMARY:${escapeText(summary)}`,
    ...(description ? [`DESCRIPTION:${escapeText(description)}`] : []),
    ...(url ? [`URL:${url}`] : []),
    // Reminders must not make anybody look busy.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/** A text value (RFC 5545, 3.3.11): what separates is escaped, and of control characters only tabs may stay. */
export function escapeText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/[\\;,]/g, "\\$&")
      .replaceAll("\n", "\\n")
  );
}

const MAX_OCTETS = 75;
const encoder = new TextEncoder();

/**
 * Breaks a line after at most 75 octets of UTF-8 (RFC 5545, 3.1), never inside of a character: each further line begins with a
 * space, which counts.
 */
export function foldLine(line: string): string {
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_OCTETS) {
      folded += "\r\n ";
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
