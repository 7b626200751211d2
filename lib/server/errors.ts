/**
 * The expected failures a person can meet: one closed set of codes, each with a message in `content/messages/<locale>/errors.json`
 * that says what to do. Anything not in this list is a bug and throws.
 */
export const ERROR_CODES = [
  "invalid-input",
  "not-signed-in",
  "not-found",
  "not-allowed",
  "rate-limited",
  "wrong-credentials",
  "weak-password",
  "common-password",
  "email-missing",
  "email-invalid",
  "password-missing",
  "token-invalid",
  "too-large",
  "import-invalid",
  "confirmation-mismatch",
  "exam-not-open",
  "exam-over",
  "unavailable",
  "account-needed",
  "name-missing",
  "name-invalid",
  "name-taken",
  "last-owner",
  "owns-team",
  "team-not-empty",
  "invite-invalid",
  "domain-public",
  "domain-not-yours",
  "group-not-held",
  "title-missing",
  "scope-missing",
  "assignees-missing",
  "goal-missing",
  "due-missing",
  "due-past",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const isErrorCode = (text: string): text is ErrorCode =>
  (ERROR_CODES as readonly string[]).includes(text);

/**
 * An expected failure; `field` names the input it belongs to, `others` are the further inputs that are wrong,
 * `retryAfter` is in seconds.
 */
export interface Failure {
  ok: false;
  error: ErrorCode;
  field?: string;
  others?: { error: ErrorCode; field: string }[];
  retryAfter?: number;
}

/** What every command answers: a value, or an expected failure. Never thrown across the wire. */
export type Result<T = undefined> = { ok: true; value: T } | Failure;

export const done = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (error: ErrorCode, details: Omit<Failure, "ok" | "error"> = {}): Failure => ({
  ok: false,
  error,
  ...details,
});
