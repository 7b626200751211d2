import { inRange, prefixFor } from "./ip.ts";
import type { Network } from "./objects.ts";
import { RULES, type Rules } from "./rules.ts";
import { all, keyOf, matches, namespaceOf, requirements } from "./store.ts";

/** The belief that in a mode Pods have their addresses as in Node Subnet. */
const asNodeSubnet = (mode: Network["mode"]): Pick<Rules, "podRange" | "setAside"> => ({
  podRange: (network) => (network.mode === mode ? "nodeSubnet" : RULES.podRange(network)),
  setAside: (network, used) => (network.mode === mode ? network.maxPods : RULES.setAside(network, used)),
});

/**
 * Wrong beliefs (content/misconceptions), each as the rules of whoever holds it: the truth but for one decision. Asking a cluster
 * under a variant tells what that person expects.
 */
export const VARIANTS = {
  // —— mindset ——
  "pod-ip-is-stable": {
    formerAddress: (_pod, owner, earlier) =>
      owner?.startsWith("ReplicaSet")
        ? earlier.findLast((lease) => lease.owner === owner)?.address
        : undefined,
  },
  "statefulset-keeps-ip": {
    formerAddress: ({ metadata }, owner, earlier) =>
      owner?.startsWith("StatefulSet")
        ? earlier.find(({ pod }) => pod === `${metadata.namespace}/${metadata.name}`)?.address
        : undefined,
  },
  "pod-moves": {
    evict: (pod) => ({
      ...pod,
      spec: { ...pod.spec, nodeName: undefined },
      status: { ...pod.status, phase: "Pending", conditions: [] },
    }),
  },
  "container-restart-changes-ip": { restartKeepsAddress: () => false },
  "container-port-opens": { listens: ({ ports = [] }) => ports.map(({ containerPort }) => containerPort) },
  "reconcile-is-one-shot": {
    podsToMake: (wanted, present, acted) => (acted ? 0 : Math.max(0, wanted - present)),
  },
  "pods-behind-node-nat": {
    sourceIn: (network, zone, otherNode) => (otherNode ? "node" : RULES.sourceIn(network, zone, otherNode)),
  },
  "namespace-isolates-network": { namespacesTalk: () => false },

  // —— service ——
  "selector-mismatch-errors": { acceptsWithoutPods: () => false },
  "selector-is-or": {
    selects: (selector, labels) => {
      const each = requirements(selector, labels);
      return each.length === 0 || each.includes(true);
    },
  },
  "service-is-a-box": { clusterIPAnswersPing: () => true },
  "kube-proxy-always": { servicesBy: () => "kube-proxy" },
  "register-backends": { endpointsFollow: () => false },
  "running-is-ready": { isEndpointReady: ({ status }) => status?.phase === "Running" },
  "port-is-targetport": { targetPort: ({ port }) => port },
  "clusterip-from-outside": { knowsClusterIP: (zone) => zone !== "internet" },
  "nodeport-on-pod-node-only": { nodePortOpen: (node, endpointNodes) => endpointNodes.includes(node) },
  "lb-backend-is-pods": { poolHolds: () => "Pods" },
  "one-lb-per-service-resource": { loadBalancerFor: (service) => keyOf(service) },
  "external-ip-is-public": { isInternal: () => false },
  "source-ip-kept": { hidesClient: () => false },
  "local-is-preference": {
    endpointsFor: (policy, node, ready) => {
      const near = RULES.endpointsFor(policy, node, ready);
      return near.length > 0 ? near : ready;
    },
  },
  "headless-has-vip": { hasClusterIP: ({ spec }) => spec.type !== "ExternalName" },
  "externalname-proxies": { hasClusterIP: ({ spec }) => spec.clusterIP !== "None" },
  "short-name-everywhere": {
    searchDomains: (namespace, cluster) => {
      const others = all(cluster, "Namespace")
        .map(keyOf)
        .filter((name) => name !== namespace);
      return [namespace, ...others]
        .map((name) => `${name}.svc.cluster.local`)
        .concat("svc.cluster.local", "cluster.local");
    },
  },
  "dns-answer-means-healthy": { resolvesWithoutEndpoints: () => false },
  "dns-name-is-enough-for-pod": { podNameResolves: () => true },
  "affinity-by-cookie": { sticksBy: (_client, cookie) => cookie },

  // —— ingress ——
  "ingress-works-alone": { servedWithoutController: () => true },
  "class-is-optional-decoration": { takesUp: () => true },
  "default-class-fills-existing": { classWithout: (usual) => usual?.metadata.name },
  "one-ingress-per-cluster": { ingressesServed: (ingresses) => ingresses.slice(0, 1) },
  "path-prefix-is-string": {
    pathMatches: (type, rule, path) => (type === "Exact" ? rule === path : path.startsWith(rule)),
  },
  "rules-read-from-top": {
    compareRules: (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place),
  },
  "host-is-not-checked": { hostFits: () => 1 },
  "wildcard-covers-all-levels": {
    hostFits: (rule, host) => {
      const fit = RULES.hostFits(rule, host, "labels");
      return fit === 0 && rule?.startsWith("*.") && rule.slice(2) === host ? rule.length : fit;
    },
  },
  "namespace-crossing": {
    serviceNamed: (name, namespace, cluster) =>
      RULES.serviceNamed(name, namespace, cluster) ??
      all(cluster, "Service").find(({ metadata }) => metadata.name === name),
    needsGrant: () => false,
  },
  "controller-is-always-in-path": { dataPlaneOf: () => "pods" },

  // —— cni ——
  "overlay-uses-vnet-ips": asNodeSubnet("overlay"),
  "flat-means-node-subnet": asNodeSubnet("podSubnet"),
  "dataplane-changes-ipam": {
    podRange: (network) => (network.dataPlane === "cilium" ? "podCidr" : RULES.podRange(network)),
  },
  "node-subnet-ips-on-demand": {
    setAside: (network, used) => (network.mode === "nodeSubnet" ? used : RULES.setAside(network, used)),
  },
  "pod-subnet-ips-on-demand": {
    setAside: (network, used) => (network.mode === "podSubnet" ? used : RULES.setAside(network, used)),
  },
  "pod-block-follows-max-pods": { podBlock: ({ maxPods }) => prefixFor(maxPods + 3) },
  "forget-surge": { nodesAtOnce: (nodes) => nodes },
  "forget-azure-reserved-5": { azureReserved: () => ({ first: 0, last: 0 }) },
  "overlay-pod-reachable-from-vnet": { reachesPods: (_network, zone) => zone !== "internet" },
  "overlay-always-snats": {
    sourceIn: (network, zone, otherNode) =>
      network.mode === "overlay" ? "node" : RULES.sourceIn(network, zone, otherNode),
  },
  "source-is-pod-ip-everywhere": { sourceIn: () => "pod" },
  "overlay-cannot-reach-out": {
    podsReach: ({ mode }, zone) => mode !== "overlay" || zone === "internet",
  },
  "pod-cidr-may-overlap-onprem": {
    staysInCluster: ({ serviceCidr }, address) => inRange(address, serviceCidr),
  },
  "policy-order-matters": { policiesAllow: (allowing) => allowing.every(Boolean) },
  "replies-need-a-rule": { repliesPass: () => false },
  "pod-selector-crosses-namespaces": { podSelectorReaches: () => true },

  // —— together ——
  "lb-targets-nodeport": { loadBalancerKeepsDestination: () => false },
  "egress-uses-ingress-ip": {
    outboundAddress: (pod, cluster) => {
      const inFront = all(cluster, "Service").find(
        (service) =>
          service.spec.type === "LoadBalancer" &&
          namespaceOf(service) === pod?.metadata.namespace &&
          matches({ matchLabels: service.spec.selector }, pod?.metadata.labels),
      );
      return inFront?.status?.loadBalancer?.ingress?.[0]?.ip ?? RULES.outboundAddress(pod, cluster);
    },
  },
  "refused-means-firewall": { blockedLooksLike: () => "refused" },
} as const satisfies Record<string, Partial<Rules>>;

export type MisconceptionId = keyof typeof VARIANTS;

/** The same for each belief every time, so that what was found out under it is found again. */
const RULES_UNDER = new Map(
  Object.entries(VARIANTS).map(([id, variant]): [string, Rules] => [id, { ...RULES, ...variant }]),
);

/** The rules of whoever holds a wrong belief. */
export const withVariant = (id: MisconceptionId): Rules => RULES_UNDER.get(id)!;
