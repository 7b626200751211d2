import type { Source } from "#lib/core/questions/index.ts";

/** Where a fact comes from: a link to the documentation, or a section of the article. */
export function SourceLink({ source: { title, url, section } }: { source: Source }) {
  if (!url) return section ? `${title} — ${section}` : title;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className="underline underline-offset-2">
      {title}
    </a>
  );
}
