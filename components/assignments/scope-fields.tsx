"use client";

import { useTranslations } from "next-intl";
import { CheckField } from "#components/ui/field.tsx";
import type { ScopePart } from "#lib/core/assignments/draft.ts";
import { FormSection } from "./form-section.tsx";

export interface ScopeOptions {
  areas: { id: string; title: string; concepts: { id: string; title: string; items: number }[] }[];
  banks: { id: string; title: string; concepts: string[] }[];
}

/** What is chosen, each as `<kind>:<id>`. */
export type ChosenScope = ReadonlySet<string>;

export const toParts = (chosen: ChosenScope): ScopePart[] =>
  [...chosen].map((key) => {
    const [kind, id] = key.split(":") as [ScopePart["kind"], string];
    return { kind, id };
  });

/** What is to be learned: areas as a whole or single concepts of them, or banks; and what that comes to a day. */
export function ScopeFields({
  options: { areas, banks },
  chosen,
  onChange,
  days,
  error,
}: {
  options: ScopeOptions;
  chosen: ChosenScope;
  onChange: (chosen: Set<string>) => void;
  /** Days that there are for it. */
  days: number;
  error: string | undefined;
}) {
  const t = useTranslations("assignments.form");
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  const viaBank = new Set(
    banks.filter(({ id }) => chosen.has(`bank:${id}`)).flatMap((bank) => bank.concepts),
  );
  const concepts = areas.flatMap((area) =>
    area.concepts.filter(
      ({ id }) => chosen.has(`area:${area.id}`) || chosen.has(`concept:${id}`) || viaBank.has(id),
    ),
  );
  const items = concepts.reduce((sum, concept) => sum + concept.items, 0);
  return (
    <FormSection title={t("scope")} hint={t("scopeHint")} error={error}>
      <div className="grid gap-2">
        {areas.map(({ id: areaId, title, concepts: ofArea }) => {
          const whole = chosen.has(`area:${areaId}`);
          const some = ofArea.filter(({ id }) => chosen.has(`concept:${id}`)).length;
          return (
            <div key={areaId} className="grid gap-2 rounded-lg border border-line p-2">
              <CheckField checked={whole} onChange={() => toggle(`area:${areaId}`)} label={title} />
              {whole ? null : (
                <details open={some > 0 || undefined} className="px-2 pb-1">
                  <summary className="min-h-9 cursor-pointer py-1.5 text-sm">
                    {t("concepts", { count: ofArea.length, chosen: some })}
                  </summary>
                  <ul className="grid gap-x-4 sm:grid-cols-2">
                    {ofArea.map(({ id, title: concept, items: cards }) => (
                      <li key={id}>
                        <label className="flex min-h-9 cursor-pointer items-center gap-2 text-sm">
                          <input
                            type="checkbox"
                            checked={chosen.has(`concept:${id}`)}
                            onChange={() => toggle(`concept:${id}`)}
                            className="size-4 flex-none accent-pod"
                          />
                          <span className="min-w-0">{concept}</span>
                          <span className="ms-auto text-ink-muted tabular-nums">
                            {t("cards", { count: cards })}
                          </span>
                        </label>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </div>
          );
        })}
        <details open={banks.some(({ id }) => chosen.has(`bank:${id}`)) || undefined}>
          <summary className="min-h-9 cursor-pointer py-1.5 text-sm">{t("banks")}</summary>
          <div className="grid gap-2">
            {banks.map(({ id, title }) => (
              <CheckField
                key={id}
                checked={chosen.has(`bank:${id}`)}
                onChange={() => toggle(`bank:${id}`)}
                label={title}
              />
            ))}
          </div>
        </details>
      </div>
      <p role="status" className="font-medium">
        {items === 0
          ? t("nothingChosen")
          : days > 0
            ? t("amount", { concepts: concepts.length, items, perDay: Math.ceil(items / days) })
            : t("amountOnly", { concepts: concepts.length, items })}
      </p>
    </FormSection>
  );
}
