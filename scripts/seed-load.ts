/** `npm run seed:load -- --members 1000 --reviews 5000000`: one big team in the configured database, to measure with. */
import { parseArgs } from "node:util";
import { SetupError } from "#lib/server/setup-error.ts";
import { loadTeam } from "./demo/load.ts";
import { withDatabase } from "./with-database.ts";

const { values } = parseArgs({
  options: {
    members: { type: "string", default: "1000" },
    reviews: { type: "string", default: "5000000" },
  },
});

await withDatabase(async (database) => {
  const [members, reviews] = [Number(values.members), Number(values.reviews)];
  if (!(members >= 1 && reviews >= members))
    throw new SetupError("Say how much: npm run seed:load -- --members 1000 --reviews 5000000");
  const begun = Date.now();
  const { teamId } = await loadTeam(database, { members, reviews, now: begun }, (words) =>
    console.log(words),
  );
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`Team ${teamId}: ${members} members, ${reviews} reviews, in ${seconds} s`);
});
