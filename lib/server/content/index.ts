/**
 * Content: reads `content/`, checks it, and mirrors it into the database. The only reader of that folder; everything
 * else asks the database. Scripts and the server's start use it, so nothing here depends on Next.
 */
export { type AuthorConcept, readForAuthors } from "./author.ts";
export { type ContentReport, checkContent, findBroken } from "./check/index.ts";
export { countCoverage } from "./coverage.ts";
export { loadContent } from "./load.ts";
export { addNewItem } from "./new-item.ts";
export type { Problem } from "./place.ts";
export { type PublishedContent, publishContent } from "./publish.ts";
export { syncContent } from "./sync.ts";
export { watchFolder } from "./watch.ts";
