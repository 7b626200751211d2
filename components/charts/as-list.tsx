import { useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";

/** What a chart shows, on demand in words. */
export function AsList({ lines }: { lines: readonly { label: string; text: string }[] }) {
  const t = useTranslations("charts");
  return (
    <details className="text-ink-muted text-sm">
      <summary className="w-fit py-1">{t("asTable")}</summary>
      <ScrollArea label={t("asTable")} className="mt-1 max-h-60">
        <ul className="grid gap-0.5 tabular-nums">
          {lines.map(({ label, text }) => (
            <li key={label}>{text}</li>
          ))}
        </ul>
      </ScrollArea>
    </details>
  );
}
