import type { Kind } from "./objects.ts";

/**
 * The modelled kinds as data, in a type language just rich enough for them: what validation, defaults and completion read.
 * Fields that the API has and this model has not are `unmodelled`: accepted, and said to change nothing.
 */
export type Schema = { required?: boolean; default?: unknown } & (
  | { type: "string"; values?: readonly string[]; format?: Format }
  | { type: "integer"; minimum: number; maximum: number }
  | { type: "boolean" }
  /** A number, or a text: the name of a port, or a share as "25%". */
  | { type: "integerOrString" }
  | { type: "array"; items: Schema }
  /** Texts by name: labels and the like. */
  | { type: "map" }
  | { type: "object"; fields: Fields }
  | { type: "unmodelled" }
);
export type Fields = Readonly<Record<string, Schema>>;
export type Format = "label" | "subdomain" | "portName" | "cidr" | "address" | "path" | "hostname" | "any";

export interface KindSchema {
  apiVersion: string;
  /** As in `kubectl get`. */
  plural: string;
  namespaced: boolean;
  fields: Fields;
}

const text = (format: Format = "any"): Schema => ({ type: "string", format });
const oneOf = (...values: string[]): Schema => ({ type: "string", values });
const integer = (minimum: number, maximum: number): Schema => ({ type: "integer", minimum, maximum });
const list = (items: Schema): Schema => ({ type: "array", items });
const object = (fields: Fields): Schema => ({ type: "object", fields });
const required = (schema: Schema): Schema => ({ ...schema, required: true });
const usually = (value: unknown, schema: Schema): Schema => ({ ...schema, default: value });
const unmodelled = (...names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, { type: "unmodelled" }]));

const map: Schema = { type: "map" };
const boolean: Schema = { type: "boolean" };
const integerOrString: Schema = { type: "integerOrString" };
const port = integer(1, 65535);
const count = integer(0, 100_000);
const transport = usually("TCP", oneOf("TCP", "UDP", "SCTP"));
const sameOrAll = oneOf("All", "Same", "Selector");

const metadata = (name: Format): Schema =>
  required(
    object({
      name: required(text(name)),
      namespace: text("label"),
      labels: map,
      annotations: map,
      ...unmodelled(
        "uid",
        "resourceVersion",
        "generation",
        "finalizers",
        "creationTimestamp",
        "generateName",
      ),
    }),
  );

const selector = object({
  matchLabels: map,
  matchExpressions: list(
    object({
      key: required(text()),
      operator: required(oneOf("In", "NotIn", "Exists", "DoesNotExist")),
      values: list(text()),
    }),
  ),
});

const container = object({
  name: required(text("label")),
  image: required(text()),
  ports: list(
    object({
      name: text("portName"),
      containerPort: required(port),
      protocol: transport,
      ...unmodelled("hostPort"),
    }),
  ),
  readinessProbe: object({
    httpGet: object({
      path: text(),
      port: required(integerOrString),
      ...unmodelled("scheme", "host", "httpHeaders"),
    }),
    tcpSocket: object({ port: required(integerOrString) }),
    ...unmodelled(
      "initialDelaySeconds",
      "periodSeconds",
      "timeoutSeconds",
      "failureThreshold",
      "successThreshold",
    ),
  }),
  ...unmodelled("command", "args", "env", "envFrom", "imagePullPolicy", "livenessProbe", "startupProbe"),
  ...unmodelled("resources", "securityContext", "volumeMounts", "workingDir", "lifecycle"),
});

const podSpec = required(
  object({
    containers: required(list(container)),
    nodeName: text("subdomain"),
    nodeSelector: map,
    tolerations: list(
      object({
        key: text(),
        operator: oneOf("Exists", "Equal"),
        value: text(),
        effect: oneOf("NoSchedule", "PreferNoSchedule", "NoExecute"),
        tolerationSeconds: count,
      }),
    ),
    hostname: text("label"),
    subdomain: text("label"),
    ...unmodelled(
      "restartPolicy",
      "volumes",
      "serviceAccountName",
      "securityContext",
      "affinity",
      "dnsPolicy",
    ),
    ...unmodelled("terminationGracePeriodSeconds", "topologySpreadConstraints", "priorityClassName"),
    ...unmodelled("initContainers", "imagePullSecrets", "automountServiceAccountToken", "hostNetwork"),
  }),
);

