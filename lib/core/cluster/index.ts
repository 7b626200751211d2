/**
 * The cluster model: what Kubernetes and AKS networking do, small and exact. Make a cluster, apply manifests, let it settle, and
 * ask where packets go; under the truth, or under a wrong belief. README.md says what is modelled and what is not. Text comes in
 * by yaml.ts, which only those load who need it.
 */
export {
  addNode,
  cordon,
  failNode,
  fullKey,
  relabel,
  remove,
  restartContainer,
  restoreNode,
  scale,
  setImage,
  setReady,
} from "./actions.ts";
export { apply } from "./apply.ts";
export { type ClusterOptions, createCluster } from "./create.ts";
export { resolve } from "./dns.ts";
export { routeRequest } from "./http.ts";
export { addressAt, inRange, prefixFor } from "./ip.ts";
export type * from "./objects.ts";
export type * from "./packet.ts";
export { vnetAddresses } from "./reconcile/addresses.ts";
export { slicesOf, targetsOf } from "./reconcile/endpoints.ts";
export { RULES, type Rules } from "./rules.ts";
export { addressesNeeded, type Plan } from "./sizing.ts";
export { settle, step, UnsettledError } from "./step.ts";
export { all, find, isEqual, keyOf } from "./store.ts";
export { addressOf } from "./topology.ts";
export { pathTaken, symptom, trace } from "./trace.ts";
export { type MisconceptionId, VARIANTS, withVariant } from "./variants.ts";
