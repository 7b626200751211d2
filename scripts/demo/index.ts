/**
 * The demo: a made-up company, simulated anew for the moment at which its folder is first made. Who is in it and what is planted
 * in them is `company.ts`; how they study `learner.ts`; how that comes into the database `make-company.ts`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashPassword } from "#lib/server/auth/password.ts";
import { config } from "#lib/server/config.ts";
import { openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { makeCompany } from "./make-company.ts";
import { DOMAIN } from "./people.ts";

/** Everybody's in the company, which listens to its own machine alone. */
export const PASSWORD = "podshift-demo";
/** Whom to sign in as. */
export const SIGN_INS = ["owner", "manager", "learner"].map((role) => ({ role, email: `${role}@${DOMAIN}` }));

/** What tells a folder of the demo from one with somebody's data. */
const MARK = "demo.json";

/**
 * Fills the data folder with the company, unless it is there already; what was left of a start that was cut short is made
 * anew. Throws `SetupError` rather than touch a folder that holds anything else.
 * @param now ms since the epoch
 * @returns what it did, in words
 */
export async function fillFolder(now: number): Promise<string> {
  const { dataFolder } = config();
  const mark = path.join(dataFolder, MARK);
  const database = path.join(dataFolder, "pglite");
  const write = (whole: boolean) => writeFileSync(mark, `${JSON.stringify({ madeFor: now, whole })}\n`);
  if (existsSync(mark)) {
    if ((JSON.parse(readFileSync(mark, "utf8")) as { whole: boolean }).whole) return "it is there";
    rmSync(database, { recursive: true, force: true });
  } else if (existsSync(database)) {
    throw new SetupError(
      `${dataFolder} holds data that is not the demo's.\nName another folder: PODSHIFT_DATA=.data-demo npm run demo`,
    );
  }
  mkdirSync(dataFolder, { recursive: true });
  write(false);
  const opened = await openDatabase(config());
  try {
    await migrate(opened, await readMigrations("prisma/migrations"));
    const { employees } = await makeCompany({ now, passwordHash: await hashPassword(PASSWORD) });
    write(true);
    return `${employees.length} people`;
  } finally {
    await opened.close();
  }
}
