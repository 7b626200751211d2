import { beforeAll, describe, expect, it } from "vitest";
import { foldCard } from "#lib/core/scheduling/index.ts";
import { settingsSchema } from "#lib/core/settings.ts";
import { viewerOf } from "#lib/server/auth/get-viewer.ts";
import { hashPassword, verifyPassword } from "#lib/server/auth/password.ts";
import { createToken } from "#lib/server/auth/tokens.ts";
import { NOBODY, type Person } from "#lib/server/auth/viewer.ts";
import { changePassword } from "#lib/server/commands/change-password.ts";
import { deleteAccount } from "#lib/server/commands/delete-account.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { toCardEvent } from "#lib/server/commands/refold-cards.ts";
import { signOutEverywhere } from "#lib/server/commands/sign-out-everywhere.ts";
import { updateSettings, updateSettingsSchema } from "#lib/server/commands/update-settings.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { eventsOf } from "#lib/server/db/sql/reviews.ts";
import { getSettings } from "#lib/server/queries/settings.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, cardEvent, createPerson, NOW, syncFixtureContent } from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

const DAY = 86_400_000;
const PASSWORD = "seven sheep in a Pod";

const rowOf = ({ userId }: Person) => db().user.findUniqueOrThrow({ where: { id: userId } });
const study = (person: Person, days: number[]) =>
  recordReviews(
    person,
    days.map((ago) => answerEvent({ at: NOW - ago * DAY })),
    NOW,
  );
async function cardOf({ userId }: Person) {
  const where = { userId_itemId: { userId, itemId: "pod-ip-after" } };
  return memoryOf(await db().cardState.findUniqueOrThrow({ where }));
}

describe("changing settings", () => {
  it("is for persons, and each changes their own", async () => {
    const [guest, other] = [await createPerson({ isGuest: true }), await createPerson()];
    expect(await updateSettings(NOBODY, { newPerDay: 5 }, NOW)).toEqual({
      ok: false,
      error: "not-signed-in",
    });
    expect(await updateSettings(guest, { newPerDay: 5, locale: "en" }, NOW)).toMatchObject({ ok: true });
    expect(await rowOf(guest)).toMatchObject({ newPerDay: 5, locale: "en", timeZone: "Asia/Tokyo" });
    expect(await rowOf(other)).toMatchObject({ newPerDay: 12, locale: "ja" });
  });

  it("folds every card anew when the desired retention changes", async () => {
    const person = await createPerson();
    await study(person, [40, 30, 10]);
    await recordReviews(person, [cardEvent({ type: "suspend", itemId: "pod-ip-card" })], NOW);
    const before = await cardOf(person);
    await updateSettings(person, { desiredRetention: 0.8 }, NOW);
    const after = await cardOf(person);
    expect(after.due).toBeGreaterThan(before.due);
    const events = await eventsOf(db(), person.userId, ["pod-ip-after"]);
    const parameters = { ...person, desiredRetention: 0.8 };
    expect(after).toEqual(foldCard(events.map(toCardEvent), parameters).memory);
    await updateSettings(person, { desiredRetention: 0.9 }, NOW);
    expect(await cardOf(person)).toEqual(before);
  });

  it.each([
    { timeZone: "Mars/Olympus" },
    { timeZone: "+09:00" },
    { dayStartHour: 24 },
    { newPerDay: 201 },
    { newPerDay: 1.5 },
    { desiredRetention: 0.69 },
    { desiredRetention: 0.98 },
    { locale: "fr" },
    { isGuest: false },
  ])("refuses %o", (changes) => {
    expect(updateSettingsSchema.safeParse(changes).success).toBe(false);
  });

  it("offers no time zone that the database does not know", async () => {
    const offered = Intl.supportedValuesOf("timeZone");
    expect(offered.every((timeZone) => settingsSchema.shape.timeZone.safeParse(timeZone).success)).toBe(true);
    for (const timeZone of offered) await db().$queryRaw`SELECT now() AT TIME ZONE ${timeZone}`;
  });
});

describe("showing settings", () => {
  it("shows nobody nothing", async () => {
    expect(await getSettings(NOBODY)).toBeNull();
  });

  it("shows a person's own ways to sign in, and what retention costs with their cards", async () => {
    const person = await createPerson();
    const other = await createPerson();
    await study(person, [40, 30, 10]);
    await db().account.create({
      data: { id: crypto.randomUUID(), userId: other.userId, provider: "github", providerAccountId: "1" },
    });
    const own = await getSettings(person);
    expect(own).toMatchObject({ answers: 3, learned: 1, hasPassword: false, linkedAccounts: [] });
    const minutes = own?.retentionCosts.map((cost) => cost.minutes) ?? [];
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
    expect(minutes[0]).toBeLessThan(minutes.at(-1) ?? 0);
    expect(await getSettings(other)).toMatchObject({ answers: 0, learned: 0, linkedAccounts: ["github"] });
  });

  it("offers the retention that was chosen, whatever it is", async () => {
    const settings = await getSettings(await createPerson({ desiredRetention: 0.88 }));
    expect(settings?.retentionCosts.map(({ retention }) => retention)).toContain(0.88);
  });
});

