/**
 * Clusters and what is done to them as data that can be written in content, sent in a link, and checked at the edge: tasks start
 * from a scene, and the playground plays one.
 */
export type { Problem } from "./bounds.ts";
export { makeChange } from "./change.ts";
export { packetOf } from "./connection.ts";
export { comeToRest } from "./rest.ts";
export { buildScene } from "./scene.ts";
export {
  changeSchema,
  connectionSchema,
  type Scene,
  sceneSchema,
} from "./schema.ts";
