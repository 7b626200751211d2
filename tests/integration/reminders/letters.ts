import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A letter as its reader sees it. */
export interface Letter {
  /** The file's name: the id of the letter. */
  id: string;
  to: string;
  subject: string;
  headers: string;
  text: string;
}

/** The letters in the outbox of a data folder, oldest first. */
export function lettersIn(dataFolder: string): Letter[] {
  const outbox = path.join(dataFolder, "outbox");
  if (!existsSync(outbox)) return [];
  return readdirSync(outbox)
    .filter((file) => file.endsWith(".eml"))
    .sort()
    .map((file) => {
      const [head = "", ...body] = readFileSync(path.join(outbox, file), "utf8").split(/\r?\n\r?\n/);
      const headers = head.replaceAll(/\r?\n[ \t]+/g, " ");
      const field = (name: string) => new RegExp(`^${name}: (.*?)\r?$`, "mi").exec(headers)?.[1] ?? "";
      return {
        id: file.replace(/\.eml$/, ""),
        to: field("To"),
        subject: decodeWords(field("Subject")),
        headers,
        text: decodeBody(body.join("\n\n"), field("Content-Transfer-Encoding")),
      };
    });
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  return encoding === "quoted-printable" ? unquote(body.replaceAll(/=\r?\n/g, "")) : body;
}

/** RFC 2047: encoded words, a blank between two of which means nothing. */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([BQ])\?(.*?)\?=/gi, (_, kind, word) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : unquote(word.replaceAll("_", " ")),
    );

const unquote = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
