import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Inline } from "#components/questions/parts.tsx";
import { Button } from "#components/ui/button.tsx";
import { InlineMarkdown } from "#components/ui/markdown.tsx";
import { Callout } from "#components/ui/surface.tsx";
import { takeFocus } from "#components/ui/take-focus.ts";
import type { Prediction } from "#lib/core/playground/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";

/** What somebody expects of a deed, before it is done. */
export function Predict({
  prediction,
  deed,
  onExpect,
  onCancel,
  takesFocus = false,
}: {
  prediction: Prediction;
  /** What is about to be done: Markdown. */
  deed: string;
  /** The id of an option; null where the question was skipped. */
  onExpect: (option: string | null) => void;
  onCancel?: (() => void) | undefined;
  /** Whether it stands where what had the focus was. */
  takesFocus?: boolean;
}) {
  const t = useTranslations("playground.predict");
  const locale = useLocale() as Locale;
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <form
      className="grid gap-3"
      data-testid="predict"
      onSubmit={(event) => {
        event.preventDefault();
        onExpect(chosen);
      }}
    >
      <fieldset className="grid gap-2">
        <legend className="mb-1">
          <span className="block text-ink-muted text-sm">
            <InlineMarkdown>{deed}</InlineMarkdown>
          </span>
          <span className="font-semibold">
            <Inline text={prediction.question} locale={locale} />
          </span>
        </legend>
        {prediction.options.map(({ id, text }, n) => (
          <label
            key={id}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-line px-3 py-2 hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name="expected"
              ref={takesFocus && n === 0 ? takeFocus : undefined}
              checked={chosen === id}
              onChange={() => setChosen(id)}
              className="mt-1 size-4 flex-none accent-pod outline-none"
            />
            <span className="min-w-0 break-words">
              <Inline text={text} locale={locale} />
            </span>
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={chosen === null}>
          {t("watch")}
        </Button>
        <Button onClick={() => onExpect(null)} data-skip="">
          {t("skip")}
        </Button>
        {onCancel ? (
          <Button variant="quiet" onClick={onCancel}>
            {t("cancel")}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** What was expected and what happened, once it has. */
export function Outcome({ prediction, option }: { prediction: Prediction; option: string }) {
  const t = useTranslations("playground.predict");
  const locale = useLocale() as Locale;
  const right = option === prediction.key;
  const chosen = prediction.options.find(({ id }) => id === option);
  const key = prediction.options.find(({ id }) => id === prediction.key);
  return (
    <div role="status" data-testid="outcome">
      <Callout tone={right ? "good" : "wrong"} title={right ? `✓ ${t("right")}` : `✕ ${t("wrong")}`}>
        <dl className="grid gap-1 text-sm">
          {right || !chosen ? null : (
            <div>
              <dt className="text-ink-muted">{t("expected")}</dt>
              <dd>
                <Inline text={chosen.text} locale={locale} />
              </dd>
            </div>
          )}
          {key ? (
            <div>
              <dt className="text-ink-muted">{t("happened")}</dt>
              <dd>
                <Inline text={key.text} locale={locale} />
              </dd>
            </div>
          ) : null}
        </dl>
        {chosen?.why && !right ? (
          <p className="mt-2 text-sm">
            <Inline text={chosen.why} locale={locale} />
          </p>
        ) : null}
      </Callout>
    </div>
  );
}
