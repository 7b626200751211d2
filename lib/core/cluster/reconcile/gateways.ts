import { hash } from "../../questions/random.ts";
import { backendOf, controllersOf, ingressesOf, whyDetached } from "../http.ts";
import { addressAt } from "../ip.ts";
import type {
  Address,
  Cluster,
  Condition,
  Gateway,
  HTTPRoute,
  ParentReference,
  ProxyController,
} from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, find, fold, keyOf, namespaceOf, put } from "../store.ts";
import type { Controller } from "./controller.ts";
import { externalAddress } from "./services.ts";

/** Proxies that Azure hosts are reached at addresses drawn from a range that is kept for documentation (RFC 5737). */
const HOSTED = "198.51.100.0/24";

/** Controllers of Ingresses tell in their status where the proxies are reached. Where none takes one up, ADDRESS stays empty. */
export const ingresses: Controller = (cluster, { rules }) => {
  const taken = new Map(
    controllersOf(cluster, rules)
      .toReversed()
      .flatMap((controller) =>
        ingressesOf(cluster, controller.name, rules).map((one) => [one, controller] as const),
      ),
  );
  return fold(cluster, taken, (now, [ingress, controller]) => {
    const known = ingress.status?.loadBalancer?.ingress?.[0]?.ip;
    const address =
      controller.dataPlane === "azure"
        ? (known ?? hostedAddress(now, keyOf(ingress)))
        : externalAddress(now, controller.service ?? "");
    if (address === undefined) return now;
    return put(now, { ...ingress, status: { loadBalancer: { ingress: [{ ip: address }] } } });
  });
};

function hostedAddress(cluster: Cluster, key: string): Address {
  const taken = new Set([
    ...all(cluster, "Ingress").flatMap(({ status }) => status?.loadBalancer?.ingress?.map(({ ip }) => ip)),
    ...all(cluster, "Gateway").flatMap(({ status }) => status?.addresses?.map(({ value }) => value)),
  ]);
  const from = hash(key);
  const places = Array.from({ length: 254 }, (_, n) => addressAt(HOSTED, 1 + ((from + n) % 254)));
  return places.find((address) => !taken.has(address)) ?? addressAt(HOSTED, 0);
}

const condition = (type: string, reason: string, good: boolean): Condition => ({
  type,
  status: good ? "True" : "False",
  reason,
});

/** The controller of a Gateway's class, if it is installed. */
export const controllerOf = (cluster: Cluster, gateway: Gateway): ProxyController | undefined => {
  const name = find(cluster, "GatewayClass", gateway.spec.gatewayClassName)?.spec.controllerName;
  return cluster.controllers.find((controller) => controller.name === name);
};

/** Controllers of Gateways accept classes, set up what carries the traffic, and tell which routes attach. */
export const gateways: Controller = (cluster, { rules }) => {
  const classes = all(cluster, "GatewayClass").filter(({ spec }) =>
    cluster.controllers.some(({ name }) => name === spec.controllerName),
  );
  const accepted = fold(cluster, classes, (now, one) =>
    put(now, { ...one, status: { conditions: [condition("Accepted", "Accepted", true)] } }),
  );
  const programmed = fold(accepted, all(accepted, "Gateway"), (now, gateway) => {
    const controller = controllerOf(now, gateway);
    return controller ? program(now, gateway, controller) : now;
  });
  return fold(programmed, all(programmed, "HTTPRoute"), (now, route) => {
    const parents =
      route.spec.parentRefs?.flatMap((parentRef) => parentStatus(now, route, parentRef, rules)) ?? [];
    return parents.length === 0 && !route.status ? now : put(now, { ...route, status: { parents } });
  });
};

/** The label of the Pods that are proxies of a Gateway. */
export const GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

/** The name of the Deployment and Service that a Gateway with proxies in the cluster gets (Istio: automated deployment). */
export const proxyKey = (gateway: Gateway): string => `${keyOf(gateway)}-${gateway.spec.gatewayClassName}`;

function program(cluster: Cluster, gateway: Gateway, { dataPlane }: ProxyController): Cluster {
  const prepared = dataPlane === "pods" ? withProxies(cluster, gateway) : cluster;
  const known = gateway.status?.addresses?.[0]?.value;
  const value =
    dataPlane === "pods"
      ? externalAddress(prepared, proxyKey(gateway))
      : (known ?? hostedAddress(prepared, keyOf(gateway)));
  const conditions = [
    condition("Accepted", "Accepted", true),
    value === undefined
      ? condition("Programmed", "AddressNotAssigned", false)
      : condition("Programmed", "Programmed", true),
  ];
  const addresses = value === undefined ? undefined : [{ type: "IPAddress" as const, value }];
  return put(prepared, { ...gateway, status: { addresses, conditions } });
}

/** Makes the proxies of a Gateway and their Service; their number is left to who scales them. */
function withProxies(cluster: Cluster, gateway: Gateway): Cluster {
  const labels = { [GATEWAY_NAME]: gateway.metadata.name };
  const ports = [...new Set(gateway.spec.listeners.map(({ port }) => port))];
  const [, name = ""] = proxyKey(gateway).split("/");
  const metadata = {
    name,
    namespace: gateway.metadata.namespace,
    labels,
    ownerReferences: [{ kind: "Gateway" as const, name: gateway.metadata.name }],
    creationTimestamp: gateway.metadata.creationTimestamp,
  };
  const containers = [
    { name: "proxy", image: "proxy", ports: ports.map((containerPort) => ({ containerPort })) },
  ];
  const deployment = find(cluster, "Deployment", proxyKey(gateway));
  const service = find(cluster, "Service", proxyKey(gateway));
  const known = (port: number) => service?.spec.ports?.find((one) => one.port === port);
  const deployed = put(cluster, {
    ...deployment,
    kind: "Deployment",
    metadata,
    spec: {
      ...deployment?.spec,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  });
  return put(deployed, {
    ...service,
    kind: "Service",
    metadata: { ...metadata, annotations: gateway.spec.infrastructure?.annotations },
    spec: {
      externalTrafficPolicy: "Cluster",
      ...service?.spec,
      type: "LoadBalancer",
      selector: labels,
      ports: ports.map(
        (port) => known(port) ?? { name: `port-${port}`, protocol: "TCP", port, targetPort: port },
      ),
    },
  });
}

function parentStatus(cluster: Cluster, route: HTTPRoute, parentRef: ParentReference, rules: Rules) {
  const gateway = find(cluster, "Gateway", `${parentRef.namespace ?? namespaceOf(route)}/${parentRef.name}`);
  if (!gateway || !controllerOf(cluster, gateway)) return [];
  const why = whyDetached(cluster, gateway, route, parentRef, rules);
  const backends = (route.spec.rules ?? []).flatMap(({ backendRefs = [] }) =>
    backendRefs.map((ref) => backendOf(cluster, route, ref, rules)),
  );
  const broken = backends.some(({ notPermitted }) => notPermitted)
    ? "RefNotPermitted"
    : backends.some(({ service }) => !service)
      ? "BackendNotFound"
      : undefined;
  return [
    {
      parentRef,
      conditions: [
        condition("Accepted", why ?? "Accepted", !why),
        condition("ResolvedRefs", broken ?? "ResolvedRefs", !broken),
      ],
    },
  ];
}
