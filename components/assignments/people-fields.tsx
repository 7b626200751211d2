import { useTranslations } from "next-intl";
import { CheckField } from "#components/ui/field.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { FormSection } from "./form-section.tsx";

export interface PeopleOptions {
  learners: number;
  groups: { id: string; name: string; members: number }[];
  people: { id: string; name: string }[];
}

/** Who is to learn it: everyone, whoever joins, groups, people. */
export function PeopleFields({
  options: { learners, groups, people },
  draft,
  error,
}: {
  options: PeopleOptions;
  draft: AssignmentDraft;
  error: string | undefined;
}) {
  const t = useTranslations("assignments.form");
  return (
    <FormSection title={t("who")} error={error}>
      <CheckField
        name="forEveryone"
        defaultChecked={draft.forEveryone}
        label={t("everyone")}
        hint={t("everyoneHint", { count: learners })}
      />
      <CheckField
        name="forNewcomers"
        defaultChecked={draft.forNewcomers}
        label={t("newcomers")}
        hint={t("newcomersHint")}
      />
      {groups.map(({ id, name, members }) => (
        <CheckField
          key={id}
          name="groups"
          value={id}
          defaultChecked={draft.groups.includes(id)}
          label={t("group", { name })}
          hint={t("members", { count: members })}
        />
      ))}
      <details open={draft.people.length > 0 || undefined}>
        <summary className="min-h-9 cursor-pointer py-1.5">{t("people")}</summary>
        <ScrollArea label={t("people")} className="max-h-80 rounded-lg border border-line px-3 py-1">
          <ul>
            {people.map(({ id, name }) => (
              <li key={id}>
                <label className="flex min-h-9 cursor-pointer items-center gap-2">
                  <input
                    type="checkbox"
                    name="people"
                    value={id}
                    defaultChecked={draft.people.includes(id)}
                    className="size-4 flex-none accent-pod"
                  />
                  <span className="min-w-0 break-words">{name}</span>
                </label>
              </li>
            ))}
          </ul>
        </ScrollArea>
      </details>
    </FormSection>
  );
}
