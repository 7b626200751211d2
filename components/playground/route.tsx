import { useLocale, useTranslations } from "next-intl";
import { InlineMarkdown } from "#components/ui/markdown.tsx";
import type { Journey } from "#lib/core/playground/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { stepsOf } from "#lib/core/templates/words.ts";
import { capital } from "./telling.ts";

/** The way of a packet as a list: what was done at each hop, and its source and destination after it. */
export function Route({ journey: { path, hops, ended } }: { journey: Journey }) {
  const t = useTranslations("playground.packet");
  const locale = useLocale() as Locale;
  const now = ended ? path.hops.length : hops - 1;
  return (
    <section aria-label={t("title")} className="grid gap-2 rounded-card border border-line bg-raised p-3">
      <h2 className="font-semibold text-sm">{t("title")}</h2>
      <ol className="grid gap-1.5 text-sm">
        {stepsOf(path)
          .slice(0, now + 1)
          .map((step, n) => {
            const hop = path.hops[n];
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: the same may be done twice
                key={n}
                aria-current={n === now ? "step" : undefined}
                className="grid gap-0.5 rounded-lg border-transparent border-l-4 px-2 py-1 aria-[current=step]:border-pod aria-[current=step]:bg-pod-soft"
              >
                <InlineMarkdown>{capital(step[locale])}</InlineMarkdown>
                {hop ? (
                  <span className="font-mono text-ink-muted text-xs">
                    {hop.after.source} → {hop.after.destination}:{hop.after.port}
                  </span>
                ) : null}
              </li>
            );
          })}
      </ol>
      {now < 0 ? <p className="text-ink-muted text-sm">{t("notYet")}</p> : null}
    </section>
  );
}
