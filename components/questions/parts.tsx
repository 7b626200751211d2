import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { InlineMarkdown, Markdown } from "#components/ui/markdown.tsx";
import type { Locale, Text } from "#lib/core/questions/index.ts";

/** How a part of an answer turned out. */
export type Verdict = "right" | "wrong" | "missed" | "none";

const LOOKS: Record<Verdict, { symbol: string; className: string }> = {
  right: { symbol: "✓", className: "border-good bg-good-soft" },
  wrong: { symbol: "✕", className: "border-wrong bg-wrong-soft" },
  missed: { symbol: "○", className: "border-good border-dashed" },
  none: { symbol: "", className: "border-line" },
};

/** A part of an answer with its verdict in shape and words; what explains it goes below. */
export function VerdictRow({
  verdict,
  children,
  detail,
}: {
  verdict: Verdict;
  children: ReactNode;
  detail?: ReactNode;
}) {
  const t = useTranslations("questions");
  const { symbol, className } = LOOKS[verdict];
  return (
    <li className={`grid grid-cols-[1.5rem_1fr] gap-x-2 rounded-lg border px-3 py-2.5 ${className}`}>
      <span aria-hidden="true" className="text-center font-bold">
        {symbol}
      </span>
      <div className="min-w-0">
        {verdict === "none" ? null : <span className="sr-only">{t(`verdict.${verdict}`)}: </span>}
        {children}
        {detail ? <div className="mt-1 text-ink-muted text-sm">{detail}</div> : null}
      </div>
    </li>
  );
}

/** Sends the answer. Enter does the same from anywhere in the form. */
export function SubmitButton({
  disabled = false,
  label,
}: {
  disabled?: boolean;
  /** What it says instead of "Answer". */
  label?: string | undefined;
}) {
  const t = useTranslations("questions");
  return (
    <Button type="submit" variant="primary" size="lg" disabled={disabled} className="mt-5 w-full sm:w-auto">
      {label ?? t("answer")}
    </Button>
  );
}

/** A short content text in the reader's language. */
export function Inline({ text, locale }: { text: Text; locale: Locale }) {
  return <InlineMarkdown>{text[locale]}</InlineMarkdown>;
}

/** A content text in the reader's language. */
export function Block({ text, locale, className = "" }: { text: Text; locale: Locale; className?: string }) {
  return <Markdown className={className}>{text[locale]}</Markdown>;
}
