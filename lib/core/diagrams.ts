/** The diagrams that lessons and items may name; each has a component in `components/diagrams`. */
export const DIAGRAM_IDS = ["service-path", "ingress-path"] as const;
export type DiagramId = (typeof DIAGRAM_IDS)[number];

export const isDiagramId = (id: string): id is DiagramId => (DIAGRAM_IDS as readonly string[]).includes(id);
