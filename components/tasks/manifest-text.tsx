import { useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";

/** Manifests to read, with the numbers of their lines; lines with a problem are marked. */
export function ManifestText({
  label,
  text,
  marked = new Set(),
}: {
  label: string;
  text: string;
  /** Numbers of lines, from 1. */
  marked?: ReadonlySet<number>;
}) {
  const t = useTranslations("task");
  return (
    <ScrollArea label={label} className="max-h-96 rounded-lg border border-line bg-raised py-2">
      <pre className="w-max min-w-full font-mono text-sm leading-relaxed">
        {text
          .trimEnd()
          .split("\n")
          .map((line, index) => {
            const isMarked = marked.has(index + 1);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <span key={index} className={`flex pr-4 ${isMarked ? "bg-wrong-soft" : ""}`}>
                <span
                  aria-hidden="true"
                  className={`w-11 flex-none select-none pr-3 text-right ${isMarked ? "font-bold text-wrong" : "text-ink-muted"}`}
                >
                  {isMarked ? "✕ " : ""}
                  {index + 1}
                </span>
                {isMarked ? <span className="sr-only">{t("markedLine")}: </span> : null}
                <span>{line}</span>
                {"\n"}
              </span>
            );
          })}
      </pre>
    </ScrollArea>
  );
}
