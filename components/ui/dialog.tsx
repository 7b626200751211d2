"use client";

import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

/**
 * A question or a page of help above the page. The browser's own dialog: it holds the focus, gives it back, closes on
 * Escape, and makes the page behind it inert.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  alert = false,
  children,
}: {
  open: boolean;
  /** Called when it was closed, by whatever means. */
  onClose: () => void;
  title: string;
  /** The id of the element inside that says what it is about. */
  description?: string;
  /** Whether something is lost by a wrong answer: read out at once, and not closed by a click beside it. */
  alert?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before it leaves the page, if it does: only a dialog that is closed gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open) return;
    element?.showModal();
    return () => element?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      role={alert ? "alertdialog" : undefined}
      aria-labelledby={id}
      aria-describedby={description}
      closedby={alert ? "closerequest" : "any"}
      // The browser says so a moment later: by then it may be open again, as when development mounts everything twice.
      onClose={() => {
        if (!dialog.current?.open) onClose();
      }}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-auto rounded-card border border-line bg-raised p-6 text-ink shadow-raised backdrop:bg-shade"
    >
      <h2 id={id} className="mb-4 font-semibold text-lg">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
