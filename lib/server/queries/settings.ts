import "server-only";
import { createScheduler, minutesPerDay } from "#lib/core/scheduling/index.ts";
import type { Settings } from "#lib/core/settings.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { db } from "#lib/server/db/client.ts";
import { memoryOf } from "#lib/server/db/memory.ts";
import { answerTotals, usualAnswerMs } from "#lib/server/db/sql/statistics.ts";

/** The recall chances to choose from; somebody's own is offered beside them. */
const RETENTIONS = [0.8, 0.85, 0.9, 0.93, 0.95, 0.97];

export interface SettingsView {
  settings: Settings;
  email: string | null;
  emailVerified: boolean;
  hasPassword: boolean;
  /** Issuers through which the viewer signs in, e.g. `github`. */
  linkedAccounts: string[];
  /** Answers kept so far. */
  answers: number;
  /** Cards that review keeps up: what the costs are computed from. */
  learned: number;
  /** Minutes of review a day, in the long run, that each recall chance costs with the viewer's own cards. */
  retentionCosts: { retention: number; minutes: number }[];
}

/** What the settings show; `null` for nobody, who has none. */
export async function getSettings(viewer: Viewer): Promise<SettingsView | null> {
  if (!isPerson(viewer)) return null;
  const { userId, locale, timeZone, dayStartHour, newPerDay, desiredRetention, email, emailVerified } =
    viewer;
  const [user, states, totals] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { passwordHash: true, accounts: { select: { provider: true }, orderBy: { createdAt: "asc" } } },
    }),
    db().cardState.findMany({
      where: { userId, state: { not: "new" }, suspended: false, item: { retiredAt: null } },
    }),
    answerTotals(db(), userId),
  ]);
  const memories = states.map(memoryOf);
  const scheduler = createScheduler(viewer);
  const seconds = usualAnswerMs(totals) / 1000;
  const retentions = [...new Set([...RETENTIONS, desiredRetention])].sort((a, b) => a - b);
  return {
    settings: { locale, timeZone, dayStartHour, newPerDay, desiredRetention },
    email,
    emailVerified,
    hasPassword: user.passwordHash !== null,
    linkedAccounts: user.accounts.map(({ provider }) => provider),
    answers: totals.answers,
    learned: memories.length,
    retentionCosts: retentions.map((retention) => ({
      retention,
      minutes: minutesPerDay(memories, retention, seconds, scheduler),
    })),
  };
}
