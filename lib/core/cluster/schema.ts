/**
 * The modelled kinds as data, in a type language just rich enough for them. Types (objects.ts), validation, defaults and
 * completion are read from here, so that they cannot disagree. A field with `!` is required; a list is written as its one item.
 * Fields that the API has and this model has not are `unmodelled`: accepted, and said to change nothing.
 */
export type Leaf = { default?: unknown } & (
  | { type: "string"; format: Format }
  | { type: "choice"; values: readonly string[] }
  | { type: "integer"; minimum: number; maximum: number }
  | { type: "boolean" }
  /** A number, or a text: the name of a port, or a share as "25%". */
  | { type: "integerOrString" }
  /** Texts by name: labels and the like. */
  | { type: "map" }
  | { type: "unmodelled" }
);
export type Fields = { readonly [name: string]: Shape };
export type Shape = Leaf | Fields | readonly [Shape];
export type Format = "any" | "label" | "subdomain" | "portName" | "cidr" | "address" | "path" | "hostname";

/** What a shape describes, as a type. */
export type ValueOf<S> = S extends readonly [infer Item]
  ? readonly ValueOf<Item>[]
  : S extends { type: "choice"; values: readonly (infer Value)[] }
    ? Value
    : S extends { type: "string" }
      ? string
      : S extends { type: "integer" }
        ? number
        : S extends { type: "boolean" }
          ? boolean
          : S extends { type: "integerOrString" }
            ? number | string
            : S extends { type: "map" }
              ? Readonly<Record<string, string>>
              : { -readonly [K in keyof S as K extends `${infer Name}!` ? Name : never]: ValueOf<S[K]> } & {
                  -readonly [K in keyof S as K extends `${string}!` | Unmodelled<S, K> ? never : K]?: ValueOf<
                    S[K]
                  >;
                };
type Unmodelled<S, K extends keyof S> = S[K] extends { type: "unmodelled" } ? K : never;

export const isLeaf = (shape: Shape): shape is Leaf => typeof (shape as { type?: unknown }).type === "string";
export const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

type Named = ReadonlyMap<string, { shape: Shape; required: boolean }>;
const namedFields = new WeakMap<Fields, Named>();

/** The fields of a shape by the names they have in a manifest. */
export function fieldsOf(shape: Fields): Named {
  const known = namedFields.get(shape);
  if (known) return known;
  const named = Object.entries(shape).map(([name, field]) => ({
    name,
    shape: field,
    required: name.endsWith("!"),
  }));
  const fields = new Map(
    named.map(({ name, ...field }) => [field.required ? name.slice(0, -1) : name, field]),
  );
  namedFields.set(shape, fields);
  return fields;
}

const string = <F extends Format>(format: F) => ({ type: "string" as const, format });
const oneOf = <const V extends readonly string[]>(...values: V) => ({ type: "choice" as const, values });
const integer = (minimum: number, maximum: number) => ({ type: "integer" as const, minimum, maximum });
const usually = <L extends Leaf>(value: unknown, leaf: L) => ({ ...leaf, default: value });
const list = <S extends Shape>(item: S): readonly [S] => [item];
const unmodelled = <const N extends readonly string[]>(...names: N) =>
  Object.fromEntries(names.map((name) => [name, { type: "unmodelled" }])) as {
    readonly [K in N[number]]: { type: "unmodelled" };
  };

const text = string("any");
const label = string("label");
const subdomain = string("subdomain");
const hostname = string("hostname");
const map = { type: "map" as const };
const boolean = { type: "boolean" as const };
const integerOrString = { type: "integerOrString" as const };
const port = integer(1, 65535);
const count = integer(0, 100_000);
const protocol = usually("TCP", oneOf("TCP", "UDP"));
const policy = oneOf("Cluster", "Local");
const effect = oneOf("NoSchedule", "PreferNoSchedule", "NoExecute");

const metadata = (name: Leaf) => ({
  "name!": name,
  namespace: label,
  labels: map,
  annotations: map,
  ...unmodelled("uid", "resourceVersion", "generation", "finalizers", "creationTimestamp", "generateName"),
});

export const labelSelector = {
  matchLabels: map,
  matchExpressions: list({
    "key!": text,
    "operator!": oneOf("In", "NotIn", "Exists", "DoesNotExist"),
    values: list(text),
  }),
};

