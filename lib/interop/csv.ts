/** Tables as CSV (RFC 4180) that spreadsheets open as they are meant, in any language. */

/** Text, a number, or nothing. */
export type Cell = string | number | null;

/** Without it Excel takes UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * What makes a spreadsheet compute a text instead of showing it, in full width too, as Japanese keyboards have it. (OWASP,
 * CSV Injection)
 */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A table as a file's text, the names of its columns first. What could be a formula is made text by an apostrophe. */
export function toCsv(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header, ...rows].map((cells) => cells.map(toField).join(","));
  return `${BYTE_ORDER_MARK}${lines.map((line) => `${line}\r\n`).join("")}`;
}

function toField(cell: Cell): string {
  if (cell === null) return "";
  // A negative number is no formula.
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
