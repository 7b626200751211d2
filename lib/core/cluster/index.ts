/** The cluster model: see README.md. */
export type * from "./objects.ts";
export type * from "./packet.ts";
export { RULES, type Rules } from "./rules.ts";
export { all, find, keyOf } from "./store.ts";
