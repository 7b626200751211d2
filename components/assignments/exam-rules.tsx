import { useTranslations } from "next-intl";
import type { useCommand } from "#components/account/use-command.ts";
import { CheckField, TextField } from "#components/ui/field.tsx";
import type { ExamRules } from "#lib/core/assignments/draft.ts";
import { EXAM_RANGES, USUAL_EXAM } from "#lib/core/assignments/limits.ts";

const FIGURES = ["itemsPerConcept", "minutes", "passMark", "maxAttempts", "waitHours"] as const;

/** The rules of a final check. The pass mark is in per cent here. */
export function ExamRulesFields({
  rules,
  errorOf,
}: {
  rules: ExamRules | null;
  errorOf: ReturnType<typeof useCommand>["errorOf"];
}) {
  const t = useTranslations("assignments.form.exam");
  const { passMark, ...others } = rules ?? USUAL_EXAM;
  const values = { ...others, passMark: Math.round(passMark * 1000) / 10 };
  return (
    <div className="grid gap-4 ps-4">
      <div className="grid gap-4 sm:grid-cols-2">
        {FIGURES.map((name) => {
          const [min, max] = EXAM_RANGES[name].map((limit) => (name === "passMark" ? limit * 100 : limit));
          return (
            <TextField
              key={name}
              label={t(name)}
              name={name}
              type="number"
              inputMode="numeric"
              min={min}
              max={max}
              defaultValue={values[name]}
              error={errorOf(`exam.${name}`, {
                "invalid-input": t("range", { min: min ?? 0, max: max ?? 0 }),
              })}
            />
          );
        })}
      </div>
      <CheckField
        name="drawnPerAttempt"
        defaultChecked={values.drawnPerAttempt}
        label={t("drawnPerAttempt")}
        hint={t("drawnPerAttemptHint")}
      />
      <CheckField
        name="reviewable"
        defaultChecked={values.reviewable}
        label={t("reviewable")}
        hint={t("reviewableHint")}
      />
    </div>
  );
}

/** The rules as the form has them. An empty field is no number, not none. */
export function readExamRules(data: FormData): ExamRules {
  const number = (name: string) => Number(data.get(name) || Number.NaN);
  return {
    itemsPerConcept: number("itemsPerConcept"),
    minutes: number("minutes"),
    passMark: number("passMark") / 100,
    maxAttempts: number("maxAttempts"),
    waitHours: number("waitHours"),
    drawnPerAttempt: data.has("drawnPerAttempt"),
    reviewable: data.has("reviewable"),
  };
}
