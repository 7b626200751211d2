import type { Segment } from "#lib/core/search.ts";

/** A text with what was searched for marked. */
export function Marked({ segments }: { segments: readonly Segment[] }) {
  let at = 0;
  return segments.map(({ text, match }) => {
    at += text.length;
    return match ? (
      <mark key={at} className="rounded-sm bg-warn-soft font-semibold text-warn">
        {text}
      </mark>
    ) : (
      <span key={at}>{text}</span>
    );
  });
}
