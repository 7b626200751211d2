/** `npm run backup -- FILE`: the whole database in one file. */
import { backUp } from "#lib/server/db/backup.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { withDatabase } from "./with-database.ts";

const [file] = process.argv.slice(2);

await withDatabase(async (database) => {
  if (!file) throw new SetupError("Say where the backup goes: npm run backup -- FILE");
  const rows = await backUp(database, file);
  console.log(`Wrote ${file}:`);
  console.table(rows);
});
