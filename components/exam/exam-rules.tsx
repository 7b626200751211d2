import { useFormatter, useTranslations } from "next-intl";

/** What is to be known before beginning, in words. */
export function ExamRules({
  items,
  minutes,
  passMark,
  maxAttempts,
  waitHours,
  reviewable,
}: {
  items: number;
  minutes: number;
  /** Share of items to be right, 0 to 1. */
  passMark: number;
  maxAttempts: number;
  waitHours: number;
  reviewable: boolean;
}) {
  const t = useTranslations("exam");
  const format = useFormatter();
  const rules = [
    t("ruleSize", { count: items, minutes }),
    t("rulePass", {
      share: format.number(passMark, { style: "percent" }),
      // What is not quite a whole item takes one more; binary fractions may be off by a hair.
      right: Math.ceil(passMark * items - 1e-9),
      count: items,
    }),
    t("ruleAttempts", { count: maxAttempts, hours: waitHours }),
    t("ruleSaved"),
    t("ruleClock"),
    t("ruleKeys"),
    reviewable ? t("ruleReview") : t("ruleNoReview"),
    t("ruleCards"),
  ];
  return (
    <ul className="grid max-w-prose list-disc gap-1.5 pl-5">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}
