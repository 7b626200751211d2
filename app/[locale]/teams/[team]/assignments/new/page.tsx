import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AssignmentForm } from "#components/assignments/assignment-form.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { TARGETS } from "#lib/core/assignments/limits.ts";
import { type Practice, practiceOf } from "#lib/core/assignments/practice.ts";
import { TEMPLATES } from "#lib/core/assignments/templates.ts";
import { addDays } from "#lib/core/scheduling/index.ts";
import { getAssignmentChoices, getAssignmentDraft } from "#lib/server/queries/assignments.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { createAssignmentAction } from "../actions.ts";
import { optionsFor } from "../options.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("assignments"))("form.newTitle") };
}

/**
 * A new assignment: from nothing, of some concepts for some people (`practiceQuery`), from a template (`?template=`), or as another one
 * is (`?from=`).
 */
export default async function NewAssignmentPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>;
  searchParams: Promise<Partial<Record<"template" | "from" | keyof Practice, string | string[]>>>;
}) {
  const { viewer, now, locale } = await requestContext();
  const [{ team: teamId }, search] = await Promise.all([params, searchParams]);
  const { template: templateId, from } = search;
  const choices = await getAssignmentChoices(viewer, teamId);
  if (!choices) notFound();
  const t = await getTranslations("assignments");
  const unnamed = t("detail.unnamed");
  const options = optionsFor(choices, { now, locale, unnamed });
  const named = practiceOf(search, {
    concepts: choices.areas.flatMap(({ concepts }) => concepts.map(({ id }) => id)),
    people: choices.people.map(({ id }) => id),
  });
  return (
    <>
      <PageHeader title={t("form.newTitle")} />
      <AssignmentForm
        key={JSON.stringify(search)}
        draft={(await copied()) ?? fromTemplate()}
        options={options}
        teamId={teamId}
        saving={{ kind: "create", action: createAssignmentAction }}
      />
    </>
  );

  /** Another assignment, to be changed before it is anybody's. A day that has passed is left to be chosen. */
  async function copied(): Promise<AssignmentDraft | null> {
    const draft = from === undefined ? null : await getAssignmentDraft(viewer, teamId, String(from));
    if (draft?.due.kind === "on" && draft.due.day < options.today) draft.due.day = "";
    return draft;
  }

  function fromTemplate(): AssignmentDraft {
    const template = TEMPLATES.find(({ id }) => id === templateId);
    const { days, whom } = template ?? { days: 14, whom: named.people.length > 0 ? "named" : "everyone" };
    return {
      title: template ? t(`templates.${template.id}.title`) : "",
      note: template ? t(`templates.${template.id}.note`) : "",
      due: whom === "newcomers" ? { kind: "after", days } : { kind: "on", day: addDays(options.today, days) },
      scope: [...(template?.scope ?? []), ...named.concepts.map((id) => ({ kind: "concept" as const, id }))],
      forEveryone: whom === "everyone",
      forNewcomers: whom === "newcomers",
      people: [...named.people],
      groups: [],
      readinessTarget: template?.readinessTarget ?? TARGETS.usual,
      exam: template?.exam ?? null,
    };
  }
}
