import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomFrom } from "#lib/core/questions/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { db } from "#lib/server/db/client.ts";
import { syncAssignees } from "#lib/server/db/sql/assignees.ts";
import { useDatabase } from "../harness/database.ts";
import {
  answerEvent,
  cardEvent,
  createPerson,
  createTeam,
  syncFixtureContent,
} from "../harness/factories.ts";
import { type Letter, lettersIn } from "./letters.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const BEGIN = Date.parse("2026-11-23T00:00:00Z");
const DAYS = 42;
/** When processes look for work: as mornings begin in Tokyo, Berlin and Los Angeles, and a little later. */
const LOOKS = [0, 8, 17].flatMap((hour) => [0, 20].map((minute) => hour * HOUR + minute * MINUTE));
const PROCESSES = 3;
/** A process dies on each of these days; the last ones show that all comes to rest. */
const KILLS = [1, 4, 7, 14, 17, 21, 28, 35];

const database = useDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "podshift-six-weeks-"));
const outbox = path.join(folder, "outbox");
beforeAll(syncFixtureContent);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("in six weeks three processes that keep being killed send each due mail once, and nobody more than one a day", async () => {
  const world = await createWorld();
  const processes = await Processes.start();
  const random = randomFrom(20);
  let interrupted = 0;
  for (let day = 0; day < DAYS; day++) {
    await world.livesThrough(day);
    const nth = KILLS.indexOf(day);
    // On each of these mornings there are letters to Berlin, or to Los Angeles.
    const killAt = nth < 0 ? -1 : nth % 4 < 2 ? 2 : 4;
    for (const [i, look] of LOOKS.entries()) {
      const now = BEGIN + day * DAY + look;
      if (i !== killAt) await processes.look(now);
      else if (nth % 2 === 0) interrupted += await processes.lookAndLose(now, after(random() * 100));
      else interrupted += await processes.loseAndLook(now, firstLetter());
    }
  }
  await processes.end();

  const mails = await db().reminderMail.findMany({ include: { matters: true } });
  const matters = mails.flatMap((mail) => mail.matters.map(({ userId, key }) => `${userId} ${key}`));
  const retried = mails.filter(({ attempts }) => attempts > 1).length;
  console.log(
    `${mails.length} letters, ${matters.length} matters; ${interrupted} processes killed at work, ${retried} letters taken over`,
  );
  expect(interrupted).toBeGreaterThan(KILLS.length / 3);

  // What was to be said is what was said, and all of it went out.
  expect(matters.sort()).toEqual((await world.dueMatters()).sort());
  expect(mails.filter(({ status }) => status !== "sent")).toEqual([]);
  const letters = lettersIn(folder);
  expect(letters.map(({ id }) => id).sort()).toEqual(mails.map(({ id }) => id).sort());
  for (const person of world.people) {
    const own = letters.filter(({ to }) => to === person.email);
    expect(timesSaid(own), person.email ?? "").toEqual(await world.timesToSay(person));
    const sent = mails
      .filter(({ userId }) => userId === person.userId)
      .map(({ sentAt }) => local(sentAt, person));
    expect(new Set(sent.map(({ day }) => day)).size).toBe(sent.length);
    for (const { hour } of sent) expect(hour >= 9 && hour < 18).toBe(true);
  }
}, 240_000);

/** Some time in the middle of things. */
const after = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

/** The moment at which a letter is out, and nobody has noted it yet. */
const firstLetter = (): Promise<unknown> =>
  new Promise<void>((resolve) => {
    mkdirSync(outbox, { recursive: true });
    const watcher = watch(outbox, { persistent: false }, (_, file) => {
      if (!file?.endsWith(".eml")) return;
      watcher.close();
      resolve();
    });
  });

/** Day and hour that a clock shows where somebody is. */
function local(at: Date | number | null, { timeZone }: Person): { day: string; hour: number } {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(
    at ?? 0,
  );
  return { day: shown.slice(0, 10), hour: Number(shown.slice(11, 13)) };
}

/** How often each thing is said in somebody's letters, by its words. */
function timesSaid(letters: readonly Letter[]): Record<string, number> {
  const times: Record<string, number> = {};
  const patterns = [
    /“.*?” was assigned to you/g,
    /“.*?” \(.*?\) is due on/g,
    /“.*?” \(.*?\) was due on/g,
    /^.*: readiness is/gm,
    /due today/g,
  ];
  for (const { text } of letters)
    for (const [words] of patterns.flatMap((pattern) => [...text.matchAll(pattern)]))
      times[words] = (times[words] ?? 0) + 1;
  return times;
}

