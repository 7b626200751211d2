/**
 * What the pages of the dashboards ask of the database, for a big team and for a small one beside the same millions of reviews:
 * it should grow with the members at most. Sizes can be lowered while developing:
 * `BENCH_REVIEWS=200000 BENCH_MEMBERS=200 npm run bench -- dashboards`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { personOf } from "#lib/server/auth/person.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { type Database, db, openDatabase } from "#lib/server/db/client.ts";
import { migrate, readMigrations } from "#lib/server/db/migrate.ts";
import type { DashboardFilter } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap } from "#lib/server/queries/dashboard/heat-map.ts";
import { getItemDashboard, getItems } from "#lib/server/queries/dashboard/items.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import { getExamResults } from "#lib/server/queries/exam-results.ts";
import { type Load, type LoadedTeam, loadTeam } from "../../scripts/demo/load.ts";
import { figure, ms, onPostgres, percentile, times } from "./harness.ts";

const REVIEWS = Number(process.env.BENCH_REVIEWS ?? 5_000_000);
const MEMBERS = Number(process.env.BENCH_MEMBERS ?? 1000);
const FEWER = MEMBERS / 10;
const RUNS = Number(process.env.BENCH_RUNS ?? 20);
const NOW = Date.parse("2026-11-24T12:00:00+09:00");

/** How long each page takes, in ms, for the owner of a team. */
async function measure({ teamId, ownerId, checkedId }: LoadedTeam): Promise<Record<string, number[]>> {
  const viewer: Person = personOf(await db().user.findUniqueOrThrow({ where: { id: ownerId } }));
  const { userId } = await db().membership.findFirstOrThrow({ where: { teamId, role: "learner" } });
  const filter: DashboardFilter = { period: "12w" };
  const { id: itemId } = await db().item.findFirstOrThrow({ where: { retiredAt: null } });
  const pages: Record<string, () => Promise<unknown>> = {
    overview: () => getOverview(viewer, teamId, filter, NOW),
    "heat map, by area": () => getHeatMap(viewer, teamId, filter, NOW),
    "heat map, concepts of an area": () => getHeatMap(viewer, teamId, { ...filter, area: "service" }, NOW),
    misconceptions: () => getMisconceptions(viewer, teamId, filter, NOW),
    questions: () => getItems(viewer, teamId, filter, NOW),
    "questions, all time": () => getItems(viewer, teamId, { period: "all" }, NOW),
    "one question": () => getItemDashboard(viewer, teamId, itemId, filter, NOW),
    "exam results": () => getExamResults(viewer, teamId, { assignment: checkedId }, NOW),
    person: () => getPersonDashboard(viewer, teamId, userId, filter, NOW),
    "answers of a person": () => getAnswersOfPerson(viewer, teamId, userId, filter, NOW),
  };
  const taken: Record<string, number[]> = {};
  for (const [name, page] of Object.entries(pages)) {
    if ((await page()) === null) throw new Error(`The owner does not see the ${name}`);
    taken[name] = await times(RUNS, page);
  }
  return taken;
}

async function load(database: Database, size: Load): Promise<LoadedTeam> {
  const begun = performance.now();
  const team = await loadTeam(database, size);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const reviews = size.reviews.toLocaleString("en");
  console.log(`  ${size.members} members with ${reviews} reviews, loaded in ${seconds} s`);
  return team;
}

await onPostgres(async (database) => {
  // The small team is beside the big one: what it costs must not hang on the size of the tables.
  const few = await load(database, { members: FEWER, reviews: REVIEWS / 10, now: NOW });
  const many = await load(database, { members: MEMBERS, reviews: REVIEWS, now: NOW });
  const [small, large] = [await measure(few), await measure(many)];
  for (const [name, taken] of Object.entries(large)) {
    const [p50, p95, before] = [
      percentile(taken, 0.5),
      percentile(taken, 0.95),
      percentile(small[name] ?? [], 0.5),
    ];
    figure(
      `${name}, ${MEMBERS} members`,
      `${ms(p50)}, p95 ${ms(p95)}`,
      `baseline, ${FEWER} members: ${ms(before)}; ratio ${(p50 / before).toFixed(2)}`,
    );
  }
});

const folder = await mkdtemp(path.join(tmpdir(), "podshift-bench-"));
const embedded = await openDatabase({ databaseUrl: undefined, dataFolder: folder });
try {
  await migrate(embedded, await readMigrations("prisma/migrations"));
  const taken = await measure(await load(embedded, { members: FEWER, reviews: REVIEWS / 10, now: NOW }));
  for (const [name, own] of Object.entries(taken)) {
    const [p50, p95] = [percentile(own, 0.5), percentile(own, 0.95)];
    figure(`${name}, ${FEWER} members, embedded`, `${ms(p50)}, p95 ${ms(p95)}`);
  }
} finally {
  await embedded.close();
  await rm(folder, { recursive: true });
}
