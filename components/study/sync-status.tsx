"use client";

import { useTranslations } from "next-intl";
import { useSync } from "./sync-context.tsx";

/** A quiet word on what the server does not have yet; silent while all is saved. */
export function SyncStatus() {
  const t = useTranslations("sync");
  const { state, dismissRefused } = useSync();
  return (
    <div
      role="status"
      data-pending={state.pending}
      data-testid="sync-status"
      className="text-ink-muted text-sm"
    >
      {state.refused > 0 ? (
        <button type="button" onClick={() => void dismissRefused()} className="min-h-9 text-wrong underline">
          {t("refused", { count: state.refused })}
        </button>
      ) : state.pending === 0 ? (
        <span className="sr-only">{t("saved")}</span>
      ) : (
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2 rounded-full bg-vm" />
          {state.problem ? t(state.problem, { count: state.pending }) : t("saving", { count: state.pending })}
        </span>
      )}
    </div>
  );
}
