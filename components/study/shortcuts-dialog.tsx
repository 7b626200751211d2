"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
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
  ["E", "explanation"],
  ["?", "help"],
] as const;

/** All keys of the study screen. */
export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("study");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-shade" />
        <Dialog.Popup className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-30 max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-auto rounded-card border border-line bg-raised p-6 shadow-raised">
          <Dialog.Title className="mb-4 text-lg">{t("shortcuts")}</Dialog.Title>
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
          <Dialog.Close render={<Button className="mt-6 w-full" />}>{t("close")}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
