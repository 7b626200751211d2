import { defaultClass } from "./apply.ts";
import type {
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

interface Rule extends Candidate, RouteFound {}

/** The rule of an Ingress or HTTPRoute that a request meets; undefined where none does. */
export function routeRequest(
  cluster: Cluster,
  entry: Entry,
  request: HttpRequest,
  rules: Rules = RULES,
): RouteFound | undefined {
  const found =
    "controller" in entry
      ? ingressRules(cluster, entry.controller, request, rules)
      : gatewayRules(cluster, entry, request, rules);
  const [first] = found.toSorted(rules.compareRules);
  return first && { route: first.route, backends: first.backends };
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

const lengthOf = (path: string): number => path.replace(/\/$/, "").length;

function ingressRules(
  cluster: Cluster,
  controller: string,
  { host = "", path }: HttpRequest,
  rules: Rules,
): Rule[] {
  const ingresses = ingressesOf(cluster, controller, rules);
  const toRule = (
    ingress: Ingress,
    backend: IngressBackend,
    place: number,
    found: { exact?: boolean; host?: string; path?: string },
  ): Rule => ({
    exact: found.exact ?? false,
    length: lengthOf(found.path ?? ""),
    method: false,
    headers: 0,
    created: ingress.metadata.creationTimestamp ?? 0,
    key: keyOf(ingress),
    place,
    route: { kind: "Ingress", key: keyOf(ingress), host: found.host, path: found.path },
    backends: [ingressBackend(cluster, backend, namespaceOf(ingress), rules)],
  });
  const written = ingresses.flatMap((ingress) =>
    (ingress.spec.rules ?? []).map((rule) => ({ ingress, ...rule })),
  );
  const found = closest(written, (rule) => rules.hostFits(rule.host, host, "one label")).flatMap(
    ({ ingress, host: ruleHost, http }) =>
      (http?.paths ?? []).flatMap(({ path: rulePath = "/", pathType, backend }) => {
        if (!rules.pathMatches(pathType, rulePath, path)) return [];
        const place =
          ingress.spec.rules
            ?.flatMap((one) => one.http?.paths ?? [])
            .findIndex((one) => one.backend === backend) ?? 0;
        return [
          toRule(ingress, backend, place, { exact: pathType === "Exact", host: ruleHost, path: rulePath }),
        ];
      }),
  );
  if (found.length > 0) return found;
  return ingresses.flatMap((ingress) =>
    ingress.spec.defaultBackend ? [toRule(ingress, ingress.spec.defaultBackend, 0, {})] : [],
  );
}

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

/** Whether a listener lets routes of a namespace attach. */
function allows(cluster: Cluster, gateway: Gateway, { allowedRoutes }: Listener, namespace: string): boolean {
  const { from = "Same", selector = {} } = allowedRoutes?.namespaces ?? {};
  if (from === "Selector") return matches(selector, find(cluster, "Namespace", namespace)?.metadata.labels);
  return from === "All" || namespace === namespaceOf(gateway);
}

/** Why a route does not attach to a listener by a reference; undefined where it does. */
export function whyDetached(
  cluster: Cluster,
  gateway: Gateway,
  route: HTTPRoute,
  parent: ParentReference,
  rules: Rules,
): string | undefined {
  const named = gateway.spec.listeners.filter(
    ({ name, port }) => (parent.sectionName ?? name) === name && (parent.port ?? port) === port,
  );
  if (named.length === 0) return "NoMatchingParent";
  const allowed = named.filter((listener) => allows(cluster, gateway, listener, namespaceOf(route)));
  if (allowed.length === 0) return "NotAllowedByListeners";
  return allowed.some((listener) => shareHost(listener, route, rules))
    ? undefined
    : "NoMatchingListenerHostname";
}

const refersTo = (
  route: HTTPRoute,
  { name, namespace = namespaceOf(route) }: ParentReference,
  gateway: Gateway,
): boolean => keyOf(gateway) === `${namespace}/${name}`;

const shareHost = ({ hostname }: Listener, { spec: { hostnames = [] } }: HTTPRoute, rules: Rules): boolean =>
  hostname === undefined ||
  hostnames.length === 0 ||
  hostnames.some(
    (own) => rules.hostFits(hostname, own, "labels") > 0 || rules.hostFits(own, hostname, "labels") > 0,
  );

function gatewayRules(
  cluster: Cluster,
  entry: { gateway: Key; port: number },
  request: HttpRequest,
  rules: Rules,
): Rule[] {
  const gateway = find(cluster, "Gateway", entry.gateway);
  const { host = "" } = request;
  const listening = gateway?.spec.listeners.filter(({ port }) => port === entry.port) ?? [];
  const listeners = closest(listening, ({ hostname }) => rules.hostFits(hostname, host, "labels"));
  if (!gateway) return [];
  const attached = all(cluster, "HTTPRoute").filter((route) =>
    route.spec.parentRefs?.some(
      (parent) =>
        refersTo(route, parent, gateway) &&
        listeners.some(
          (listener) =>
            !whyDetached(
              cluster,
              { ...gateway, spec: { ...gateway.spec, listeners: [listener] } },
              route,
              parent,
              rules,
            ),
        ),
    ),
  );
  const byHost = attached.flatMap((route) =>
    (route.spec.hostnames?.length ? route.spec.hostnames : [undefined]).map((hostname) => ({
      route,
      hostname,
    })),
  );
  return closest(byHost, ({ hostname }) => rules.hostFits(hostname, host, "labels")).flatMap(
    ({ route, hostname }) =>
      (route.spec.rules ?? []).flatMap(({ matches: written, backendRefs = [] }, place) =>
        (written?.length ? written : [{}])
          .filter((match) => meets(match, request, rules))
          .map(
            (match): Rule => ({
              exact: match.path?.type === "Exact",
              length: lengthOf(match.path?.value ?? "/"),
              method: match.method !== undefined,
              headers: match.headers?.length ?? 0,
              created: route.metadata.creationTimestamp ?? 0,
              key: keyOf(route),
              place,
              route: { kind: "HTTPRoute", key: keyOf(route), host: hostname, path: match.path?.value ?? "/" },
              backends: backendRefs
                .filter(({ weight = 1 }) => weight > 0)
                .map((ref) => backendOf(cluster, route, ref, rules)),
            }),
          ),
      ),
  );
}

function meets({ path, method, headers = [] }: HTTPRouteMatch, request: HttpRequest, rules: Rules): boolean {
  const given = new Map(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return (
    rules.pathMatches(path?.type ?? "PathPrefix", path?.value ?? "/", request.path) &&
    (method === undefined || method === (request.method ?? "GET")) &&
    headers.every(({ name, value }) => given.get(name.toLowerCase()) === value)
  );
}

type BackendReference = NonNullable<NonNullable<HTTPRoute["spec"]["rules"]>[number]["backendRefs"]>[number];

/** The Service that a route refers to, if it may. */
export function backendOf(
  cluster: Cluster,
  route: HTTPRoute,
  { name, namespace = namespaceOf(route), port }: BackendReference,
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
