import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { z } from "zod";
import { foldCard } from "#lib/core/scheduling/index.ts";
import { invalid } from "#lib/server/action.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { personOf } from "#lib/server/auth/person.ts";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { confirmSignUp, tokenSchema } from "#lib/server/commands/confirm-sign-up.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import {
  requestPasswordReset,
  requestResetSchema,
  resetPassword,
  resetPasswordSchema,
} from "#lib/server/commands/reset-password.ts";
import { signIn, signInSchema } from "#lib/server/commands/sign-in.ts";
import { signInWithAccount } from "#lib/server/commands/sign-in-with-account.ts";
import { signUp, signUpSchema } from "#lib/server/commands/sign-up.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, NOW, record, syncFixtureContent, WRONG } from "../harness/factories.ts";

/** Before anything reads the settings. */
const data = vi.hoisted(() => {
  process.env.PODSHIFT_DATA = `/tmp/podshift-accounts-${process.pid}-${Math.random().toString(36).slice(2)}`;
  return process.env.PODSHIFT_DATA;
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

useDatabase();
beforeAll(syncFixtureContent);

const PASSWORD = "paper lantern orbit";
const context = (now = NOW) => ({ from: uuidv7(), now });
const newEmail = () => `${uuidv7()}@example.com`;
const asInput = (email: string) => ({
  email,
  password: PASSWORD,
  locale: "ja" as const,
  timeZone: "Asia/Tokyo",
});

/** The text of the one letter to an address, as soon as it is in the outbox. */
async function letterTo(email: string): Promise<string> {
  return vi.waitFor(
    () => {
      const outbox = path.join(data, "outbox");
      const letters = readdirSync(outbox).map((file) => readFileSync(path.join(outbox, file), "utf8"));
      const found = letters.filter((letter) => letter.includes(`To: ${email}`)).at(-1);
      if (!found) throw new Error(`no letter to ${email}`);
      return decode(found);
    },
    { timeout: 10_000 },
  );
}
/** Bodies are quoted-printable or base64. */
function decode(letter: string): string {
  const [head = "", ...body] = letter.split("\r\n\r\n");
  const text = body.join("\n\n");
  return /base64/i.test(head)
    ? Buffer.from(text, "base64").toString("utf8")
    : text.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
}
const tokenIn = (letter: string) => /token=([\w-]+)/.exec(letter)?.[1] ?? "";

async function guestWith(answers: number): Promise<Person> {
  const guest = await createPerson({ isGuest: true });
  await answer(guest, answers);
  return guest;
}
async function answer(person: Person, count: number): Promise<void> {
  const items = ["pod-ip-after", "pod-ip-card"];
  const events = Array.from({ length: count }, (_, i) =>
    answerEvent({
      at: NOW - (count - i) * 7_200_000 - (person.kind === "guest" ? 60_000 : 0),
      itemId: items[i % 2] ?? "",
      answer: i % 2 === 0 ? (i % 4 === 0 ? WRONG.single : { option: "changes" }) : { recall: "good" },
    }),
  );
  expect((await record(person, events)).filter((status) => status !== "stored")).toEqual([]);
}

async function accountWith(answers: number): Promise<Person & { email: string }> {
  const person = await createPerson();
  await db().user.update({
    where: { id: person.userId },
    data: { passwordHash: await hashPassword(PASSWORD) },
  });
  await answer(person, answers);
  return person as Person & { email: string };
}

/** Every card state of a person equals a fold of their events from scratch. */
async function expectFolded(person: Person): Promise<void> {
  const events = await eventsOf(db(), person.userId);
  const states = await db().cardState.findMany({ where: { userId: person.userId } });
  expect(states.map(({ itemId }) => itemId).sort()).toEqual(
    [...new Set(events.map(({ itemId }) => itemId))].sort(),
  );
  for (const state of states) {
    const own = events.filter(({ itemId }) => itemId === state.itemId).map(toCardEvent);
    expect(memoryOf(state)).toEqual(foldCard(own, person).memory);
  }
}

describe("what is typed into the forms", () => {
  const wrong = (schema: z.ZodType, input: unknown) => {
    const { error } = schema.safeParse(input);
    return error && invalid(error);
  };

  it("is answered for every field at once, each with its own failure", () => {
    expect(wrong(signInSchema, { email: " ", password: "" })).toEqual({
      ok: false,
      error: "email-missing",
      field: "email",
      others: [{ error: "password-missing", field: "password" }],
    });
    expect(wrong(signUpSchema, { ...asInput("nobody"), password: "short" })).toEqual({
      ok: false,
      error: "email-invalid",
      field: "email",
      others: [{ error: "weak-password", field: "password" }],
    });
    expect(wrong(requestResetSchema, { email: "", locale: "ja" })).toEqual({
      ok: false,
      error: "email-missing",
      field: "email",
    });
  });

  it("is a link that works no more when it was cut short", () => {
    expect(wrong(tokenSchema, { token: "cut" })).toMatchObject({ error: "token-invalid" });
    expect(wrong(resetPasswordSchema, { token: "cut", password: PASSWORD })).toMatchObject({
      error: "token-invalid",
    });
  });

  it("has no field to mark when it is something else altogether", () => {
    expect(wrong(signInSchema, null)).toEqual({ ok: false, error: "invalid-input" });
  });
});

describe("signing up", () => {
  it("makes the guest the account, with every answer", async () => {
    const guest = await guestWith(30);
    const email = newEmail();
    expect(await signUp(guest, asInput(email), context())).toEqual({ ok: true, value: undefined });
    const confirmed = await confirmSignUp(guest, { token: tokenIn(await letterTo(email)) }, NOW);
    expect(confirmed).toMatchObject({ ok: true, value: { userId: guest.userId } });
    const account = await db().user.findUniqueOrThrow({ where: { email } });
    expect(account).toMatchObject({ id: guest.userId, isGuest: false, emailVerifiedAt: new Date(NOW) });
    expect(await db().review.count({ where: { userId: account.id } })).toBe(30);
    await expectFolded(personOf(account));
  });

  it("answers the same for an address that has an account, and tells its owner", async () => {
    const account = await accountWith(0);
    expect(await signUp(NOBODY, asInput(account.email), context())).toEqual({ ok: true, value: undefined });
    expect(tokenIn(await letterTo(account.email))).toBe("");
    expect(await db().user.count({ where: { email: account.email } })).toBe(1);
  });

  it("takes a link once, and not after a day", async () => {
    const email = newEmail();
    await signUp(NOBODY, asInput(email), context());
    const token = tokenIn(await letterTo(email));
    expect(await confirmSignUp(NOBODY, { token }, NOW + 25 * 3_600_000)).toMatchObject({
      error: "token-invalid",
    });
    expect(await confirmSignUp(NOBODY, { token }, NOW)).toMatchObject({ ok: true });
    expect(await confirmSignUp(NOBODY, { token }, NOW)).toMatchObject({ error: "token-invalid" });
  });

  it.each([
    ["short", "weak-password"],
    ["password1234", "common-password"],
    ["1234567890", "common-password"],
    ["aaaaaaaaaaaa", "common-password"],
  ])("refuses the password %s", async (password, error) => {
    expect(await signUp(NOBODY, { ...asInput(newEmail()), password }, context())).toMatchObject({
      error,
      field: "password",
    });
  });
});

describe("signing in", () => {
  it("merges a guest's history into the account's by fold", async () => {
    const account = await accountWith(30);
    const guest = await guestWith(30);
    const outcome = await signIn(guest, { email: account.email, password: PASSWORD }, context());
    expect(outcome).toMatchObject({ ok: true, value: { userId: account.userId } });
    expect(await db().review.count({ where: { userId: account.userId } })).toBe(60);
    await expectFolded(account);
    expect(await db().user.findUnique({ where: { id: guest.userId } })).toBeNull();
    expect(await db().mergedGuest.findUnique({ where: { guestId: guest.userId } })).toMatchObject({
      userId: account.userId,
    });
  });

  it("answers the same to a wrong password and an unknown address", async () => {
    const account = await accountWith(0);
    const wrong = await signIn(NOBODY, { email: account.email, password: "not the password" }, context());
    const unknown = await signIn(NOBODY, { email: newEmail(), password: PASSWORD }, context());
    expect(wrong).toEqual({ ok: false, error: "wrong-credentials" });
    expect(unknown).toEqual(wrong);
  });

  it("stops guessing at an account, wherever it comes from, and lets in again later", async () => {
    const account = await accountWith(0);
    const guess = (password: string, now = NOW) =>
      signIn(NOBODY, { email: account.email, password }, context(now));
    for (let i = 0; i < 10; i++) await guess("wrong password");
    expect(await guess(PASSWORD)).toMatchObject({ error: "rate-limited", retryAfter: expect.any(Number) });
    expect(await guess(PASSWORD, NOW + 16 * 60_000)).toMatchObject({ ok: true });
  });
});

describe("resetting a password", () => {
  it("sets a new one and ends every session", async () => {
    const account = await accountWith(0);
    await requestPasswordReset({ email: account.email, locale: "ja" }, context());
    const token = tokenIn(await letterTo(account.email));
    expect(await resetPassword({ token, password: "another lantern orbit" }, NOW)).toMatchObject({
      ok: true,
      value: { version: 1 },
    });
    expect(await resetPassword({ token, password: "a third lantern orbit" }, NOW)).toMatchObject({
      error: "token-invalid",
    });
    expect(await signIn(NOBODY, { email: account.email, password: PASSWORD }, context())).toMatchObject({
      error: "wrong-credentials",
    });
    expect(
      await signIn(NOBODY, { email: account.email, password: "another lantern orbit" }, context()),
    ).toMatchObject({ ok: true });
  });

  it("answers the same for an unknown address", async () => {
    expect(await requestPasswordReset({ email: newEmail(), locale: "en" }, context())).toEqual({
      ok: true,
      value: undefined,
    });
  });

  it("does not take a sign-up link for a reset", async () => {
    const email = newEmail();
    await signUp(NOBODY, asInput(email), context());
    const token = tokenIn(await letterTo(email));
    expect(await resetPassword({ token, password: PASSWORD }, NOW)).toMatchObject({ error: "token-invalid" });
  });
});

describe("signing in through an issuer", () => {
  const external = (overrides = {}) => ({
    provider: "github",
    providerAccountId: uuidv7(),
    email: newEmail(),
    emailVerified: true,
    name: "A learner",
    ...overrides,
  });

  it("makes the guest the account, and finds it again", async () => {
    const guest = await guestWith(5);
    const account = external();
    const first = await signInWithAccount(guest, account, NOW);
    expect(first.userId).toBe(guest.userId);
    expect(await signInWithAccount(NOBODY, account, NOW)).toEqual(first);
    expect(await db().review.count({ where: { userId: first.userId } })).toBe(5);
  });

  it("joins an account of the same address only if both sides have proven it", async () => {
    const account = await accountWith(3);
    const unproven = await signInWithAccount(
      NOBODY,
      external({ email: account.email, emailVerified: false }),
      NOW,
    );
    expect(unproven.userId).not.toBe(account.userId);
    const proven = await signInWithAccount(await guestWith(2), external({ email: account.email }), NOW);
    expect(proven.userId).toBe(account.userId);
    expect(await db().review.count({ where: { userId: account.userId } })).toBe(5);
  });
});
