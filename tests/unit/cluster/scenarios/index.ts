import { addresses } from "./addresses.ts";
import { dns } from "./dns.ts";
import { endpoints } from "./endpoints.ts";
import { gateways } from "./gateways.ts";
import { ingresses } from "./ingresses.ts";
import { loadBalancers } from "./load-balancers.ts";
import { networks } from "./networks.ts";
import { nodes } from "./nodes.ts";
import { policies } from "./policies.ts";
import { rollouts } from "./rollouts.ts";
import type { Scenario } from "./scenario.ts";
import { services } from "./services.ts";
import { statefulSets } from "./stateful-sets.ts";
import { traffic } from "./traffic.ts";

/** What is published about Kubernetes and AKS, and must come out of the model as well: all of it, by area. */
export const SCENARIOS: Readonly<Record<string, readonly Scenario[]>> = {
  "scheduling and rollout": rollouts,
  "Pod addresses": addresses,
  endpoints,
  "Service types and ports": services,
  "traffic through Services": traffic,
  DNS: dns,
  "Azure Load Balancer": loadBalancers,
  Ingress: ingresses,
  "Gateway API": gateways,
  NetworkPolicy: policies,
  "networks around the cluster": networks,
  "loss of nodes": nodes,
  StatefulSets: statefulSets,
};
