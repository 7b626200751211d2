import { hasLocale } from "next-intl";
import { getTranslations } from "next-intl/server";
import { routing } from "#lib/i18n/routing.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { csvResponse } from "#lib/server/csv-response.ts";
import { problem } from "#lib/server/problem.ts";
import { getAllPeople, peopleFilterSchema } from "#lib/server/queries/people.ts";

/** The members of a team as a file, narrowed down and sorted as the page is. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale;
  const people = await getAllPeople(await getViewer(), (await params).team, peopleFilterSchema.parse(query));
  if (!people) return problem(404, "There is no such team");
  const t = await getTranslations({ locale, namespace: "people" });
  const teams = await getTranslations({ locale, namespace: "teams" });
  const groupNames = new Map(people.groups.map(({ id, name }) => [id, name]));
  return csvResponse(
    "podshift-people",
    [t("name"), t("email"), t("role"), t("groups"), t("joined"), t("shares")],
    people.members.map(({ name, email, role, groupIds, joinedAt, sharesAll }) => [
      name,
      email,
      teams(`roles.${role}`),
      groupIds.map((id) => groupNames.get(id) ?? "").join("; "),
      new Date(joinedAt).toISOString(),
      t(sharesAll ? "sharesAll" : "sharesAssigned"),
    ]),
  );
}
