import type { ReactNode } from "react";

/** A raised ground for one thing. */
export function Card({
  children,
  className = "",
  as: Tag = "section",
}: {
  children: ReactNode;
  className?: string;
  as?: "section" | "div" | "article" | "li";
}) {
  return (
    <Tag className={`rounded-card border border-line bg-raised p-4 shadow-raised sm:p-6 ${className}`}>
      {children}
    </Tag>
  );
}

/** The title of a page, and what it is about. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-6 grid gap-1">
      <h1 className="text-2xl sm:text-3xl">{title}</h1>
      {children ? <div className="max-w-prose text-ink-muted">{children}</div> : null}
    </header>
  );
}

/** A figure with its name. */
export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-ink-muted text-sm">{label}</dt>
      <dd className="font-semibold text-2xl tabular-nums">{value}</dd>
      {note ? <dd className="text-ink-muted text-sm">{note}</dd> : null}
    </div>
  );
}

const TONES = {
  neutral: "bg-sunken text-ink-muted",
  good: "bg-good-soft text-good",
  wrong: "bg-wrong-soft text-wrong",
  warn: "bg-warn-soft text-warn",
  vm: "bg-vm-soft text-vm-ink",
  pod: "bg-pod-soft text-pod-ink",
} as const;
export type Tone = keyof typeof TONES;

/** A word about the state of something. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}

/** A remark set apart. */
export function Callout({ tone, title, children }: { tone: Tone; title: ReactNode; children: ReactNode }) {
  return (
    <div className={`grid gap-1 rounded-lg border-current/60 border-l-4 px-4 py-3 ${TONES[tone]}`}>
      <p className="font-semibold text-sm">{title}</p>
      <div className="text-ink">{children}</div>
    </div>
  );
}

/** A key of the keyboard. On a button it is a hint, which a screen without a keyboard does not need. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded border border-line border-b-2 bg-sunken px-1 font-mono text-ink-muted text-xs pointer-coarse:in-[button]:hidden">
      {children}
    </kbd>
  );
}

/**
 * A share of the way as a bar: what has shifted to the Pod world, and what is still to. The number beside it says the
 * same.
 */
export function Meter({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className="h-1.5 w-full overflow-hidden rounded-full"
    >
      <rect width="100" height="6" className="fill-vm/25" />
      <rect width={percent} height="6" className="fill-pod" />
    </svg>
  );
}

/** What to say where there is nothing yet, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-3 rounded-card border border-line border-dashed px-6 py-12 text-center">
      <p className="font-semibold text-lg">{title}</p>
      <div className="max-w-prose text-ink-muted">{children}</div>
    </div>
  );
}
