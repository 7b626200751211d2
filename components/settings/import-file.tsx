"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import type { ImportPlan } from "#lib/interop/account-file.ts";
import { Feedback } from "./feedback.tsx";

/** Brings an exported file back: first what it would do, then, once agreed to, all of it. */
export function ImportFile() {
  const t = useTranslations("settings");
  const router = useRouter();
  const command = useCommand();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<{ file: File; plan: ImportPlan } | null>(null);
  const [imported, setImported] = useState<number | null>(null);

  const forget = () => {
    setChosen(null);
    if (!input.current) return;
    input.current.value = "";
    // The buttons that were pressed go with the plan.
    input.current.focus();
  };
  const preview = (file: File | undefined) => {
    setImported(null);
    setChosen(null);
    if (!file) return;
    command.run(
      () => send(file, { apply: false, onPlan: (plan) => setChosen({ file, plan }) }),
      () => undefined,
    );
  };
  const apply = (file: File) =>
    command.run(
      () => send(file, { apply: true, onPlan: ({ fresh }) => setImported(fresh) }),
      () => {
        forget();
        router.refresh();
      },
    );

  return (
    <div className="grid gap-4">
      <TextField
        ref={input}
        label={t("import")}
        hint={t("importHint")}
        type="file"
        accept="application/json,.json"
        aria-disabled={command.pending || undefined}
        onClick={(event) => {
          if (command.pending) event.preventDefault();
        }}
        onChange={(event) => preview(event.target.files?.[0])}
        error={command.errorOf()}
      />
      {chosen ? (
        <Preview plan={chosen.plan}>
          <div className="flex flex-wrap gap-3">
            <Button variant="primary" pending={command.pending} onClick={() => apply(chosen.file)}>
              {t("importApply")}
            </Button>
            <Button variant="quiet" pending={command.pending} onClick={forget}>
              {t("cancel")}
            </Button>
          </div>
        </Preview>
      ) : null}
      <Feedback done={imported === null ? undefined : t("imported", { count: imported })} />
    </div>
  );
}

function Preview({ plan, children }: { plan: ImportPlan; children: React.ReactNode }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const list = (names: string[]) => format.list(names, { type: "conjunction" });
  return (
    <section aria-label={t("plan")} className="grid gap-3 rounded-lg border border-line bg-sunken p-4">
      <h3 ref={takeFocus} tabIndex={-1} className="font-semibold text-base outline-none">
        {t("planTitle", { date: format.dateTime(new Date(plan.exportedAt), { dateStyle: "long" }) })}
      </h3>
      <ul className="grid list-disc gap-1 pl-5">
        <li>{t("planFresh", { count: plan.fresh })}</li>
        {plan.had > 0 ? <li>{t("planHad", { count: plan.had })}</li> : null}
        {plan.lessons > 0 ? <li>{t("planLessons", { count: plan.lessons })}</li> : null}
        {plan.refused.map(({ reason, count }) => (
          <li key={reason} className="text-warn">
            {t(`refusals.${reason}`, { count })}
          </li>
        ))}
        <li>
          {plan.settings.length > 0
            ? t("planSettings", { names: list(plan.settings.map((name) => t(`names.${name}`))) })
            : t("planNoSettings")}
        </li>
      </ul>
      {children}
    </section>
  );
}

async function send(
  file: File,
  { apply, onPlan }: { apply: boolean; onPlan: (plan: ImportPlan) => void },
): Promise<Outcome> {
  const response = await fetch(apply ? "/api/import?apply" : "/api/import", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: file,
  });
  const answer: Outcome & { value?: ImportPlan } = await response.json();
  if (answer.value) onPlan(answer.value);
  // Which part of the file is at fault is no field of this form.
  const { field: _, ...outcome } = answer;
  return "ok" in answer ? outcome : { ok: false, error: "unavailable" };
}
