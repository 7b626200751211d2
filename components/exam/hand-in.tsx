"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Feedback } from "#components/settings/feedback.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** Asks before an attempt is handed in, and says what is not answered. */
export function HandIn({
  open,
  onClose,
  unanswered,
  onShow,
  submit,
  onDone,
}: {
  open: boolean;
  onClose: () => void;
  /** Places of the questions without an answer, from 0. */
  unanswered: readonly number[];
  /** Goes to a question. */
  onShow: (position: number) => void;
  /** Sends what is not sent yet, then hands in. */
  submit: () => Promise<Outcome>;
  onDone: () => void;
}) {
  const t = useTranslations("exam");
  const command = useCommand();
  const [done, setDone] = useState(false);
  const description = useId();
  return (
    <Dialog open={open} onClose={onClose} title={t("handInTitle")} description={description} alert>
      <div className="grid gap-4">
        <div id={description} className="grid gap-2">
          {unanswered.length > 0 ? (
            <p className="font-medium text-warn">{t("unansweredLeft", { count: unanswered.length })}</p>
          ) : (
            <p>{t("allAnswered")}</p>
          )}
          <p className="text-ink-muted">{t("handInText")}</p>
        </div>
        {unanswered.length > 0 ? (
          <ul className="flex flex-wrap gap-2">
            {unanswered.map((position) => (
              <li key={position}>
                <Button size="sm" onClick={() => onShow(position)}>
                  {t("toQuestion", { place: position + 1 })}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        <Feedback error={command.errorOf()} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="quiet" onClick={onClose}>
            {t("goOn")}
          </Button>
          <Button
            variant="primary"
            pending={command.pending || done}
            onClick={() =>
              command.run(submit, () => {
                setDone(true);
                onDone();
              })
            }
          >
            {t("handIn")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
