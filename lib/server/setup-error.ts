/**
 * Something in the machine or its settings that a person must put right: printed as it is, one or two lines, without a
 * stack. Everything else that is thrown is a bug.
 */
export class SetupError extends Error {
  override name = "SetupError";
}

/** Turns what the file system says of a full, read-only or forbidden disk into what to do about it. */
export function explainDiskError(error: unknown, folder: string): unknown {
  switch (diskCode(error)) {
    case "ENOSPC":
      return new SetupError(`The disk that holds ${folder} is full.\nFree some space and start again.`);
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new SetupError(
        `${folder} cannot be written.\nGive this user write access, or set PODSHIFT_DATA to another folder.`,
      );
    default:
      return error;
  }
}

/** PGlite's own file system speaks in numbers of WASI; PostgreSQL says what the system told it. */
const WASI_CODES: Record<number, string> = { 2: "EACCES", 51: "ENOSPC", 63: "EPERM", 69: "EROFS" };

function diskCode(error: unknown): unknown {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && /No space left on device/.test(String(error.message))) return "ENOSPC";
  if ("code" in error) return error.code;
  return "errno" in error && typeof error.errno === "number" ? WASI_CODES[error.errno] : undefined;
}
