import { type Play, playSchema } from "./play.ts";

/** A moment of a play, as a link has it: `1.` and what `deflate` makes of its JSON, in the letters that addresses may have. */
const VERSION = "1.";
/** Letters of a link, and bytes of what is in it. */
export const LINK_LIMITS = { letters: 16_000, bytes: 200_000 } as const;

export interface Moment {
  play: Play;
  /** Which frame. */
  at: number;
}

export async function encodeMoment({ play, at }: Moment): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...play, at }));
  const packed = await through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY);
  return VERSION + toLetters(packed!);
}

/** What a link says; null where it is damaged, too large, or not one of ours. */
export async function decodeMoment(link: string): Promise<Moment | null> {
  if (!link.startsWith(VERSION) || link.length > LINK_LIMITS.letters) return null;
  try {
    const packed = fromLetters(link.slice(VERSION.length));
    const bytes = await through(packed, new DecompressionStream("deflate-raw"), LINK_LIMITS.bytes);
    if (!bytes) return null;
    const { at, ...play } = JSON.parse(new TextDecoder().decode(bytes));
    const parsed = playSchema.safeParse(play);
    return parsed.success && Number.isSafeInteger(at) && at >= 0 ? { play: parsed.data, at } : null;
  } catch {
    return null;
  }
}

/** Sends bytes through a stream; null as soon as more than so many come out. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    parts.push(part.value);
  }
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

const toLetters = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const fromLetters = (letters: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
