import type { ReactNode } from "react";

/** One question of the form that has several answers: its legend, a hint, and what is wrong. */
export function FormSection({
  title,
  hint,
  error,
  children,
}: {
  title: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-semibold text-lg">{title}</legend>
      {hint ? <p className="max-w-prose text-ink-muted text-sm">{hint}</p> : null}
      {error ? (
        <p role="alert" className="font-medium text-sm text-wrong">
          {error}
        </p>
      ) : null}
      {children}
    </fieldset>
  );
}
