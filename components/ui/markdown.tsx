import MarkdownToJsx, { type MarkdownToJSX } from "markdown-to-jsx";
import { Fragment, type ReactNode } from "react";

/**
 * The Markdown subset of content: paragraphs, lists, emphasis, inline and fenced code, links, small headings, tables.
 * Raw HTML is shown as text, images are left out, and links leave in a new tab: what teams write is rendered too.
 */
const options: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  wrapper: Fragment,
  overrides: {
    // Below the page's own title, and without ids: two texts on a page may have the same headings.
    h1: Heading,
    h2: Heading,
    a: { props: { target: "_blank", rel: "noopener noreferrer" } },
    img: () => null,
    // A long manifest scrolls by itself, which needs a focusable region for the keyboard.
    pre: { props: { tabIndex: 0 } },
    table: Table,
  },
};

const inlineOptions: MarkdownToJSX.Options = { ...options, forceBlock: false, forceInline: true };

/** A wide table scrolls in its frame, with the keyboard too; made to scroll itself, it would be no table to screen readers. */
function Table({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="table-frame">
      <table>{children}</table>
    </div>
  );
}

function Heading({ children }: { children: ReactNode }) {
  return <h2>{children}</h2>;
}

/** A text block of content. */
export function Markdown({ children, className = "" }: { children: string; className?: string }) {
  return (
    <div className={`prose-text ${className}`}>
      <MarkdownToJsx options={options}>{children}</MarkdownToJsx>
    </div>
  );
}

/** A short text, such as an option, inside a line. */
export function InlineMarkdown({ children }: { children: string }) {
  return (
    <span className="prose-text">
      <MarkdownToJsx options={inlineOptions}>{children}</MarkdownToJsx>
    </span>
  );
}
