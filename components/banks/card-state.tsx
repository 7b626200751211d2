import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "#components/ui/surface.tsx";
import { type CardMemory, isLeech } from "#lib/core/scheduling/index.ts";

/** Where a card stands, in a word. */
export function CardState({ memory, now }: { memory: CardMemory; now: number }) {
  const t = useTranslations("banks");
  const format = useFormatter();
  if (memory.suspended) return <Badge tone="warn">{t("suspended")}</Badge>;
  if (memory.state === "new") return <Badge>{t("new")}</Badge>;
  if (isLeech(memory)) return <Badge tone="wrong">{t("leech")}</Badge>;
  return (
    <Badge tone="pod">
      {memory.due <= now
        ? t("due")
        : t("dueIn", { when: format.relativeTime(new Date(memory.due), new Date(now)) })}
    </Badge>
  );
}
