/** `npm run content:check [-- --json]`: everything the linter has to say about `content/`, and what there is of it. */
import {
  type ContentReport,
  checkContent,
  countCoverage,
  loadContent,
  type Problem,
} from "#lib/server/content/index.ts";
import { SCENARIOS } from "#tests/unit/cluster/scenarios/index.ts";

const content = await loadContent("content");
const report = checkContent(content, new Date().toISOString().slice(0, 10));
/** Published behaviour that the cluster model is held to. */
const scenarios = Object.values(SCENARIOS).flat().length;
console.log(
  process.argv.includes("--json") ? JSON.stringify({ ...report, scenarios }, null, 2) : readable(report),
);
process.exit(report.errors.length > 0 ? 1 : 0);

function readable({ errors, warnings, ...counts }: ContentReport): string {
  const line = ({ severity, rule, file, line, message }: Problem) =>
    `${file}:${line}: ${severity} (${rule}): ${message}`;
  return [
    ...errors.map(line),
    ...warnings.map(line),
    "",
    ...table(countCoverage(content)),
    "",
    `${counts.items} items, ${counts.concepts} concepts with lessons, ${counts.misconceptions} misconceptions, ${counts.diagrams} diagrams, ${counts.templates} templates, ${counts.tasks} tasks, ${counts.tours} tours, ${scenarios} scenarios`,
    `${errors.length} errors, ${warnings.length} warnings`,
  ].join("\n");
}

/** Rows of cells as lines of columns: names to the left, numbers to the right. */
function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column]).length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
