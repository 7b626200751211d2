/**
 * Clusters and what is done to them as data that can be written in content, sent in a link, and checked at the edge: tasks start
 * from a scene, and the playground plays one.
 */
export { BOUNDS, type Problem } from "./bounds.ts";
export { type Change, changeSchema, keySchema, makeChange } from "./change.ts";
export { type Connection, connectionSchema, packetOf } from "./connection.ts";
export { buildScene, type Scene, sceneSchema } from "./scene.ts";
