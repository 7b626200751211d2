import type { User } from "#lib/server/db/generated/client.ts";
import type { Person } from "./viewer.ts";

/** A row of `User` as a viewer. */
export function personOf(user: User): Person {
  return {
    kind: user.isGuest ? "guest" : "user",
    userId: user.id,
    locale: user.locale,
    timeZone: user.timeZone,
    dayStartHour: user.dayStartHour,
    weights: user.schedulerWeights.length > 0 ? user.schedulerWeights : null,
    desiredRetention: user.desiredRetention,
    newPerDay: user.newPerDay,
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerifiedAt !== null,
  };
}
