/** Diagrams: themed SVG components, one visual grammar (`grammar.tsx`), each with a text that says the same. */
import type { ComponentType, ReactNode } from "react";
import { type DiagramId, isDiagramId } from "#lib/core/diagrams.ts";
import { type Drawn, DrawnProvider } from "./drawn.tsx";
import { IngressPath } from "./ingress-path.tsx";
import { ServicePath } from "./service-path.tsx";

const diagrams = { "service-path": ServicePath, "ingress-path": IngressPath } satisfies Record<
  DiagramId,
  ComponentType
>;

/** The diagram of an id. */
export function Diagram({ id }: { id: DiagramId }) {
  const Drawing = diagrams[id];
  return <Drawing />;
}

/**
 * Draws what the items' explanations show, on the server, for screens that ask in the browser: a session comes with its
 * drawings, and no page with code for all of them.
 */
export function WithDiagrams({
  items,
  children,
}: {
  items: readonly { diagram?: string | undefined }[];
  children: ReactNode;
}) {
  const ids = new Set(items.flatMap(({ diagram }) => (diagram && isDiagramId(diagram) ? [diagram] : [])));
  const drawn: Drawn = Object.fromEntries([...ids].map((id) => [id, <Diagram key={id} id={id} />]));
  return <DrawnProvider value={drawn}>{children}</DrawnProvider>;
}
