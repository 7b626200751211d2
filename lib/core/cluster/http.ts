import { defaultClass } from "./apply.ts";
import type {
  BackendRef,
  Cluster,
  Gateway,
  HTTPRoute,
  HTTPRouteMatch,
  Ingress,
  IngressBackend,
  Key,
  Listener,
  ParentReference,
  ProxyController,
  Service,
  ServicePort,
} from "./objects.ts";
import type { HttpRequest, Route } from "./packet.ts";
import { type Candidate, RULES, type Rules } from "./rules.ts";
import { all, find, keyOf, matches, namespaceOf } from "./store.ts";

/** Where a request comes in: at the proxies of an Ingress controller, or at a port of a Gateway. */
export type Entry = { controller: string } | { gateway: Key; port: number };

/** What a rule hands a request to. */
export interface Backend {
  /** As the rule names it. */
  key: Key;
  /** Absent where there is none by that name and port, or the reference is not permitted. */
  service?: Service;
  port?: ServicePort;
}

export interface RouteFound {
  route: Route;
  backends: readonly Backend[];
}

/** A rule of either API, brought to one form. */
interface Rule {
  from: Ingress | HTTPRoute;
  /** As it stands in the object, … */
  written?: string;
  /** … and as it counts: no wider than the listener's. */
  host?: string;
  match: { path: { type: string; value: string } } & Pick<HTTPRouteMatch, "method" | "headers">;
  /** Place among the rules of its object. */
  place: number;
  backends: () => Backend[];
}

/** The rule of an Ingress or HTTPRoute that a request meets; undefined where none does. */
export function routeRequest(
  cluster: Cluster,
  entry: Entry,
  request: HttpRequest,
  rules: Rules = RULES,
): RouteFound | undefined {
  const isIngress = "controller" in entry;
  // A port in the Host header says nothing about the host.
  const host = (request.host ?? "").replace(/:\d+$/, "");
  const ingresses = isIngress ? ingressesOf(cluster, entry.controller, rules) : [];
  const written = isIngress
    ? ingresses.flatMap((ingress) => ingressRules(cluster, ingress, rules))
    : gatewayRules(cluster, entry, host, rules);
  const wildcard = isIngress ? "one label" : "labels";
  const [first] = closest(written, (rule) => rules.hostFits(rule.host, host, wildcard))
    .filter(({ match }) => meets(match, request, rules))
    .toSorted((a, b) => rules.compareRules(candidate(a), candidate(b)));
  if (first) {
    const route = {
      kind: first.from.kind,
      key: keyOf(first.from),
      host: first.host,
      path: first.match.path.value,
    };
    return { route, backends: first.backends() };
  }
  for (const ingress of ingresses) {
    const { defaultBackend } = ingress.spec;
    if (!defaultBackend) continue;
    const backends = [ingressBackend(cluster, defaultBackend, namespaceOf(ingress), rules)];
    return { route: { kind: "Ingress", key: keyOf(ingress) }, backends };
  }
  return undefined;
}

const candidate = ({ from, match, place }: Rule): Candidate => ({
  exact: match.path.type === "Exact",
  length: match.path.value.replace(/\/$/, "").length,
  method: match.method !== undefined,
  headers: match.headers?.length ?? 0,
  created: from.metadata.creationTimestamp ?? 0,
  key: keyOf(from),
  place,
});

function meets({ path, method, headers = [] }: Rule["match"], request: HttpRequest, rules: Rules): boolean {
  const given = Object.entries(request.headers ?? {}).map(
    ([name, value]) => `${name.toLowerCase()}:${value}`,
  );
  return (
    rules.pathMatches(path.type, path.value, request.path) &&
    (method === undefined || method === (request.method ?? "GET")) &&
    headers.every(({ name, value }) => given.includes(`${name.toLowerCase()}:${value}`))
  );
}

/** The items whose host fits a request best. */
function closest<T>(items: readonly T[], fits: (item: T) => number): T[] {
  const best = Math.max(0, ...items.map(fits));
  return best === 0 ? [] : items.filter((item) => fits(item) === best);
}

/** The controllers whose proxies answer. */
export const controllersOf = (cluster: Cluster, rules: Rules): readonly ProxyController[] =>
  rules.servedWithoutController()
    ? [...cluster.controllers, { name: "", dataPlane: "azure", subnet: cluster.network.nodeSubnet }]
    : cluster.controllers;

/** The Ingresses that a controller takes up. */
export function ingressesOf(cluster: Cluster, controller: string, rules: Rules): readonly Ingress[] {
  const classes = all(cluster, "IngressClass")
    .filter(({ spec }) => spec.controller === controller)
    .map(keyOf);
  const takesUp = (ingress: Ingress, own: readonly string[]) =>
    rules.takesUp(classOf(ingress, cluster, rules), own);
  const known = new Set(cluster.controllers.map(({ name }) => name));
  const served = all(cluster, "IngressClass")
    .filter(({ spec }) => known.has(spec.controller))
    .map(keyOf);
  const own = all(cluster, "Ingress").filter((ingress) =>
    controller === "" ? !takesUp(ingress, served) : takesUp(ingress, classes),
  );
  return rules.ingressesServed(own);
}

const classOf = ({ spec, metadata }: Ingress, cluster: Cluster, rules: Rules): string | undefined =>
  spec.ingressClassName ??
  metadata.annotations?.["kubernetes.io/ingress.class"] ??
  rules.classWithout(defaultClass(cluster));

