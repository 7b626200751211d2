import type { MailWishes } from "#lib/core/reminders/index.ts";
import type { User } from "#lib/server/db/generated/client.ts";

/** Which letters somebody gets. */
export const wishesOf = ({
  mailsAssignments: assignments,
  mailsWeekly: weekly,
  mailsDue: due,
}: Pick<User, "mailsAssignments" | "mailsWeekly" | "mailsDue">): MailWishes => ({ assignments, weekly, due });

/** The same as columns; what is absent stays as it is. */
export const columnsOf = ({ assignments, weekly, due }: Partial<MailWishes>) => ({
  ...(assignments === undefined ? {} : { mailsAssignments: assignments }),
  ...(weekly === undefined ? {} : { mailsWeekly: weekly }),
  ...(due === undefined ? {} : { mailsDue: due }),
});