export const container = {
  "name!": label,
  "image!": text,
  ports: list({
    name: string("portName"),
    "containerPort!": port,
    protocol,
    ...unmodelled("hostPort"),
  }),
  readinessProbe: {
    httpGet: { path: text, "port!": integerOrString, ...unmodelled("scheme", "host", "httpHeaders") },
    tcpSocket: { "port!": integerOrString },
    ...unmodelled("initialDelaySeconds", "periodSeconds", "timeoutSeconds"),
    ...unmodelled("failureThreshold", "successThreshold"),
  },
  ...unmodelled("command", "args", "env", "envFrom", "imagePullPolicy", "livenessProbe", "startupProbe"),
  ...unmodelled("resources", "securityContext", "volumeMounts", "workingDir", "lifecycle"),
};

export const podSpec = {
  "containers!": list(container),
  nodeName: subdomain,
  nodeSelector: map,
  tolerations: list({
    key: text,
    operator: oneOf("Exists", "Equal"),
    value: text,
    effect,
    tolerationSeconds: count,
  }),
  hostname: label,
  subdomain: label,
  ...unmodelled("restartPolicy", "volumes", "serviceAccountName", "securityContext", "affinity", "dnsPolicy"),
  ...unmodelled("terminationGracePeriodSeconds", "topologySpreadConstraints", "priorityClassName"),
  ...unmodelled("initContainers", "imagePullSecrets", "automountServiceAccountToken", "hostNetwork"),
};

export const podTemplate = { metadata: { labels: map, annotations: map }, "spec!": podSpec };
const replicas = usually(1, count);

export const ingressBackend = {
  "service!": { "name!": label, "port!": { number: port, name: string("portName") } },
  ...unmodelled("resource"),
};

export const policyPeer = {
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: { "cidr!": string("cidr"), except: list(string("cidr")) },
};
export const policyPort = { protocol, port: integerOrString, endPort: port };

export const routeMatch = {
  path: {
    type: usually("PathPrefix", oneOf("Exact", "PathPrefix")),
    value: usually("/", string("path")),
  },
  method: oneOf("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"),
  headers: list({ type: usually("Exact", oneOf("Exact")), "name!": text, "value!": text }),
  ...unmodelled("queryParams"),
};

export const parentReference = {
  kind: oneOf("Gateway"),
  "name!": text,
  namespace: label,
  sectionName: text,
  port,
  ...unmodelled("group"),
};

export interface KindShape {
  apiVersion: string;
  /** An older version that is served, too. */
  formerVersion?: string;
  /** As in `kubectl get`. */
  plural: string;
  namespaced: boolean;
  fields: Fields;
}

const kind = <F extends Fields>(apiVersion: string, plural: string, fields: F, name: Leaf = subdomain) => ({
  apiVersion,
  plural,
  namespaced: true,
  fields: { "metadata!": metadata(name), ...fields, ...unmodelled("status") },
});
const clusterWide = <K extends KindShape>(shape: K) => ({ ...shape, namespaced: false });

const NETWORKING = "networking.k8s.io/v1";
const GATEWAY_API = "gateway.networking.k8s.io/v1";

