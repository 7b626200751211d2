/** Diagrams: themed SVG components, one visual grammar (`grammar.tsx`), each with a text that says the same. */
import type { ComponentType, ReactNode } from "react";
import { type DiagramId, isDiagramId } from "#lib/core/diagrams.ts";
import { DataPlanePlace } from "./data-plane-place.tsx";
import { type Drawn, DrawnProvider } from "./drawn.tsx";
import { EndpointReadiness } from "./endpoint-readiness.tsx";
import { GatewayRoles } from "./gateway-roles.tsx";
import { IngressPath } from "./ingress-path.tsx";
import { LbServiceAzure } from "./lb-service-azure.tsx";
import { NetworkPolicyNsg } from "./network-policy-nsg.tsx";
import { NodeSubnetVsOverlay } from "./node-subnet-vs-overlay.tsx";
import { PacketIn } from "./packet-in.tsx";
import { PacketOut } from "./packet-out.tsx";
import { PodReplaced } from "./pod-replaced.tsx";
import { ReconcileLoop } from "./reconcile-loop.tsx";
import { ServicePath } from "./service-path.tsx";
import { ServicePorts } from "./service-ports.tsx";
import { TrafficPolicy } from "./traffic-policy.tsx";

const diagrams = {
  "service-path": ServicePath,
  "ingress-path": IngressPath,
  "pod-replaced": PodReplaced,
  "reconcile-loop": ReconcileLoop,
  "endpoint-readiness": EndpointReadiness,
  "service-ports": ServicePorts,
  "lb-service-azure": LbServiceAzure,
  "traffic-policy": TrafficPolicy,
  "data-plane-place": DataPlanePlace,
  "gateway-roles": GatewayRoles,
  "node-subnet-vs-overlay": NodeSubnetVsOverlay,
  "packet-in": PacketIn,
  "packet-out": PacketOut,
  "network-policy-nsg": NetworkPolicyNsg,
} satisfies Record<DiagramId, ComponentType>;

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
