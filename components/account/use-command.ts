"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef, useState, useTransition } from "react";

/** What a server action answers, as a form sees it. */
export interface Outcome {
  ok: boolean;
  error?: ErrorCode;
  field?: string;
  /** Further fields that are wrong. */
  others?: { error: ErrorCode; field: string }[];
  retryAfter?: number;
}

type ErrorCode = Parameters<ReturnType<typeof useTranslations<"errors">>>[0];

/**
 * Runs an action from a form: whether it is under way, and what is wrong, in words, by field. After a failure the first
 * field that is wrong has the focus.
 */
export function useCommand(): {
  pending: boolean;
  /** For the form whose fields are meant. */
  form: RefObject<HTMLFormElement | null>;
  /** What went wrong, for a form that offers a way out of it. */
  error: ErrorCode | undefined;
  /** The message for a field, with own words where a form knows more; without a name, the message that belongs to none. */
  errorOf: (field?: string, words?: Partial<Record<ErrorCode, string>>) => string | undefined;
  run: (work: () => Promise<Outcome>, onDone: () => void) => void;
} {
  const errors = useTranslations("errors");
  const auth = useTranslations("auth");
  const [pending, startTransition] = useTransition();
  const [failure, setFailure] = useState<Outcome | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const faults = failure ? [failure, ...(failure.others ?? [])] : [];
  const wait = auth("wait", { minutes: Math.ceil((failure?.retryAfter ?? 60) / 60) });
  return {
    pending,
    form,
    error: failure?.error,
    errorOf: (field, words) => {
      const error = faults.find((fault) => fault.field === field)?.error;
      return error && (words?.[error] ?? errors(error, { wait }));
    },
    run: (work, onDone) =>
      startTransition(async () => {
        // An action rejects only when the server cannot be reached.
        const outcome = await work().catch((): Outcome => ({ ok: false, error: "unavailable" }));
        setFailure(outcome.ok ? null : outcome);
        if (outcome.ok) onDone();
      }),
  };
}
