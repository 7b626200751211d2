/** `npm run content:check [-- --json]`: everything the linter has to say about `content/`. */
import { type ContentReport, checkContent, loadContent, type Problem } from "#lib/server/content/index.ts";

const report = checkContent(await loadContent("content"), new Date().toISOString().slice(0, 10));
console.log(process.argv.includes("--json") ? JSON.stringify(report, null, 2) : readable(report));
process.exit(report.errors.length > 0 ? 1 : 0);

function readable({ errors, warnings, ...counts }: ContentReport): string {
  const line = ({ severity, rule, file, line, message }: Problem) =>
    `${file}:${line}: ${severity} (${rule}): ${message}`;
  const table = (title: string, by: Record<string, number>) =>
    `${title.padEnd(14)} ${Object.entries(by)
      .map(([key, count]) => `${key} ${count}`)
      .join(" · ")}`;
  return [
    ...errors.map(line),
    ...warnings.map(line),
    `${counts.items} items, ${counts.concepts} concepts with lessons, ${counts.misconceptions} misconceptions, ${counts.diagrams} diagrams`,
    table("by kind", counts.byKind),
    table("by area", counts.byArea),
    table("by difficulty", counts.byDifficulty),
    `${errors.length} errors, ${warnings.length} warnings`,
  ].join("\n");
}
