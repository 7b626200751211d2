import type { ComponentProps } from "react";
import { Link } from "#lib/i18n/navigation.ts";

const VARIANTS = {
  primary: "bg-pod text-on-pod hover:bg-pod-ink border-transparent shadow-sm",
  secondary: "bg-raised text-ink border-line hover:border-line-strong",
  quiet: "bg-transparent text-ink-muted border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-raised text-wrong border-line hover:border-wrong",
} as const;

const SIZES = {
  md: "min-h-11 px-4 py-2",
  sm: "min-h-9 px-3 py-1 text-sm",
  lg: "min-h-12 px-6 py-2.5 text-lg",
} as const;

interface Look {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
}

const look = ({ variant = "secondary", size = "md" }: Look, className = "") =>
  `inline-flex items-center justify-center gap-2 rounded-lg border font-medium transition-colors duration-150 disabled:opacity-50 aria-disabled:opacity-50 ${VARIANTS[variant]} ${SIZES[size]} ${className}`;

/** A button; at least 44 px high unless small. */
export function Button({
  variant,
  size,
  className,
  type = "button",
  pending = false,
  onClick,
  ...props
}: ComponentProps<"button"> &
  Look & {
    /** What it began is under way: clicks do nothing, and it keeps the focus. */
    pending?: boolean;
  }) {
  return (
    <button
      type={type}
      className={look({ variant, size }, className)}
      // Not `disabled`, which would drop the focus to the top of the page. Enter in a field is a click as well.
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...props}
    />
  );
}

/** A link that looks like a button. */
export function LinkButton({ variant, size, className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link className={look({ variant, size }, className)} {...props} />;
}

/** A link to a file, which looks like a button. */
export function DownloadButton({ variant, size, className, ...props }: ComponentProps<"a"> & Look) {
  return <a download="" className={look({ variant, size }, className)} {...props} />;
}
