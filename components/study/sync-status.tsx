"use client";

import { useTranslations } from "next-intl";
import { useSync } from "./sync-context.tsx";

/**
 * A quiet word on what the server does not have yet: silent while all is saved, a dot while it is being saved, a line of
 * its own when that does not work.
 */
export function SyncStatus() {
  const t = useTranslations("sync");
  const { state, dismissRefused } = useSync();
  const stuck = state !== null && (state.refused > 0 || state.problem);
  return (
    <div
      role="status"
      data-pending={state?.pending}
      data-testid="sync-status"
      className={`text-ink-muted text-sm ${stuck ? "basis-full" : ""}`}
    >
      {state === null ? null : state.refused > 0 ? (
        <button type="button" onClick={() => void dismissRefused()} className="min-h-9 text-wrong underline">
          {t("refused", { count: state.refused })}
        </button>
      ) : state.pending === 0 ? (
        <span className="sr-only">{t("saved")}</span>
      ) : (
        <span className="flex items-baseline gap-2">
          <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-vm" />
          {state.problem ? (
            <span className="pb-1">{t(state.problem, { count: state.pending })}</span>
          ) : (
            <span className="sr-only">{t("saving", { count: state.pending })}</span>
          )}
        </span>
      )}
    </div>
  );
}
