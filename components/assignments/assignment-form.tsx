"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { CheckField, TextArea, TextField } from "#components/ui/field.tsx";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { MAX_DAYS, MAX_NOTE_LENGTH, MAX_TITLE_LENGTH, TARGETS } from "#lib/core/assignments/limits.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { ExamRulesFields, readExamRules } from "./exam-rules.tsx";
import { FormSection } from "./form-section.tsx";
import { PeopleFields, type PeopleOptions } from "./people-fields.tsx";
import { ScopeFields, type ScopeOptions, toParts } from "./scope-fields.tsx";

/** What can be chosen, in the reader's language. */
export interface AssignmentOptions extends ScopeOptions, PeopleOptions {
  /** Today where the team is, `YYYY-MM-DD`. */
  today: string;
}

/** The targets to choose from; another one that was set is offered beside them. */
const TARGET_CHOICES = [0.7, 0.75, 0.8, TARGETS.usual, 0.9, TARGETS.max];

/** Makes or edits an assignment, and goes to its page. */
export function AssignmentForm({
  draft,
  options,
  teamId,
  saving,
}: {
  draft: AssignmentDraft;
  options: AssignmentOptions;
  teamId: string;
  /** Whether one is made, or which is edited, and the action that does it. */
  saving:
    | {
        kind: "create";
        action: (input: {
          teamId: string;
          draft: AssignmentDraft;
        }) => Promise<Outcome & { value?: { assignmentId: string } }>;
      }
    | {
        kind: "edit";
        assignmentId: string;
        action: (input: { assignmentId: string; draft: AssignmentDraft }) => Promise<Outcome>;
      };
}) {
  const t = useTranslations("assignments.form");
  const router = useRouter();
  const command = useCommand();
  const [scope, setScope] = useState(() => new Set(draft.scope.map(({ kind, id }) => `${kind}:${id}`)));
  const [dueKind, setDueKind] = useState(draft.due.kind);
  const [day, setDay] = useState(draft.due.kind === "on" ? draft.due.day : "");
  const [days, setDays] = useState(draft.due.kind === "after" ? draft.due.days : 28);
  const [hasTarget, setHasTarget] = useState(draft.readinessTarget !== null);
  const [hasExam, setHasExam] = useState(draft.exam !== null);
  const edited = saving.kind === "edit" ? saving.assignmentId : null;
  const listHref = `/teams/${teamId}/assignments`;
  const daysGiven =
    dueKind === "after" ? days : Math.round((Date.parse(day) - Date.parse(options.today)) / 86_400_000) + 1;

  const errorOf: typeof command.errorOf = (field, words) => command.errorOf(`draft.${field}`, words);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "");
    const all = (name: string) => data.getAll(name).map(String);
    const changed: AssignmentDraft = {
      title: text("title"),
      note: text("note"),
      due: dueKind === "on" ? { kind: "on", day } : { kind: "after", days },
      scope: toParts(scope),
      forEveryone: data.has("forEveryone"),
      forNewcomers: data.has("forNewcomers"),
      people: all("people"),
      groups: all("groups"),
      readinessTarget: hasTarget ? Number(text("readinessTarget")) : null,
      exam: hasExam ? readExamRules(data) : null,
    };
    let made = edited;
    command.run(
      async () => {
        if (saving.kind === "edit") {
          return saving.action({ assignmentId: saving.assignmentId, draft: changed });
        }
        const outcome = await saving.action({ teamId, draft: changed });
        made = outcome.value?.assignmentId ?? null;
        return outcome;
      },
      () => router.push(`${listHref}/${made}`),
    );
  };
  const daysError = errorOf("due.days", { "invalid-input": t("daysError") });
  const targets = [...new Set([...TARGET_CHOICES, draft.readinessTarget ?? TARGETS.usual])].sort(
    (a, b) => a - b,
  );
  return (
    <form ref={command.form} onSubmit={submit} className="grid max-w-3xl gap-8" noValidate>
      <div className="grid gap-5">
        <TextField
          label={t("title")}
          name="title"
          required
          maxLength={MAX_TITLE_LENGTH}
          defaultValue={draft.title}
          error={errorOf("title")}
        />
        <TextArea
          label={t("note")}
          hint={t("noteHint")}
          name="note"
          rows={3}
          maxLength={MAX_NOTE_LENGTH}
          defaultValue={draft.note}
          error={errorOf("note")}
        />
      </div>
      <ScopeFields
        options={options}
        chosen={scope}
        onChange={setScope}
        days={daysGiven}
        error={errorOf("scope")}
      />
      <PeopleFields options={options} draft={draft} error={errorOf("people")} />
      <FormSection title={t("due")} hint={t("dueHint")}>
        <CheckField
          type="radio"
          name="dueKind"
          checked={dueKind === "on"}
          onChange={() => setDueKind("on")}
          label={t("dueOn")}
        />
        {dueKind === "on" ? (
          <TextField
            label={t("day")}
            type="date"
            min={options.today}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            error={errorOf("due.day")}
          />
        ) : null}
        <CheckField
          type="radio"
          name="dueKind"
          checked={dueKind === "after"}
          onChange={() => setDueKind("after")}
          label={t("dueAfter")}
        />
        {dueKind === "after" ? (
          <TextField
            label={t("days")}
            type="number"
            inputMode="numeric"
            min={1}
            max={MAX_DAYS}
            value={Number.isNaN(days) ? "" : days}
            onChange={(event) => setDays(event.currentTarget.valueAsNumber)}
            error={daysError}
          />
        ) : null}
      </FormSection>
      <FormSection title={t("done")} hint={t("doneHint")} error={errorOf("readinessTarget")}>
        <CheckField
          checked={hasTarget}
          onChange={(event) => setHasTarget(event.currentTarget.checked)}
          label={t("byReadiness")}
          hint={t("byReadinessHint")}
        />
        {hasTarget ? (
          <label className="flex flex-wrap items-center gap-3 ps-4">
            <span className="font-medium">{t("target")}</span>
            <select
              name="readinessTarget"
              defaultValue={draft.readinessTarget ?? TARGETS.usual}
              className="min-h-11 rounded-lg border border-line-strong bg-raised px-3"
            >
              {targets.map((target) => (
                <option key={target} value={target}>
                  {`${Math.round(target * 1000) / 10}%`}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <CheckField
          checked={hasExam}
          onChange={(event) => setHasExam(event.currentTarget.checked)}
          label={t("byExam")}
          hint={t("byExamHint")}
        />
        {hasExam ? <ExamRulesFields rules={draft.exam} errorOf={errorOf} /> : null}
      </FormSection>
      <div className="grid gap-4">
        <Feedback error={command.errorOf()} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" size="lg" pending={command.pending}>
            {edited ? t("save") : t("assign")}
          </Button>
          <LinkButton href={edited ? `${listHref}/${edited}` : listHref} size="lg">
            {t("cancel")}
          </LinkButton>
        </div>
      </div>
    </form>
  );
}
