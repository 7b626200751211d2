import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

/** One thing to narrow a dashboard down by. */
export interface FilterField {
  name: "group" | "assignment" | "area" | "period";
  value: string | undefined;
  options: readonly { value: string; label: string }[];
}

/** What a dashboard is narrowed down to: a form that goes to the same page, works without JavaScript, and can be bookmarked. */
export function FilterBar({
  fields,
  kept = {},
}: {
  fields: readonly FilterField[];
  /** What else of the address stays, such as the order of a table. */
  kept?: Readonly<Record<string, string | undefined>>;
}) {
  const t = useTranslations("dashboard.filter");
  return (
    <form aria-label={t("title")} className="mb-6 flex flex-wrap items-end gap-3 print:hidden">
      {Object.entries(kept).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {fields
        .filter(({ options }) => options.length > 0)
        .map(({ name, value, options }) => (
          <label key={name} className="grid max-w-full gap-1 text-sm">
            {t(name)}
            <select
              // Another address is another choice: without this the browser would keep the one before.
              key={value}
              name={name}
              defaultValue={value ?? ""}
              className="min-h-11 max-w-56 rounded-lg border border-line-strong bg-raised px-2"
            >
              {name === "period" ? null : <option value="">{t("all")}</option>}
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          </label>
        ))}
      <Button type="submit">{t("apply")}</Button>
    </form>
  );
}