const ingressRules = (cluster: Cluster, ingress: Ingress, rules: Rules): Rule[] =>
  (ingress.spec.rules ?? [])
    .flatMap(({ host, http }) => (http?.paths ?? []).map((path) => ({ host, ...path })))
    .map(({ host, path = "/", pathType, backend }, place) => ({
      from: ingress,
      written: host,
      host,
      match: { path: { type: pathType, value: path } },
      place,
      backends: () => [ingressBackend(cluster, backend, namespaceOf(ingress), rules)],
    }));

function ingressBackend(
  cluster: Cluster,
  { service: { name, port } }: IngressBackend,
  namespace: string,
  rules: Rules,
): Backend {
  const service = rules.serviceNamed(name, namespace, cluster);
  const servicePort = service?.spec.ports?.find((one) =>
    port.name === undefined ? one.port === port.number : one.name === port.name,
  );
  return { key: `${namespace}/${name}`, service: servicePort && service, port: servicePort };
}

/** The rules of the routes that attach to the listener of a Gateway which a request comes to: the one with the closest host. */
function gatewayRules(
  cluster: Cluster,
  entry: { gateway: Key; port: number },
  host: string,
  rules: Rules,
): Rule[] {
  const gateway = find(cluster, "Gateway", entry.gateway);
  if (!gateway) return [];
  const listening = gateway.spec.listeners.filter(({ port }) => port === entry.port);
  const listeners = closest(listening, ({ hostname }) => rules.hostFits(hostname, host, "labels"));
  return listeners.flatMap((listener) => {
    const met = { ...gateway, spec: { ...gateway.spec, listeners: [listener] } };
    const attached = all(cluster, "HTTPRoute").filter((route) =>
      route.spec.parentRefs?.some(
        ({ namespace = namespaceOf(route), ...parent }) =>
          keyOf(gateway) === `${namespace}/${parent.name}` &&
          !whyDetached(cluster, met, route, parent, rules),
      ),
    );
    return attached.flatMap((route) => httpRouteRules(cluster, route, listener, rules));
  });
}

const httpRouteRules = (cluster: Cluster, route: HTTPRoute, listener: Listener, rules: Rules): Rule[] =>
  (route.spec.rules ?? []).flatMap(({ matches: written, backendRefs = [] }, place) =>
    sharedHosts(listener, route, rules).flatMap((hosts) =>
      (written?.length ? written : [{}]).map(({ path, method, headers }) => ({
        from: route,
        ...hosts,
        match: { path: { type: path?.type ?? "PathPrefix", value: path?.value ?? "/" }, method, headers },
        place,
        backends: () =>
          backendRefs
            .filter(({ weight = 1 }) => weight > 0)
            .map((ref) => backendOf(cluster, route, ref, rules)),
      })),
    ),
  );

/** The hosts that a route and a listener have in common: the narrower of each two that overlap. */
function sharedHosts(
  { hostname }: Listener,
  { spec }: HTTPRoute,
  rules: Rules,
): Pick<Rule, "written" | "host">[] {
  const fits = (wide: string, narrow: string) => rules.hostFits(wide, narrow, "labels") > 0;
  if (!spec.hostnames?.length) return [{ host: hostname }];
  return spec.hostnames.flatMap((written) => {
    if (hostname === undefined || fits(hostname, written)) return [{ written, host: written }];
    return fits(written, hostname) ? [{ written, host: hostname }] : [];
  });
}

/** Why a route does not attach to any listener of a Gateway by a reference; undefined where it does. */
export function whyDetached(
  cluster: Cluster,
  gateway: Gateway,
  route: HTTPRoute,
  { sectionName, port }: ParentReference,
  rules: Rules,
): string | undefined {
  const listeners = gateway.spec.listeners.filter(
    (one) => (sectionName ?? one.name) === one.name && (port ?? one.port) === one.port,
  );
  if (listeners.length === 0) return "NoMatchingParent";
  const allowed = listeners.filter(({ allowedRoutes }) => {
    const { from = "Same", selector = {} } = allowedRoutes?.namespaces ?? {};
    if (from !== "Selector") return from === "All" || namespaceOf(route) === namespaceOf(gateway);
    return matches(selector, find(cluster, "Namespace", namespaceOf(route))?.metadata.labels);
  });
  if (allowed.length === 0) return "NotAllowedByListeners";
  const shared = allowed.some((listener) => sharedHosts(listener, route, rules).length > 0);
  return shared ? undefined : "NoMatchingListenerHostname";
}

/** The Service that a route refers to, if it may. */
export function backendOf(
  cluster: Cluster,
  route: HTTPRoute,
  { name, namespace = namespaceOf(route), port }: BackendRef,
  rules: Rules,
): Backend & { notPermitted?: true } {
  const key = `${namespace}/${name}`;
  if (namespace !== namespaceOf(route) && rules.needsGrant() && !isGranted(cluster, route, name, namespace))
    return { key, notPermitted: true };
  const service = find(cluster, "Service", key);
  const servicePort = service?.spec.ports?.find((one) => one.port === port);
  return { key, service: servicePort && service, port: servicePort };
}

/** Whether the target's namespace permits a reference across namespaces (Gateway API: ReferenceGrant). */
const isGranted = (cluster: Cluster, route: HTTPRoute, name: string, namespace: string): boolean =>
  all(cluster, "ReferenceGrant").some(
    (grant) =>
      namespaceOf(grant) === namespace &&
      grant.spec.from.some(
        (from) =>
          from.group === "gateway.networking.k8s.io" &&
          from.kind === "HTTPRoute" &&
          from.namespace === namespaceOf(route),
      ) &&
      grant.spec.to.some(
        (to) => to.group === "" && to.kind === "Service" && (to.name === undefined || to.name === name),
      ),
  );
