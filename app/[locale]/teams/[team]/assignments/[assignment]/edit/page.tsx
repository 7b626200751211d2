import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AssignmentForm } from "#components/assignments/assignment-form.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { getAssignmentChoices, getAssignmentDraft } from "#lib/server/queries/assignments.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { editAssignmentAction } from "../../actions.ts";
import { optionsFor } from "../../options.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("assignments"))("form.editTitle") };
}

export default async function EditAssignmentPage({
  params,
}: {
  params: Promise<{ team: string; assignment: string }>;
}) {
  const { viewer, now, locale } = await requestContext();
  const { team: teamId, assignment: assignmentId } = await params;
  const [choices, draft] = await Promise.all([
    getAssignmentChoices(viewer, teamId),
    getAssignmentDraft(viewer, teamId, assignmentId),
  ]);
  if (!choices || !draft) notFound();
  const t = await getTranslations("assignments");
  const unnamed = t("detail.unnamed");
  return (
    <>
      <PageHeader title={t("form.editTitle")} />
      <AssignmentForm
        key={JSON.stringify(draft)}
        draft={draft}
        options={optionsFor(choices, { now, locale, unnamed })}
        teamId={teamId}
        saving={{ kind: "edit", assignmentId, action: editAssignmentAction }}
      />
    </>
  );
}
