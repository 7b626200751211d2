"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

const CONTROL =
  "min-h-11 w-full rounded-lg border border-line-strong bg-raised px-3 py-2 text-ink aria-[invalid=true]:border-wrong";

interface Labelled {
  label: string;
  /** What to know before filling it in. */
  hint?: ReactNode;
  /** What is wrong with what was filled in. */
  error?: string | undefined;
}

function Frame({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-muted text-sm">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="font-medium text-sm text-wrong">
          {error}
        </p>
      ) : null}
    </div>
  );
}

const described = (id: string, { hint, error }: Labelled) =>
  [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;

/** A line of text with its label, hint and error. */
export function TextField({
  label,
  hint,
  error,
  className = "",
  ...props
}: ComponentProps<"input"> & Labelled) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={described(id, labelled)}
        className={`${CONTROL} ${className}`}
        {...props}
      />
    </Frame>
  );
}

/** A choice from a list with its label, hint and error. */
export function SelectField({ label, hint, error, children, ...props }: ComponentProps<"select"> & Labelled) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <select
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={described(id, labelled)}
        className={CONTROL}
        {...props}
      >
        {children}
      </select>
    </Frame>
  );
}

/** Several lines of text with their label, hint and error. */
export function TextArea({ label, hint, error, ...props }: ComponentProps<"textarea"> & Labelled) {
  const id = useId();
  const labelled = { label, hint, error };
  return (
    <Frame id={id} {...labelled}>
      <textarea
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={described(id, labelled)}
        className={CONTROL}
        {...props}
      />
    </Frame>
  );
}

/** Something to be ticked, or one of several to choose from, with what it means. */
export function CheckField({
  label,
  hint,
  type = "checkbox",
  ...props
}: ComponentProps<"input"> & Pick<Labelled, "label" | "hint"> & { type?: "checkbox" | "radio" }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-line px-4 py-2.5 hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus">
      <input type={type} className="mt-1 size-4 flex-none accent-pod outline-none" {...props} />
      <span className="grid min-w-0 gap-0.5">
        <span className="break-words">{label}</span>
        {hint ? <span className="text-ink-muted text-sm">{hint}</span> : null}
      </span>
    </label>
  );
}
