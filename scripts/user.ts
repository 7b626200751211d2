/** `npm run user -- reset EMAIL`: a link that sets a new password, for when no mail can be sent. */
import { createToken } from "#lib/server/auth/tokens.ts";
import { config } from "#lib/server/config.ts";
import { db } from "#lib/server/db/client.ts";
import { SetupError } from "#lib/server/setup-error.ts";
import { withDatabase } from "./with-database.ts";

const [command, email] = process.argv.slice(2);

await withDatabase(async () => {
  if (command !== "reset" || !email) throw new SetupError("Say whose password: npm run user -- reset EMAIL");
  const user = await db().user.findUnique({ where: { email: email.toLowerCase() } });
  if (!user) throw new SetupError(`Nobody has the address ${email}.`);
  const purpose = "resetPassword";
  const secret = await createToken(
    db(),
    { userId: user.id, purpose, email: user.email ?? email },
    Date.now(),
  );
  console.log(`${config().appUrl}/${user.locale}/reset-password?token=${secret}`);
});
