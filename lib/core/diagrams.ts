/** The diagrams that lessons and items may name; each has a component in `components/diagrams`. */
export const DIAGRAM_IDS = [
  "service-path",
  "ingress-path",
  "pod-replaced",
  "reconcile-loop",
  "endpoint-readiness",
  "service-ports",
  "lb-service-azure",
  "traffic-policy",
  "data-plane-place",
  "gateway-roles",
  "node-subnet-vs-overlay",
  "packet-in",
  "packet-out",
  "network-policy-nsg",
] as const;
export type DiagramId = (typeof DIAGRAM_IDS)[number];

export const isDiagramId = (id: string): id is DiagramId => (DIAGRAM_IDS as readonly string[]).includes(id);
