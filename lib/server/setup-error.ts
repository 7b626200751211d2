/**
 * Something in the machine or its settings that a person must put right: printed as it is, one or two lines, without a
 * stack. Everything else that is thrown is a bug.
 */
export class SetupError extends Error {
  override name = "SetupError";
}

/** Turns what the file system says of a full, read-only or forbidden disk into what to do about it. */
export function explainDiskError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
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