/** Two teams in three time zones, and what happens in them. */
async function createWorld() {
  const at = async (timeZone: string) => createPerson({ locale: "en", timeZone });
  const [owner, manager] = [await at("Asia/Tokyo"), await at("Europe/Berlin")];
  const zones = ["Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles"];
  const learners = await Promise.all(Array.from({ length: 9 }, (_, i) => at(zones[i % 3] ?? "")));
  const people = [owner, manager, ...learners];
  const teams = {
    Day: await createTeam(
      { owner: [owner], manager: [manager], learner: learners.slice(0, 6) },
      { name: "Day" },
    ),
    Night: await createTeam(
      { owner: [manager], learner: learners.slice(4) },
      { name: "Night", timeZone: "Europe/Berlin" },
    ),
  };
  const managers = [
    { person: owner, team: "Day" as const },
    { person: manager, team: "Day" as const },
    { person: manager, team: "Night" as const },
  ];
  // Two who know it all, and two who want to hear of the card that they never repeat.
  const knowing = [learners[0], learners[5]].flatMap((person) => person ?? []);
  const items = await db().item.findMany({ where: { conceptId: "pod-ip" } });
  for (const person of knowing)
    await recordReviews(
      person,
      items.map(({ id }) => cardEvent({ type: "know", itemId: id, at: BEGIN - DAY })),
      BEGIN,
    );
  const asking = [learners[1], learners[8]].flatMap((person) => person ?? []);
  for (const person of asking) {
    await recordReviews(person, [answerEvent({ at: BEGIN - 20 * DAY })], BEGIN);
    await db().user.update({ where: { id: person.userId }, data: { mailsDue: true } });
  }

  const assign = async (
    team: keyof typeof teams,
    title: string,
    day: number,
    due: { dueOn: Date } | { dueAfterDays: number },
  ) => {
    await db().$transaction(async (tx) => {
      await tx.assignment.create({
        data: {
          id: uuidv7(),
          teamId: teams[team],
          title,
          readinessTarget: 0.5,
          forEveryone: true,
          createdAt: new Date(BEGIN + day * DAY),
          scope: { create: [{ kind: "concept", refId: "pod-ip" }] },
          ...due,
        },
      });
      await syncAssignees(tx, teams[team], BEGIN + day * DAY);
    });
  };
  const events: Record<number, () => Promise<unknown>> = {
    0: async () => {
      await assign("Day", "First", 0, { dueOn: new Date("2026-12-06") });
      await assign("Night", "Open end", 0, { dueAfterDays: 80 });
    },
    9: () => assign("Night", "Second", 9, { dueAfterDays: 14 }),
    // Due on the same day: it is told once before that has passed.
    16: () => assign("Day", "Short", 16, { dueOn: new Date("2026-12-09") }),
    18: () => assign("Day", "Called off", 18, { dueAfterDays: 10 }),
    21: () =>
      db().assignment.updateMany({
        where: { title: "Called off" },
        data: { closedAt: new Date(BEGIN + 21 * DAY) },
      }),
    22: () => assign("Day", "Long", 22, { dueAfterDays: 60 }),
  };

  const parts = () => db().assignee.findMany({ include: { assignment: { include: { team: true } } } });
  const isKnowing = (userId: string) => knowing.some((person) => person.userId === userId);
  const end = BEGIN + DAYS * DAY;
  /** What each part gives to say, told anew from what was arranged above. */
  const toSay = async () =>
    (await parts())
      .filter(({ userId }) => !isKnowing(userId))
      .map(({ userId, assignmentId, dueAt, assignedAt, assignment }) => ({
        userId,
        assignmentId,
        dueAt,
        title: assignment.title,
        team: assignment.team.name,
        soon: !assignment.closedAt && dueAt.getTime() < end && dueAt.getTime() - assignedAt.getTime() > DAY,
        late: !assignment.closedAt && dueAt.getTime() < end - DAY,
      }));
  /** The days on which somebody is looked at in hours for mail. */
  const daysOf = (person: Person) =>
    new Set(
      Array.from({ length: DAYS }, (_, day) => LOOKS.map((look) => local(BEGIN + day * DAY + look, person)))
        .flat()
        .filter(({ hour }) => hour >= 9 && hour < 18)
        .map(({ day }) => day),
    );

  return {
    people,
    livesThrough: async (day: number) => events[day]?.(),
    /** Every key that is due within the six weeks, with its person. */
    async dueMatters(): Promise<string[]> {
      const keys = (await toSay()).flatMap(({ userId, assignmentId, dueAt, soon, late }) => [
        `${userId} assigned:${assignmentId}`,
        ...(soon ? [`${userId} dueSoon:${assignmentId}:${dueAt.toISOString()}`] : []),
        ...(late ? [`${userId} overdue:${assignmentId}:${dueAt.toISOString()}`] : []),
      ]);
      const weeks = ["2026-W48", "2026-W49", "2026-W50", "2026-W51", "2026-W52", "2026-W53"];
      return [
        ...keys,
        ...managers.flatMap(({ person, team }) =>
          weeks.map((week) => `${person.userId} weekly:${teams[team]}:${week}`),
        ),
        ...asking.flatMap((person) => [...daysOf(person)].map((day) => `${person.userId} cardsDue:${day}`)),
      ];
    },
    /** How often each thing is to be said to somebody, by its words. */
    async timesToSay(person: Person): Promise<Record<string, number>> {
      const own = (await toSay()).filter(({ userId }) => userId === person.userId);
      return Object.fromEntries([
        ...own.map(({ title }) => [`“${title}” was assigned to you`, 1]),
        ...own.filter(({ soon }) => soon).map(({ title, team }) => [`“${title}” (${team}) is due on`, 1]),
        ...own.filter(({ late }) => late).map(({ title, team }) => [`“${title}” (${team}) was due on`, 1]),
        ...managers.filter((each) => each.person === person).map(({ team }) => [`${team}: readiness is`, 6]),
        ...(asking.includes(person) ? [["due today", daysOf(person).size]] : []),
      ]);
    },
  };
}

