import type { Locale } from "#lib/core/questions/index.ts";
import type { Person } from "#lib/server/auth/viewer.ts";
import type { Role } from "#lib/server/db/generated/client.ts";
import { GIVEN, HISTORY_DAYS, LEADERS, SURNAMES, TEAMS, type TeamPlan } from "./company.ts";
import type { Habit } from "./learner.ts";
import type { Chance } from "./random.ts";

const DAY = 86_400_000;

/** Nobody can own an address under it (RFC 2606). */
export const DOMAIN = "kakuu-networks.example";

/** Somebody of the company, with what only the simulation knows of them. */
export interface Employee {
  person: Person & { name: string; email: string };
  memberships: Membership[];
  /** The first moment at which they may study, ms since the epoch. */
  from: number;
  habit: Habit;
  aptitude: number;
  placed: boolean;
  /** The wrong beliefs of their team that they share, and will not easily let go of. */
  stubborn: string[];
  /** The team whose plants they carry, if they learn in one. */
  home: TeamPlan | null;
}

interface Membership {
  teamKey: string;
  role: Role;
  joinedAt: number;
  /** Set for who has left again. */
  leftAt: number | null;
  groups: string[];
  sharesAll: boolean;
}

/** Everybody, as of `now` (ms since the epoch). @param size share of the learners to have, for a smaller company */
export function employ(now: number, size: number, chance: Chance): Employee[] {
  const leaders = LEADERS.map(({ name, mailbox, roles }) => {
    const luck = chance.fork(mailbox);
    const keys = Object.keys(roles);
    const home = TEAMS.find(({ key }) => roles[key] === "learner") ?? null;
    const { locale, timeZone } = home ?? TEAMS.find(({ key }) => key === keys[0])!;
    return {
      ...character(now, luck, home ? "steady" : "seldom"),
      person: person(luck.id(now - HISTORY_DAYS * DAY), name[locale], mailbox, locale, timeZone, luck),
      memberships: keys.map((teamKey) => ({
        teamKey,
        role: roles[teamKey]!,
        joinedAt: now - HISTORY_DAYS * DAY,
        leftAt: null,
        groups: [],
        sharesAll: false,
      })),
      from: now - HISTORY_DAYS * DAY,
      home,
    };
  });
  const learners = TEAMS.flatMap((team) =>
    Array.from({ length: Math.round(team.learners * size) }, (_, n) => learner(team, n, now, size, chance)),
  );
  // So many of each team as is planned, not about so many.
  for (const team of TEAMS) {
    const own = learners.filter(({ home }) => home === team);
    for (const [id, share] of Object.entries(team.misconceptions)) {
      const holders = chance.fork(`${team.key}/${id}`).sample(own, Math.round(share * own.length));
      for (const { stubborn } of holders) stubborn.push(id);
    }
  }
  return [...leaders, ...learners];
}

function learner(team: TeamPlan, n: number, now: number, size: number, chance: Chance): Employee {
  const luck = chance.fork(`${team.key}/${n}`);
  const [name, romaji] = nameOf(team.locale, n, TEAMS.indexOf(team));
  const joins = team.joins[n % team.joins.length]!;
  const joinedAt = now - joins * DAY + luck.whole(0, 6) * 3_600_000;
  // The last of a team has gone again; the first is whom one signs in as.
  const leftAt =
    n === Math.round(team.learners * size) - 1 && team.key !== "newcomers" ? now - 30 * DAY : null;
  const mailbox = team.key === "platform" && n === 0 ? "learner" : romaji.toLowerCase().replace(" ", ".");
  // Of those who came later, some had begun on their own.
  const alone = joins < 70 && luck.happens(0.6);
  const [first, second, third] = team.groups;
  const half = team.key === "newcomers" ? joins < 60 : n % 2 === 1;
  const onDuty = third !== undefined && n % 3 === 0;
  return {
    ...character(now, luck, n === 0 ? "steady" : kindOf(n)),
    person: person(luck.id(joinedAt), name, mailbox, team.locale, team.timeZone, luck),
    memberships: [
      {
        teamKey: team.key,
        role: "learner",
        joinedAt,
        leftAt,
        groups: [half ? second! : first!, ...(onDuty ? [third] : [])],
        sharesAll: luck.happens(0.12),
      },
    ],
    from: alone ? now - HISTORY_DAYS * DAY : joinedAt,
    home: team,
  };
}

type Character = "steady" | "busy" | "seldom" | "lost" | "absent";

/** Of a dozen, so many are each: believable, and the same in every company. */
const kindOf = (n: number): Character =>
  (
    [
      "steady",
      "steady",
      "busy",
      "steady",
      "lost",
      "steady",
      "steady",
      "busy",
      "steady",
      "absent",
      "steady",
      "busy",
    ] as const
  )[n % 12]!;

function character(
  now: number,
  luck: Chance,
  kind: Character,
): Pick<Employee, "habit" | "aptitude" | "placed" | "stubborn"> {
  const [regularity, minutes] = {
    steady: [luck.between(0.75, 0.95), luck.between(14, 22)],
    busy: [luck.between(0.4, 0.55), luck.between(18, 26)],
    seldom: [luck.between(0.1, 0.2), luck.between(8, 12)],
    lost: [luck.between(0.6, 0.8), luck.between(15, 21)],
    absent: [0, 10],
  }[kind] as [number, number];
  const away: [number, number][] = [];
  const leave = (back: number, days: number) => away.push([now - back * DAY, now - (back - days) * DAY]);
  if (luck.happens(0.4)) leave(luck.whole(12, 60), luck.whole(5, 9));
  if (kind === "lost") leave(luck.whole(28, 50), HISTORY_DAYS);
  return {
    habit: { regularity, minutes, hour: luck.pick([8, 8.5, 12.3, 13, 17.5, 20, 21.5, 23.5]), away },
    aptitude: Math.max(-1, Math.min(1, 0.45 * luck.normal())),
    placed: luck.happens(0.12),
    stubborn: [],
  };
}

function person(
  userId: string,
  name: string,
  mailbox: string,
  locale: Locale,
  timeZone: string,
  luck: Chance,
): Employee["person"] {
  return {
    kind: "user",
    userId,
    name,
    email: `${mailbox}@${DOMAIN}`,
    emailVerified: true,
    locale,
    timeZone,
    dayStartHour: 4,
    weights: null,
    desiredRetention: luck.pick([0.85, 0.9, 0.9, 0.9, 0.93]),
    newPerDay: luck.pick([8, 10, 12, 12, 15]),
  };
}

/** The n-th name of a team, none of which comes twice in the company. @returns as written, and in letters for an address */
function nameOf(locale: Locale, n: number, team: number): [string, string] {
  if (locale === "en") {
    const name = `${GIVEN.en[n % GIVEN.en.length]} ${SURNAMES.en[(n * 3 + Math.floor(n / GIVEN.en.length)) % SURNAMES.en.length]}`;
    return [name, name];
  }
  const surname = SURNAMES.ja[n % SURNAMES.ja.length]!;
  const given = GIVEN.ja[(n * 5 + team * 3 + Math.floor(n / SURNAMES.ja.length)) % GIVEN.ja.length]!;
  return [`${surname[0]} ${given[0]}`, `${given[1]} ${surname[1]}`];
}
