import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** What a figure means, how it is counted, and of when it is. */
export interface Explanation {
  definition: ReactNode;
  formula?: ReactNode;
  /** As of when, written out. */
  asOf: string;
}

/** Opens what explains a figure; works without JavaScript. */
export function Explain({ name, definition, formula, asOf }: Explanation & { name: string }) {
  const t = useTranslations("dashboard.explain");
  return (
    <details className="text-ink-muted text-sm print:hidden">
      <summary
        className="w-fit py-1 underline decoration-dotted underline-offset-4"
        aria-label={t("of", { name })}
      >
        {t("what")}
      </summary>
      <dl className="mt-1 grid max-w-prose gap-2 rounded-lg bg-sunken p-3">
        <div>
          <dt className="font-semibold">{t("definition")}</dt>
          <dd>{definition}</dd>
        </div>
        {formula ? (
          <div>
            <dt className="font-semibold">{t("formula")}</dt>
            <dd>{formula}</dd>
          </div>
        ) : null}
        <div>
          <dt className="font-semibold">{t("asOf")}</dt>
          <dd>{asOf}</dd>
        </div>
      </dl>
    </details>
  );
}

/** A figure with its name, what stands beside it, and its explanation. */
export function Figure({
  name,
  value,
  note,
  explanation,
}: {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  explanation: Explanation;
}) {
  return (
    <div className="grid content-start gap-0.5">
      <p className="text-ink-muted text-sm">{name}</p>
      <p className="font-semibold text-2xl tabular-nums">{value}</p>
      {note ? <div className="text-ink-muted text-sm">{note}</div> : null}
      <Explain name={name} {...explanation} />
    </div>
  );
}
