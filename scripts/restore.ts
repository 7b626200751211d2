/** `npm run restore -- FILE [--force]`: puts a backup into an empty database of either engine. */
import { restore } from "#lib/server/db/backup.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { withDatabase } from "./with-database.ts";

const args = process.argv.slice(2);
const file = args.find((argument) => !argument.startsWith("--"));

await withDatabase(async (database) => {
  if (!file) throw new SetupError("Say which backup: npm run restore -- FILE [--force]");
  const rows = await restore(database, file, { force: args.includes("--force") });
  console.log(`Restored ${file}:`);
  console.table(rows);
});
