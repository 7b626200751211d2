/**
 * The place of something that is on its way. It appears only after a moment: most pages are there sooner, and a flash
 * of grey would make them feel slower.
 */
export function Skeleton({ className = "" }: { className?: string }) {
  return <div aria-hidden="true" className={`skeleton rounded-card bg-sunken ${className}`} />;
}