describe("changing the password", () => {
  async function withPassword() {
    const person = await createPerson();
    const passwordHash = await hashPassword(PASSWORD);
    await db().user.update({ where: { id: person.userId }, data: { passwordHash } });
    return person;
  }
  const next = "eight sheep in a Pod";

  it("is for accounts that have one", async () => {
    const change = { current: PASSWORD, password: next };
    for (const viewer of [NOBODY, await createPerson({ isGuest: true })]) {
      expect(await changePassword(viewer, change, NOW)).toEqual({ ok: false, error: "not-signed-in" });
    }
    expect(await changePassword(await createPerson(), change, NOW)).toEqual({
      ok: false,
      error: "not-allowed",
    });
  });

  it("takes the right password only, and counts the guesses", async () => {
    const person = await withPassword();
    for (let guess = 0; guess < 10; guess++) {
      expect(await changePassword(person, { current: `wrong ${guess}`, password: next }, NOW)).toEqual({
        ok: false,
        error: "wrong-credentials",
        field: "current",
      });
    }
    expect(await changePassword(person, { current: PASSWORD, password: next }, NOW)).toMatchObject({
      error: "rate-limited",
    });
    expect((await rowOf(person)).sessionVersion).toBe(0);
  });

  it("refuses a weak password and a common one", async () => {
    const person = await withPassword();
    for (const [password, error] of [
      ["short", "weak-password"],
      ["aaaaaaaaaaaa", "common-password"],
    ] as const) {
      expect(await changePassword(person, { current: PASSWORD, password }, NOW)).toEqual({
        ok: false,
        error,
        field: "password",
      });
    }
  });

  it("ends every session but the new one, and every reset link", async () => {
    const [person, other] = [await withPassword(), await withPassword()];
    for (const { userId } of [person, other]) {
      await createToken(db(), { userId, purpose: "resetPassword", email: "x@example.com" }, NOW);
    }
    const changed = await changePassword(person, { current: PASSWORD, password: next }, NOW);
    expect(changed).toEqual({ ok: true, value: { userId: person.userId, version: 1 } });
    expect(await viewerOf({ userId: person.userId, version: 0 })).toEqual(NOBODY);
    expect(await viewerOf({ userId: person.userId, version: 1 })).toMatchObject({ kind: "user" });
    const { passwordHash } = await rowOf(person);
    expect(await verifyPassword(passwordHash, next)).toBe(true);
    expect(await verifyPassword((await rowOf(other)).passwordHash, PASSWORD)).toBe(true);
    const tokens = await db().verificationToken.findMany({ select: { userId: true } });
    expect(tokens).toEqual([{ userId: other.userId }]);
  });
});

describe("signing out everywhere", () => {
  it("ends one's own sessions, and nobody else's", async () => {
    const [person, other] = [await createPerson(), await createPerson()];
    expect(await signOutEverywhere(NOBODY)).toEqual({ ok: false, error: "not-signed-in" });
    expect(await signOutEverywhere(person)).toEqual({
      ok: true,
      value: { userId: person.userId, version: 1 },
    });
    expect(await viewerOf({ userId: person.userId, version: 0 })).toEqual(NOBODY);
    expect(await viewerOf({ userId: other.userId, version: 0 })).toMatchObject({ userId: other.userId });
  });
});

describe("deleting an account", () => {
  it("takes the word from accounts, in either language, and leaves everybody else's", async () => {
    const [person, other] = [await createPerson(), await createPerson()];
    for (const each of [person, other]) await study(each, [3, 2]);
    expect(await deleteAccount(NOBODY, { confirmation: "delete" }, NOW)).toMatchObject({
      error: "not-signed-in",
    });
    expect(await deleteAccount(person, { confirmation: "" }, NOW)).toEqual({
      ok: false,
      error: "confirmation-mismatch",
      field: "confirmation",
    });
    expect(await deleteAccount(person, { confirmation: " 削除 " }, NOW)).toMatchObject({ ok: true });
    expect(await db().user.count({ where: { id: person.userId } })).toBe(0);
    expect(await db().review.count({ where: { userId: person.userId } })).toBe(0);
    expect(await db().review.count({ where: { userId: other.userId } })).toBe(2);
    expect(await deleteAccount(other, { confirmation: "Delete" }, NOW)).toMatchObject({ ok: true });
  });

  it("takes a guest at their word", async () => {
    const guest = await createPerson({ isGuest: true });
    await study(guest, [1]);
    expect(await deleteAccount(guest, { confirmation: "" }, NOW)).toMatchObject({ ok: true });
    expect(await db().review.count({ where: { userId: guest.userId } })).toBe(0);
  });
});
