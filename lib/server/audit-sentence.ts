import type { getTranslations } from "next-intl/server";
import { Role } from "#lib/server/db/generated/client.ts";
import type { AuditEntryView, Named } from "#lib/server/queries/audit.ts";

type Words = Awaited<ReturnType<typeof getTranslations<"audit">>>;

/** What to call somebody in the log: whoever erased their account by the end of an id that says nothing else. */
export const nameOf = ({ id, name }: Named, t: Words): string =>
  name ?? t("formerMember", { tag: id.slice(-4) });

/** What an entry tells of, with what its details have to say. */
export function auditSentence({ action, details }: AuditEntryView, t: Words): string {
  const roles = Object.values(Role) as unknown[];
  const words = Object.fromEntries(
    Object.entries(details).map(([key, value]) => [
      key,
      roles.includes(value)
        ? t(`roles.${value as Role}`)
        : typeof value === "boolean"
          ? String(value)
          : value,
    ]),
  );
  return t(`sentences.${action}`, { ...NOTHING, ...words });
}

/** A sentence must not fail because an entry says less than those written later. */
const NOTHING = {
  name: "",
  timeZone: "",
  joinDomains: "",
  joinGroups: "",
  role: "",
  from: "",
  to: "",
  by: "",
  group: "",
  before: "",
  title: "",
  day: "",
  sharesAll: "",
  entries: 0,
  maxUses: 0,
  days: 0,
};
