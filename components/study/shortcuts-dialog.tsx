"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/surface.tsx";

const KEYS = [
  ["1 – 6, A – F", "choose"],
  ["Enter", "submit"],
  ["Space", "turn"],
  ["1 – 4", "rate"],
  ["↑ ↓", "order"],
  ["U", "undo"],
  ["B", "bury"],
  ["S", "suspend"],
  ["L", "lesson"],
  ["E", "explanation"],
  ["?", "help"],
] as const;

/** All keys of the study screen. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations("study");
  return (
    <Dialog open={open} onClose={onClose} title={t("shortcuts")}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {KEYS.map(([keys, action]) => (
          <div key={action} className="contents">
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{t(`keys.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <Button className="mt-6 w-full" onClick={onClose}>
        {t("close")}
      </Button>
    </Dialog>
  );
}
