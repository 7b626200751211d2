/** `npm run db:rebuild [-- --fix]`: folds every card anew from the events, and reports what differs of it and of what teams count. */
import { rebuildCardStates } from "#lib/server/commands/rebuild-card-states.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { withDatabase } from "./with-database.ts";

const fix = process.argv.includes("--fix");

await withDatabase(async () => {
  const { cards, differences, wrongFigures } = await rebuildCardStates({ fix, now: Date.now() });
  for (const { userId, itemId, stored, folded } of differences.slice(0, 10)) {
    console.log(
      `${userId} ${itemId}\n  stored ${JSON.stringify(stored)}\n  folded ${JSON.stringify(folded)}`,
    );
  }
  console.log(
    `${cards} cards folded, ${differences.length} differences; ${wrongFigures} figures of members kept wrongly${fix ? "; now fixed" : ""}`,
  );
  if (differences.length + wrongFigures > 0 && !fix)
    throw new SetupError("To write what the events say: npm run db:rebuild -- --fix");
});