export const KINDS = {
  Namespace: clusterWide(kind("v1", "namespaces", unmodelled("spec"), label)),
  Node: clusterWide(
    kind("v1", "nodes", {
      spec: {
        unschedulable: boolean,
        taints: list({ "key!": text, value: text, "effect!": effect }),
        ...unmodelled("providerID", "podCIDR"),
      },
    }),
  ),
  Pod: kind("v1", "pods", { "spec!": podSpec }),
  ReplicaSet: kind("apps/v1", "replicasets", {
    "spec!": {
      replicas,
      "selector!": labelSelector,
      "template!": podTemplate,
      ...unmodelled("minReadySeconds"),
    },
  }),
  Deployment: kind("apps/v1", "deployments", {
    "spec!": {
      replicas,
      "selector!": labelSelector,
      strategy: {
        type: usually("RollingUpdate", oneOf("Recreate", "RollingUpdate")),
        rollingUpdate: { maxSurge: integerOrString, maxUnavailable: integerOrString },
      },
      "template!": podTemplate,
      ...unmodelled("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds", "paused"),
    },
  }),
  StatefulSet: kind("apps/v1", "statefulsets", {
    "spec!": {
      replicas,
      serviceName: text,
      podManagementPolicy: usually("OrderedReady", oneOf("OrderedReady", "Parallel")),
      "selector!": labelSelector,
      "template!": podTemplate,
      ...unmodelled("volumeClaimTemplates", "updateStrategy", "minReadySeconds", "revisionHistoryLimit"),
    },
  }),
  Service: kind(
    "v1",
    "services",
    {
      "spec!": {
        type: usually("ClusterIP", oneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")),
        selector: map,
        ports: list({
          name: label,
          protocol,
          "port!": port,
          targetPort: integerOrString,
          nodePort: port,
          ...unmodelled("appProtocol"),
        }),
        /** "None" makes it headless. */
        clusterIP: text,
        externalName: subdomain,
        sessionAffinity: usually("None", oneOf("ClientIP", "None")),
        externalTrafficPolicy: policy,
        internalTrafficPolicy: usually("Cluster", policy),
        healthCheckNodePort: port,
        publishNotReadyAddresses: boolean,
        ...unmodelled("clusterIPs", "ipFamilies", "ipFamilyPolicy", "sessionAffinityConfig", "externalIPs"),
        ...unmodelled("allocateLoadBalancerNodePorts", "loadBalancerSourceRanges", "loadBalancerClass"),
        ...unmodelled("loadBalancerIP", "trafficDistribution"),
      },
    },
    label,
  ),
  EndpointSlice: kind("discovery.k8s.io/v1", "endpointslices", {
    "addressType!": oneOf("IPv4"),
    "endpoints!": list({
      "addresses!": list(string("address")),
      conditions: { ready: boolean, serving: boolean, terminating: boolean },
      hostname: label,
      nodeName: subdomain,
      targetRef: { kind: oneOf("Pod"), namespace: label, "name!": text },
      ...unmodelled("zone", "hints"),
    }),
    ports: list({ name: usually("", text), "port!": port, protocol, ...unmodelled("appProtocol") }),
  }),
  IngressClass: clusterWide(
    kind(NETWORKING, "ingressclasses", { "spec!": { "controller!": text, ...unmodelled("parameters") } }),
  ),
  Ingress: kind(NETWORKING, "ingresses", {
    "spec!": {
      ingressClassName: subdomain,
      defaultBackend: ingressBackend,
      rules: list({
        host: hostname,
        http: {
          "paths!": list({
            path: string("path"),
            "pathType!": oneOf("Exact", "ImplementationSpecific", "Prefix"),
            "backend!": ingressBackend,
          }),
        },
      }),
      ...unmodelled("tls"),
    },
  }),
  GatewayClass: clusterWide(
    kind(GATEWAY_API, "gatewayclasses", {
      "spec!": { "controllerName!": text, ...unmodelled("parametersRef", "description") },
    }),
  ),
  Gateway: kind(GATEWAY_API, "gateways", {
    "spec!": {
      "gatewayClassName!": text,
      "listeners!": list({
        "name!": text,
        hostname,
        "port!": port,
        "protocol!": oneOf("HTTP", "HTTPS"),
        allowedRoutes: {
          namespaces: { from: usually("Same", oneOf("All", "Same", "Selector")), selector: labelSelector },
          ...unmodelled("kinds"),
        },
        ...unmodelled("tls"),
      }),
      /** What the Service of the Gateway is to carry. */
      infrastructure: { annotations: map, ...unmodelled("labels", "parametersRef") },
      ...unmodelled("addresses"),
    },
  }),
  HTTPRoute: kind(GATEWAY_API, "httproutes", {
    "spec!": {
      parentRefs: list(parentReference),
      hostnames: list(hostname),
      rules: list({
        matches: list(routeMatch),
        backendRefs: list({
          kind: oneOf("Service"),
          "name!": text,
          namespace: label,
          "port!": port,
          weight: usually(1, count),
          ...unmodelled("group", "filters"),
        }),
        ...unmodelled("filters", "timeouts", "name"),
      }),
    },
  }),
  ReferenceGrant: {
    ...kind(GATEWAY_API, "referencegrants", {
      "spec!": {
        "from!": list({ "group!": text, "kind!": text, "namespace!": label }),
        "to!": list({ "group!": text, "kind!": text, name: text }),
      },
    }),
    formerVersion: `${GATEWAY_API}beta1`,
  },
  NetworkPolicy: kind(NETWORKING, "networkpolicies", {
    "spec!": {
      "podSelector!": labelSelector,
      policyTypes: list(oneOf("Egress", "Ingress")),
      ingress: list({ from: list(policyPeer), ports: list(policyPort) }),
      egress: list({ to: list(policyPeer), ports: list(policyPort) }),
    },
  }),
} satisfies Record<string, KindShape>;

/** An object with what is usual in the places that were left empty. What is unmodelled falls away. */
export function withDefaults(value: unknown, shape: Shape): unknown {
  if (isList(shape)) return Array.isArray(value) ? value.map((item) => withDefaults(item, shape[0])) : value;
  if (isLeaf(shape) || typeof value !== "object" || value === null) return value;
  const given = value as Record<string, unknown>;
  const filled: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(shape)) {
    if (isLeaf(field.shape) && field.shape.type === "unmodelled") continue;
    const found = given[name] ?? (isLeaf(field.shape) ? field.shape.default : undefined);
    if (found !== undefined) filled[name] = withDefaults(found, field.shape);
  }
  return filled;
}
