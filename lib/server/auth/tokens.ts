import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { Prisma, TokenPurpose, VerificationToken } from "#lib/server/db/generated/client.ts";

/** How long each kind of link works, in hours. */
const HOURS: Record<TokenPurpose, number> = { signUp: 24, resetPassword: 1 };

/** A link's secret as a page sends it. One that was cut short on the way is no link any more. */
export const secretSchema = z.string().min(20, "token-invalid").max(100, "token-invalid");

/** The secret of an invitation to go back to after signing in, as an address has it; what is none is left out. */
export const inviteSchema = z
  .string()
  .regex(/^[\w-]{20,100}$/)
  .optional()
  .catch(undefined);

/** Makes a single-use link's secret; only its hash is stored. Earlier links of the same purpose stop working. */
export async function createToken(
  tx: Prisma.TransactionClient,
  token: { userId: string; purpose: TokenPurpose; email: string; passwordHash?: string },
  now: number,
): Promise<string> {
  const secret = newSecret();
  await tx.verificationToken.deleteMany({ where: { userId: token.userId, purpose: token.purpose } });
  await tx.verificationToken.create({
    data: {
      ...token,
      tokenHash: hashOf(secret),
      expiresAt: new Date(now + HOURS[token.purpose] * 3_600_000),
    },
  });
  return secret;
}

/** Uses a link up. `null` when it never was, was used, or is too old; of two who use it at once, one gets it. */
export async function consumeToken(
  tx: Prisma.TransactionClient,
  secret: string,
  purpose: TokenPurpose,
  now: number,
): Promise<VerificationToken | null> {
  const where = { tokenHash: hashOf(secret), purpose, usedAt: null, expiresAt: { gt: new Date(now) } };
  const { count } = await tx.verificationToken.updateMany({ where, data: { usedAt: new Date(now) } });
  return count === 1 ? tx.verificationToken.findUnique({ where: { tokenHash: where.tokenHash } }) : null;
}

/** What the address of a link carries, and nobody can guess. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a secret: it tells whether somebody has it, and cannot be turned back into it. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");
