import { beforeAll, describe, expect, it } from "vitest";
import { MAY } from "#lib/server/auth/policy.ts";
import { db } from "#lib/server/db/client.ts";
import { useDatabase } from "../harness/database.ts";
import { syncFixtureContent } from "../harness/factories.ts";
import { ASKING, ask } from "./asking.ts";
import { FUNCTIONS, TEAM_TABLES } from "./functions.ts";
import { createWorld, type World } from "./world.ts";

/**
 * Every function of teams, asked by everyone there could be, with ids that exist: what `MAY` allows succeeds, all else
 * answers as if there were nothing, and changes nothing.
 */
useDatabase();
beforeAll(syncFixtureContent);

/** Whether an answer is the one that whoever asks about what does not exist gets: nothing, or that there is no such thing. */
function isNothing(answer: unknown): boolean {
  if (answer === null) return true;
  const refused = answer as { ok?: boolean; error?: string };
  return refused.ok === false && ["not-found", "not-signed-in"].includes(refused.error ?? "");
}

/** Whether an answer gives or does something: a value, or a command that was done. */
const succeeded = (answer: unknown): boolean =>
  answer !== null && answer !== undefined && (answer as { ok?: boolean }).ok !== false;

/** All that the database holds of teams. */
async function everything(): Promise<string> {
  const tables = await Promise.all(
    TEAM_TABLES.map((table) =>
      db().$queryRawUnsafe(`SELECT to_jsonb(t) AS row FROM "${table}" t ORDER BY to_jsonb(t)::text`),
    ),
  );
  return JSON.stringify(tables);
}

const functions = Object.entries(FUNCTIONS);
let asked = 0;

describe("whoever may not gets nothing and changes nothing", () => {
  // One world for all of them: it stays as it is.
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });

  it.each(functions)("%s", async (_, { needs, call }) => {
    const before = await everything();
    for (const who of ask(needs, false)) {
      expect(await call(ASKING[who].of(world), world), who).toSatisfy(isNothing);
      asked++;
    }
    expect(await everything()).toBe(before);
  });
});

describe("whoever may does it", () => {
  const pairs = functions.flatMap(([name, one]) =>
    ask(one.needs, true).map((who) => ({ name, who, ...one })),
  );

  it.each(pairs)("$name as $who", async ({ who, call, arrange }) => {
    const world = await createWorld();
    const viewer = ASKING[who].of(world);
    await arrange?.(viewer, world);
    expect(await call(viewer, world)).toSatisfy(succeeded);
    asked++;
  });
});

it("goes through every action that the policy knows", () => {
  const used = new Set<string>(Object.values(FUNCTIONS).map(({ needs }) => needs));
  expect([...used].sort()).toEqual([...Object.keys(MAY), "assignee"].sort());
  console.log(
    `Role matrix: ${Object.keys(FUNCTIONS).length} functions × ${Object.keys(ASKING).length} roles: ${asked} calls.`,
  );
});