const template = required(object({ metadata: object({ labels: map, annotations: map }), spec: podSpec }));
const replicas = usually(1, count);
const rolling = {
  maxSurge: usually("25%", integerOrString),
  maxUnavailable: usually("25%", integerOrString),
};

const backend = object({
  service: required(
    object({
      name: required(text("label")),
      port: required(object({ number: port, name: text("portName") })),
    }),
  ),
  ...unmodelled("resource"),
});

const peers = list(
  object({
    podSelector: selector,
    namespaceSelector: selector,
    ipBlock: object({ cidr: required(text("cidr")), except: list(text("cidr")) }),
  }),
);
const policyPorts = list(object({ protocol: transport, port: integerOrString, endPort: port }));

const kind = (
  apiVersion: string,
  plural: string,
  fields: Fields,
  name: Format = "subdomain",
): KindSchema => ({
  apiVersion,
  plural,
  namespaced: true,
  fields: { metadata: metadata(name), ...fields },
});
const clusterWide = (schema: KindSchema): KindSchema => ({ ...schema, namespaced: false });
const spec = (fields: Fields): Fields => ({ spec: required(object(fields)), ...unmodelled("status") });

const GATEWAY_API = "gateway.networking.k8s.io/v1";

export const KINDS: Readonly<Record<Kind, KindSchema>> = {
  Namespace: clusterWide(kind("v1", "namespaces", unmodelled("spec", "status"), "label")),
  Node: clusterWide(
    kind("v1", "nodes", {
      spec: object({
        unschedulable: boolean,
        taints: list(
          object({
            key: required(text()),
            value: text(),
            effect: required(oneOf("NoSchedule", "PreferNoSchedule", "NoExecute")),
          }),
        ),
        ...unmodelled("providerID", "podCIDR"),
      }),
      ...unmodelled("status"),
    }),
  ),
  Pod: kind("v1", "pods", { spec: podSpec, ...unmodelled("status") }),
  ReplicaSet: kind(
    "apps/v1",
    "replicasets",
    spec({ replicas, selector: required(selector), template, ...unmodelled("minReadySeconds") }),
  ),
  Deployment: kind(
    "apps/v1",
    "deployments",
    spec({
      replicas,
      selector: required(selector),
      strategy: usually(
        {},
        object({
          type: usually("RollingUpdate", oneOf("Recreate", "RollingUpdate")),
          rollingUpdate: object(rolling),
        }),
      ),
      template,
      ...unmodelled("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds", "paused"),
    }),
  ),
  StatefulSet: kind(
    "apps/v1",
    "statefulsets",
    spec({
      replicas,
      serviceName: usually("", text()),
      podManagementPolicy: usually("OrderedReady", oneOf("OrderedReady", "Parallel")),
      selector: required(selector),
      template,
      ...unmodelled("volumeClaimTemplates", "updateStrategy", "minReadySeconds", "revisionHistoryLimit"),
    }),
  ),
  Service: kind(
    "v1",
    "services",
    spec({
      type: usually("ClusterIP", oneOf("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")),
      selector: map,
      ports: list(
        object({
          name: text("label"),
          protocol: transport,
          port: required(port),
          targetPort: integerOrString,
          nodePort: port,
          ...unmodelled("appProtocol"),
        }),
      ),
      clusterIP: text(),
      externalName: text("subdomain"),
      sessionAffinity: usually("None", oneOf("ClientIP", "None")),
      externalTrafficPolicy: oneOf("Cluster", "Local"),
      internalTrafficPolicy: usually("Cluster", oneOf("Cluster", "Local")),
      healthCheckNodePort: port,
      publishNotReadyAddresses: boolean,
      ...unmodelled("clusterIPs", "ipFamilies", "ipFamilyPolicy", "sessionAffinityConfig", "externalIPs"),
      ...unmodelled("allocateLoadBalancerNodePorts", "loadBalancerSourceRanges", "loadBalancerClass"),
      ...unmodelled("loadBalancerIP", "trafficDistribution"),
    }),
    "label",
  ),
  EndpointSlice: kind("discovery.k8s.io/v1", "endpointslices", {
    addressType: required(oneOf("IPv4")),
    endpoints: usually(
      [],
      list(
        object({
          addresses: required(list(text("address"))),
          conditions: object({ ready: boolean, serving: boolean, terminating: boolean }),
          hostname: text("label"),
          nodeName: text("subdomain"),
          targetRef: object({ kind: text(), namespace: text(), name: text() }),
          ...unmodelled("zone", "hints"),
        }),
      ),
    ),
    ports: list(
      object({
        name: usually("", text()),
        port: required(port),
        protocol: transport,
        ...unmodelled("appProtocol"),
      }),
    ),
  }),
  IngressClass: clusterWide(
    kind(
      "networking.k8s.io/v1",
      "ingressclasses",
      spec({ controller: required(text()), ...unmodelled("parameters") }),
    ),
  ),
  Ingress: kind(
    "networking.k8s.io/v1",
    "ingresses",
    spec({
      ingressClassName: text("subdomain"),
      defaultBackend: backend,
      rules: list(
        object({
          host: text("hostname"),
          http: object({
            paths: required(
              list(
                object({
                  path: text("path"),
                  pathType: required(oneOf("Exact", "ImplementationSpecific", "Prefix")),
                  backend: required(backend),
                }),
              ),
            ),
          }),
        }),
      ),
      ...unmodelled("tls"),
    }),
  ),
  GatewayClass: clusterWide(
    kind(
      GATEWAY_API,
      "gatewayclasses",
      spec({ controllerName: required(text()), ...unmodelled("parametersRef", "description") }),
    ),
  ),
  Gateway: kind(
    GATEWAY_API,
    "gateways",
    spec({
      gatewayClassName: required(text()),
      listeners: required(
        list(
          object({
            name: required(text()),
            hostname: text("hostname"),
            port: required(port),
            protocol: required(oneOf("HTTP", "HTTPS")),
            allowedRoutes: object({
              namespaces: object({ from: usually("Same", sameOrAll), selector }),
              ...unmodelled("kinds"),
            }),
            ...unmodelled("tls"),
          }),
        ),
      ),
      infrastructure: object({ annotations: map, ...unmodelled("labels", "parametersRef") }),
      ...unmodelled("addresses"),
    }),
  ),
  HTTPRoute: kind(
    GATEWAY_API,
    "httproutes",
    spec({
      parentRefs: list(
        object({
          kind: oneOf("Gateway"),
          name: required(text()),
          namespace: text("label"),
          sectionName: text(),
          port,
          ...unmodelled("group"),
        }),
      ),
      hostnames: list(text("hostname")),
      rules: list(
        object({
          matches: list(
            object({
              path: object({
                type: usually("PathPrefix", oneOf("Exact", "PathPrefix")),
                value: usually("/", text("path")),
              }),
              method: oneOf("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"),
              headers: list(
                object({
                  type: usually("Exact", oneOf("Exact")),
                  name: required(text()),
                  value: required(text()),
                }),
              ),
              ...unmodelled("queryParams"),
            }),
          ),
          backendRefs: list(
            object({
              kind: oneOf("Service"),
              name: required(text()),
              namespace: text("label"),
              port: required(port),
              weight: usually(1, count),
              ...unmodelled("group", "filters"),
            }),
          ),
          ...unmodelled("filters", "timeouts", "name"),
        }),
      ),
    }),
  ),
  ReferenceGrant: kind(
    "gateway.networking.k8s.io/v1beta1",
    "referencegrants",
    spec({
      from: required(
        list(object({ group: required(text()), kind: required(text()), namespace: required(text("label")) })),
      ),
      to: required(list(object({ group: required(text()), kind: required(text()), name: text() }))),
    }),
  ),
  NetworkPolicy: kind(
    "networking.k8s.io/v1",
    "networkpolicies",
    spec({
      podSelector: required(selector),
      policyTypes: list(oneOf("Egress", "Ingress")),
      ingress: list(object({ from: peers, ports: policyPorts })),
      egress: list(object({ to: peers, ports: policyPorts })),
    }),
  ),
};

/** An object with what its schema usually has in the places that were left empty. What is unmodelled falls away. */
export function withDefaults<T>(value: T, schema: Schema): T {
  if (schema.type === "array" && Array.isArray(value))
    return value.map((item) => withDefaults(item, schema.items)) as T;
  if (schema.type !== "object" || typeof value !== "object" || value === null) return value;
  const given = value as Record<string, unknown>;
  const filled: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.fields)) {
    const found = given[name] ?? field.default;
    if (field.type !== "unmodelled" && found !== undefined) filled[name] = withDefaults(found, field);
  }
  return filled as T;
}