/** Servers that look for work when they are told, and die when they are killed. */
class Processes {
  private readonly alive: ChildProcess[] = [];
  private readonly starting = new Set<Promise<void>>();

  static async start(): Promise<Processes> {
    const processes = new Processes();
    for (let i = 0; i < PROCESSES; i++) processes.spawn();
    await Promise.all(processes.starting);
    return processes;
  }

  private spawn(): void {
    const child = fork("tests/integration/reminders/reminder-worker.ts", {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, DATABASE_URL: database().url, PODSHIFT_DATA: folder },
    });
    const started = new Promise<void>((resolve, reject) => {
      child.once("message", () => {
        this.alive.push(child);
        resolve();
      });
      child.once("exit", (code) => reject(new Error(`A process ended with ${code} before it was ready`)));
    }).finally(() => this.starting.delete(started));
    this.starting.add(started);
  }

  /** All look at once, and are through with it. */
  async look(now: number): Promise<void> {
    // A lone survivor would compete with nobody.
    if (this.alive.length < 2) await Promise.race(this.starting);
    await Promise.all(this.alive.map((child) => this.ask(child, now)));
  }

  /** As `look`, but one dies at a moment, and another is started. @returns 1 if it was cut off at work */
  async lookAndLose(now: number, moment: Promise<unknown>): Promise<number> {
    const victim = this.alive.shift();
    if (!victim) throw new Error("There is no process left");
    const [interrupted] = await Promise.all([this.lose(victim, now, moment), this.look(now)]);
    return interrupted;
  }

  /** One looks alone and dies at a moment; then the others look. @returns 1 if it was cut off at work */
  async loseAndLook(now: number, moment: Promise<unknown>): Promise<number> {
    const victim = this.alive.shift();
    if (!victim) throw new Error("There is no process left");
    const interrupted = await this.lose(victim, now, moment);
    await this.look(now);
    return interrupted;
  }

  private async lose(victim: ChildProcess, now: number, moment: Promise<unknown>): Promise<number> {
    const work = this.ask(victim, now);
    const first = await Promise.race([work.then(() => 0), moment.then(() => 1)]);
    victim.kill("SIGKILL");
    await work;
    this.spawn();
    return first;
  }

  /** Until it answers or dies. */
  private ask(child: ChildProcess, now: number): Promise<void> {
    return new Promise((resolve) => {
      const through = () => {
        child.off("message", through).off("exit", through);
        resolve();
      };
      child.on("message", through).on("exit", through);
      child.send({ now });
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.starting);
    for (const child of this.alive) child.kill();
  }
}
