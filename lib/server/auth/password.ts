import { readFileSync } from "node:fs";
import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import type { ErrorCode } from "#lib/server/errors.ts";

/**
 * Passwords: argon2id with the library's defaults (19 MiB, 2 passes, 1 lane), which are OWASP's minimum recommendation
 * (Password Storage Cheat Sheet). Length and not being common are the only rules (NIST SP 800-63B, 5.1.1.2).
 */

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;

/** A password as somebody types it to come in. */
export const passwordSchema = z.string().min(1, "password-missing").max(1000);

/** A password as somebody chooses it: what is wrong with it whoever they are. */
export const newPasswordSchema = z
  .string()
  .max(1000)
  .superRefine((password, context) => {
    const fault = passwordFault(password, "");
    if (fault) context.addIssue({ code: "custom", message: fault });
  });

export const hashPassword = (password: string): Promise<string> => hash(normalize(password));

let decoy: Promise<string> | undefined;

/**
 * Whether a password belongs to a hash. Without a hash, as when an address is unknown, takes as long and says no.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this password");
  const right = await verify(stored ?? (await decoy), normalize(password)).catch(() => false);
  return right && stored != null;
}

/** What is wrong with a new password, or `null`. @param email must not be the password either */
export function passwordFault(password: string, email: string): ErrorCode | null {
  const plain = normalize(password);
  if ([...plain].length < MIN_LENGTH || plain.length > MAX_LENGTH) return "weak-password";
  const folded = plain.toLowerCase();
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  const personal = [email.toLowerCase(), local, domain].some(
    (part) => part.length >= 4 && folded.startsWith(part),
  );
  return personal || isMonotonous(folded) || common().has(folded) ? "common-password" : null;
}

/** The same password typed on another keyboard must be the same. */
const normalize = (password: string): string => password.normalize("NFKC");

/** One character over and over, or a run such as 1234567890 or abcdefghij. */
function isMonotonous(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size <= 1;
}

let list: Set<string> | undefined;

function common(): Set<string> {
  list ??= new Set(readFileSync("lib/server/auth/common-passwords.txt", "utf8").split("\n").filter(Boolean));
  return list;
}
