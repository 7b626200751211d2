import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "#components/ui/button.tsx";
import { Card, PageHeader } from "#components/ui/surface.tsx";
import { KINDS } from "#lib/core/questions/index.ts";
import { getCurriculum } from "#lib/server/queries/curriculum.ts";
import { requestContext } from "#lib/server/request-context.ts";

/** What a quiz does to the schedule; the first is the usual one. */
const MODES = ["quiz", "cram"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("quiz") };
}

/** What to be asked. A plain form: the quiz is its URL. */
export default async function QuizPage() {
  const { viewer, locale } = await requestContext();
  const [t, kinds, { areas, concepts }] = await Promise.all([
    getTranslations("quiz"),
    getTranslations("kinds"),
    getCurriculum(viewer),
  ]);
  const choices = (name: string, legend: string, options: { value: string; label: string }[]) => (
    <fieldset>
      <legend className="mb-2 font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map(({ value, label }) => (
          <label
            key={value}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-line px-3 has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
          >
            <input type="checkbox" name={name} value={value} className="size-4 accent-pod outline-none" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
  const select = (name: string, label: string, options: [string, string][]) => (
    <label className="grid gap-1.5">
      <span className="font-medium">{label}</span>
      <select name={name} className="min-h-11 rounded-lg border border-line-strong bg-raised px-3">
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      <Card className="max-w-3xl">
        <form action={`/${locale}/quiz/play`} className="grid gap-6">
          {choices(
            "areas",
            t("areas"),
            areas
              .filter(({ id }) => concepts.some(({ areaId }) => areaId === id))
              .map(({ id, title }) => ({ value: id, label: title[locale] })),
          )}
          {choices(
            "kinds",
            t("kinds"),
            KINDS.map((kind) => ({ value: kind, label: kinds(kind) })),
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            {select(
              "count",
              t("count"),
              ["10", "20", "40"].map((count) => [count, t("questions", { count: Number(count) })]),
            )}
            {select("minutes", t("time"), [
              ["0", t("noLimit")],
              ...["5", "10", "20"].map((count): [string, string] => [
                count,
                t("minutes", { count: Number(count) }),
              ]),
            ])}
            {select("feedback", t("feedback"), [
              ["each", t("feedbackEach")],
              ["end", t("feedbackEnd")],
            ])}
          </div>
          <fieldset className="grid gap-2">
            <legend className="mb-2 font-medium">{t("mode")}</legend>
            {MODES.map((mode) => (
              <label
                key={mode}
                className="flex cursor-pointer items-start gap-3 rounded-lg border border-line px-4 py-3 hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
              >
                <input
                  type="radio"
                  name="mode"
                  value={mode}
                  defaultChecked={mode === "quiz"}
                  className="mt-1 size-4 flex-none accent-pod outline-none"
                />
                <span className="grid gap-0.5">
                  <span className="font-medium">{t(`modes.${mode}.title`)}</span>
                  <span className="text-ink-muted text-sm">{t(`modes.${mode}.text`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p className="text-ink-muted text-sm">{t("counts")}</p>
          <Button type="submit" variant="primary" size="lg" className="justify-self-start">
            {t("start")}
          </Button>
        </form>
      </Card>
    </>
  );
}
