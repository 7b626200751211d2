/** Diagrams: themed SVG components, one visual grammar (`grammar.tsx`), each with a text that says the same. */
import type { ComponentType } from "react";
import type { DiagramId } from "#lib/core/diagrams.ts";
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
