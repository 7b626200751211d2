/**
 * Assignments: what somebody is to know by when, how far they are, and whether they will get there. Pure; what it starts from is
 * read by `lib/server/db/sql/standing.ts`.
 */
export {
  type Goal,
  keptReadiness,
  type Plan,
  planOf,
  type Standing,
  type Status,
} from "./plan.ts";
export { standingOf } from "./standing.ts";
