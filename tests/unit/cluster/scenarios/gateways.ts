import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, namespace, service } from "./manifests.ts";
import type { Question, Scenario } from "./scenario.ts";

const ISTIO = "istio.io/gateway-controller";
const CLIENT = { name: "client", address: "198.51.100.7" };
const CLUSTER: ClusterOptions = { controllers: [{ name: ISTIO, dataPlane: "pods" }], machines: [CLIENT] };
const gatewayClass = (name = "example") =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: { name: ${name} }, spec: { controllerName: "${ISTIO}" } }`;

interface ListenerOptions {
  name?: string;
  port?: number;
  hostname?: string;
  allowedRoutes?: string;
}
const gateway = (
  name: string,
  listeners: readonly ListenerOptions[] = [{}],
  { of = "default", className = "example" } = {},
) =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: ${name}, namespace: ${of} }, spec: { gatewayClassName: ${className}, listeners: [${listeners
    .map(
      ({ name: listener = "http", port = 80, hostname, allowedRoutes }) =>
        `{ name: ${listener}, protocol: HTTP, port: ${port}${hostname ? `, hostname: "${hostname}"` : ""}${allowedRoutes ? `, allowedRoutes: ${allowedRoutes}` : ""} }`,
    )
    .join(", ")}] } }`;

interface RouteOptions {
  of?: string;
  parents?: string;
  hostnames?: readonly string[];
}
/** @param rules matches and the names of their backends */
const route = (
  name: string,
  rules: readonly { matches?: string; to?: string }[],
  { of = "default", parents = "[{ name: gateway }]", hostnames }: RouteOptions = {},
) =>
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: ${name}, namespace: ${of} }, spec: { parentRefs: ${parents}${
    hostnames ? `, hostnames: [${hostnames.map((one) => `"${one}"`).join(", ")}]` : ""
  }, rules: [${rules
    .map(({ matches, to }) => {
      const fields = [
        ...(matches ? [`matches: ${matches}`] : []),
        ...(to ? [`backendRefs: ${to.startsWith("[") ? to : `[{ name: ${to}, port: 8080 }]`}`] : []),
      ];
      return `{ ${fields.join(", ")} }`;
    })
    .join(", ")}] } }`;
const prefix = (path: string) => `[{ path: { type: PathPrefix, value: ${path} } }]`;
const exact = (path: string) => `[{ path: { type: Exact, value: ${path} } }]`;
const app = (name: string, of = "default") =>
  documents(deployment(name, { namespace: of }), service(name, { namespace: of, ports: ["8080:8080"] }));
const V123 = documents(app("v1"), app("v2"), app("v3"));

/** A request from the internet to a Gateway, as "GET host/path name=value", and the Services that it comes to. */
const request = (what: string, to: readonly string[] | string, of = "gateway", port = 80): Question => {
  const [, method, host, path = "/", headers = ""] = /^(?:([A-Z]+) )?([^/ ]*)(\/\S*)(.*)$/.exec(what) ?? [];
  const given = headers
    .trim()
    .split(" ")
    .filter(Boolean)
    .map((one) => one.split("=") as [string, string]);
  const connect = {
    from: "machine/client",
    to: `@gateway/${of}`,
    port,
    http: { host: host || "any.test", path, method, headers: Object.fromEntries(given) },
  };
  return typeof to === "string" ? { connect, sees: to } : { connect, sees: "answered", backends: to };
};

const simple = (
  id: string,
  source: Scenario["source"],
  says: string,
  manifests: readonly string[],
  story: Scenario["story"],
  example?: true,
): Scenario => ({
  id,
  source,
  says,
  example,
  cluster: CLUSTER,
  manifests: documents(gatewayClass(), gateway("gateway"), V123, ...manifests),
  story,
});

export const gateways: readonly Scenario[] = [
  {
    id: "http-routing",
    source: "gwRouting",
    says: "foo.example.com/login goes to foo-svc, bar.example.com with env: canary to bar-svc-canary and else to bar-svc",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass("example-gateway-class"),
      gateway("example-gateway", [{}], { className: "example-gateway-class" }),
      `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: foo-route }
spec:
  parentRefs: [{ name: example-gateway }]
  hostnames: ["foo.example.com"]
  rules:
  - matches:
    - path: { type: PathPrefix, value: /login }
    backendRefs:
    - { name: foo-svc, port: 8080 }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: bar-route }
spec:
  parentRefs: [{ name: example-gateway }]
  hostnames: ["bar.example.com"]
  rules:
  - matches:
    - headers: [{ type: Exact, name: env, value: canary }]
    backendRefs:
    - { name: bar-svc-canary, port: 8080 }
  - backendRefs:
    - { name: bar-svc, port: 8080 }
`,
      app("foo-svc"),
      app("bar-svc"),
      app("bar-svc-canary"),
    ),
    story: [
      request("foo.example.com/login", ["foo-svc"], "example-gateway"),
      request("foo.example.com/login/now", ["foo-svc"], "example-gateway"),
      request("foo.example.com/", "HTTP 404", "example-gateway"),
      request("bar.example.com/any env=canary", ["bar-svc-canary"], "example-gateway"),
      request("bar.example.com/any env=prod", ["bar-svc"], "example-gateway"),
      request("bar.example.com/", ["bar-svc"], "example-gateway"),
      request("other.example.com/login", "HTTP 404", "example-gateway"),
    ],
  },
  simple(
    "conformance-matching",
    "gwConformance",
    "matches of one rule are alternatives, and a longer prefix comes before a header",
    [
      route("matching", [
        {
          matches: "[{ path: { type: PathPrefix, value: / } }, { headers: [{ name: version, value: one }] }]",
          to: "v1",
        },
        {
          matches:
            "[{ path: { type: PathPrefix, value: /v2 } }, { headers: [{ name: version, value: two }] }]",
          to: "v2",
        },
      ]),
    ],
    [
      request("/", ["v1"]),
      request("/example", ["v1"]),
      request("/ version=one", ["v1"]),
      request("/v2", ["v2"]),
      request("/v2/example", ["v2"]),
      request("/ version=two", ["v2"]),
      request("/v2/", ["v2"]),
      request("/v2example", ["v1"]),
      request("/foo/v2/example", ["v1"]),
    ],
  ),
  simple(
    "conformance-across-routes",
    "gwConformance",
    "rules of several routes are weighed against each other, each for its own hosts",
    [
      route(
        "part1",
        [{ matches: "[{ path: { value: / } }, { headers: [{ name: version, value: one }] }]", to: "v1" }],
        {
          hostnames: ["example.com", "example.net"],
        },
      ),
      route(
        "part2",
        [{ matches: "[{ path: { value: /v2 } }, { headers: [{ name: version, value: two }] }]", to: "v2" }],
        {
          hostnames: ["example.com"],
        },
      ),
    ],
    [
      request("example.com/", ["v1"]),
      request("example.net/example", ["v1"]),
      request("example.com/example version=one", ["v1"]),
      request("example.com/v2", ["v2"]),
      request("example.net/v2", ["v1"]),
      request("example.com/v2/example", ["v2"]),
      request("example.com/ version=two", ["v2"]),
    ],
  ),
  simple(
    "conformance-exact",
    "gwConformance",
    "an exact path matches itself alone, capitals and slashes included",
    [
      route("exact", [
        { matches: exact("/one"), to: "v1" },
        { matches: exact("/two"), to: "v2" },
      ]),
    ],
    [
      request("/one", ["v1"]),
      request("/two", ["v2"]),
      request("/", "HTTP 404"),
      request("/one/example", "HTTP 404"),
      request("/two/", "HTTP 404"),
      request("/Two", "HTTP 404"),
    ],
  ),
  simple(
    "conformance-path-order",
    "gwConformance",
    "exact paths come before prefixes, and longer prefixes before shorter ones",
    [
      route("order", [
        { matches: exact("/match"), to: "v1" },
        { matches: exact("/match/exact"), to: "v2" },
        { matches: exact("/match/exact/one"), to: "v3" },
        { matches: prefix("/match/"), to: "v3" },
        { matches: prefix("/match/prefix/"), to: "v1" },
        { matches: prefix("/match/prefix/one"), to: "v2" },
      ]),
    ],
    [
      request("/match/exact/one", ["v3"]),
      request("/match/exact", ["v2"]),
      request("/match", ["v1"]),
      request("/match/prefix/one/any", ["v2"]),
      request("/match/prefix/any", ["v1"]),
      request("/match/any", ["v3"]),
    ],
  ),
  simple(
    "method-matching",
    "gwMethod",
    "POST goes to v1 and GET to v2; conditions of one match all count, and one match of several is enough",
    [
      route("method-matching", [
        { matches: "[{ method: POST }]", to: "v1" },
        { matches: "[{ method: GET }]", to: "v2" },
        { matches: "[{ path: { type: PathPrefix, value: /path1 }, method: GET }]", to: "v1" },
        { matches: "[{ headers: [{ name: version, value: one }], method: PUT }]", to: "v2" },
        {
          matches: "[{ path: { value: /path2 }, headers: [{ name: version, value: two }], method: POST }]",
          to: "v3",
        },
        {
          matches:
            "[{ path: { value: /path3 }, method: PATCH }, { path: { value: /path4 }, headers: [{ name: version, value: three }], method: DELETE }]",
          to: "v1",
        },
      ]),
    ],
    [
      request("POST /", ["v1"]),
      request("GET /", ["v2"]),
      request("HEAD /", "HTTP 404"),
      request("GET /path1", ["v1"]),
      request("PUT / version=one", ["v2"]),
      request("POST /path2 version=two", ["v3"]),
      request("PATCH /path3", ["v1"]),
      request("DELETE /path4 version=three", ["v1"]),
      request("DELETE /path4", "HTTP 404"),
    ],
    true,
  ),
  simple(
    "path-before-method-before-headers",
    "gwSpec",
    "a longer path comes before a method, and a method before headers",
    [
      route("precedence", [
        { matches: prefix("/path5"), to: "v1" },
        { matches: "[{ method: PATCH }]", to: "v2" },
        { matches: "[{ headers: [{ name: version, value: four }] }]", to: "v3" },
      ]),
    ],
    [
      request("PATCH /path5", ["v1"]),
      request("GET /path5 version=four", ["v1"]),
      request("PATCH / version=four", ["v2"]),
      request("GET / version=four", ["v3"]),
    ],
  ),
  simple(
    "conformance-headers",
    "gwConformance",
    "all headers of a match have to be there, more of them come first, and their names know no capitals",
    [
      route("header-matching", [
        { matches: "[{ headers: [{ name: version, value: one }] }]", to: "v1" },
        { matches: "[{ headers: [{ name: version, value: two }] }]", to: "v2" },
        {
          matches: "[{ headers: [{ name: version, value: two }, { name: color, value: orange }] }]",
          to: "v1",
        },
        {
          matches:
            "[{ headers: [{ name: color, value: blue }] }, { headers: [{ name: color, value: green }] }]",
          to: "v1",
        },
        {
          matches:
            "[{ headers: [{ name: color, value: red }] }, { headers: [{ name: color, value: yellow }] }]",
          to: "v2",
        },
      ]),
    ],
    [
      request("/ version=one", ["v1"]),
      request("/ Version=two", ["v2"]),
      request("/ version=two color=orange", ["v1"]),
      request("/ color=orange", "HTTP 404"),
      request("/ color=green", ["v1"]),
      request("/ color=yellow", ["v2"]),
      request("/ Color=purple", "HTTP 404"),
    ],
  ),
  {
    id: "conformance-listener-hostnames",
    source: "gwConformance",
    says: "of listeners on one port the most specific for the request's host counts; a wildcard covers several labels",
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass(),
      V123,
      gateway("gateway", [
        { name: "listener-1", hostname: "bar.com" },
        { name: "listener-2", hostname: "foo.bar.com" },
        { name: "listener-3", hostname: "*.bar.com" },
        { name: "listener-4", hostname: "*.foo.com" },
      ]),
      route("backend-v1", [{ to: "v1" }], { parents: "[{ name: gateway, sectionName: listener-1 }]" }),
      route("backend-v2", [{ to: "v2" }], { parents: "[{ name: gateway, sectionName: listener-2 }]" }),
      route("backend-v3", [{ to: "v3" }], {
        parents: "[{ name: gateway, sectionName: listener-3 }, { name: gateway, sectionName: listener-4 }]",
      }),
    ),
    story: [
      request("bar.com/", ["v1"]),
      request("foo.bar.com/", ["v2"]),
      request("baz.bar.com/", ["v3"]),
      request("multiple.prefixes.bar.com/", ["v3"]),
      request("multiple.prefixes.foo.com/", ["v3"]),
      request("foo.com/", "HTTP 404"),
      request("no.matching.host/", "HTTP 404"),
    ],
  },
  {
    id: "conformance-hostname-intersection",
    source: "gwConformance",
    says: "a route counts for those of its hostnames that a listener covers, and is not accepted with none",
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass(),
      V123,
      gateway("gateway", [
        { name: "listener-1", hostname: "very.specific.com" },
        { name: "listener-2", hostname: "*.wildcard.io" },
        { name: "listener-3", hostname: "*.anotherwildcard.io" },
      ]),
      route("specific-specific", [{ matches: prefix("/s1"), to: "v1" }], {
        hostnames: ["non.matching.com", "*.nonmatchingwildcard.io", "very.specific.com"],
      }),
      route("specific-wildcard", [{ matches: prefix("/s2"), to: "v2" }], {
        hostnames: [
          "non.matching.com",
          "wildcard.io",
          "foo.wildcard.io",
          "bar.wildcard.io",
          "foo.bar.wildcard.io",
        ],
      }),
      route("wildcard-specific", [{ matches: prefix("/s3"), to: "v3" }], {
        hostnames: ["non.matching.com", "*.specific.com"],
      }),
      route("wildcard-wildcard", [{ matches: prefix("/s4"), to: "v1" }], {
        hostnames: ["*.anotherwildcard.io"],
      }),
      route("none", [{ matches: prefix("/s5"), to: "v2" }], {
        hostnames: ["specific.but.wrong.com", "wildcard.io"],
      }),
    ),
    story: [
      request("very.specific.com/s1", ["v1"]),
      request("non.matching.com/s1", "HTTP 404"),
      request("foo.nonmatchingwildcard.io/s1", "HTTP 404"),
      request("foo.wildcard.io/s2", ["v2"]),
      request("foo.bar.wildcard.io/s2", ["v2"]),
      request("wildcard.io/s2", "HTTP 404"),
      request("very.specific.com/s3", ["v3"]),
      request("non.very.specific.com/s3", "HTTP 404"),
      request("foo.bar.anotherwildcard.io/s4", ["v1"]),
      request("anotherwildcard.io/s4", "HTTP 404"),
      request("specific.but.wrong.com/s5", "HTTP 404"),
      { route: "none", conditions: { Accepted: "False NoMatchingListenerHostname" } },
      { route: "specific-wildcard", conditions: { Accepted: "True Accepted" } },
    ],
  },
  {
    id: "hostnames-table",
    source: "gwHostnames",
    says: "a listener for *.example.com takes a route for *.com for all hosts below example.com, and one for www for that alone",
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass(),
      V123,
      gateway("gateway", [{ hostname: "*.example.com" }]),
      gateway("wide", [{ hostname: "*.example.com" }]),
      route("www", [{ to: "v1" }], { hostnames: ["www.example.com"] }),
      route("com", [{ to: "v2" }], { parents: "[{ name: wide }]", hostnames: ["*.com"] }),
    ),
    story: [
      request("www.example.com/", ["v1"]),
      request("foo.example.com/", "HTTP 404"),
      request("example.com/", "HTTP 404"),
      request("www.example.com/", ["v2"], "wide"),
      request("foo.bar.example.com/", ["v2"], "wide"),
      request("example.com/", "HTTP 404", "wide"),
      request("www.other.com/", "HTTP 404", "wide"),
    ],
  },
  simple(
    "hostname-specific-first",
    "gwSpec",
    "a route for the very host comes before one for a wildcard, and that before one for any",
    [
      route("any", [{ to: "v1" }]),
      route("wildcard", [{ to: "v2" }], { hostnames: ["*.example.com"] }),
      route("very", [{ to: "v3" }], { hostnames: ["www.example.com"] }),
    ],
    [
      request("www.example.com/", ["v3"]),
      request("api.example.com/", ["v2"]),
      request("example.org/", ["v1"]),
    ],
  ),
  simple(
    "host-with-port",
    "gwSpec",
    "a port in the Host header is not looked at",
    [route("route", [{ to: "v1" }], { hostnames: ["www.example.com"] })],
    [request("www.example.com:80/", ["v1"])],
  ),
  // In its source the listener is for HTTPS; certificates are not modelled.
  {
    id: "shared-gateway",
    source: "gwCrossNamespace",
    says: "routes of namespaces with the label attach to the shared Gateway and are merged, those of others are not accepted",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      ...["infra-ns", "site-ns", "store-ns"].map((name) =>
        namespace(name, { "shared-gateway-access": "true" }),
      ),
      namespace("no-external-access"),
      gatewayClass("shared-gateway-class"),
      gateway(
        "shared-gateway",
        [
          {
            hostname: "foo.example.com",
            allowedRoutes:
              '{ namespaces: { from: Selector, selector: { matchLabels: { shared-gateway-access: "true" } } } }',
          },
        ],
        { of: "infra-ns", className: "shared-gateway-class" },
      ),
      ...["home", "login-v1", "login-v2"].map((name) => app(name, "site-ns")),
      app("store", "store-ns"),
      app("hidden", "no-external-access"),
      route("home", [{ to: "home" }], {
        of: "site-ns",
        parents: "[{ name: shared-gateway, namespace: infra-ns }]",
      }),
      route(
        "login",
        [
          {
            matches: "[{ path: { value: /login } }]",
            to: "[{ name: login-v1, port: 8080, weight: 90 }, { name: login-v2, port: 8080, weight: 10 }]",
          },
        ],
        { of: "site-ns", parents: "[{ name: shared-gateway, namespace: infra-ns }]" },
      ),
      route("store", [{ matches: "[{ path: { value: /store } }]", to: "store" }], {
        of: "store-ns",
        parents: "[{ name: shared-gateway, namespace: infra-ns }]",
      }),
      route("hidden", [{ matches: "[{ path: { value: /hidden } }]", to: "hidden" }], {
        of: "no-external-access",
        parents: "[{ name: shared-gateway, namespace: infra-ns }]",
      }),
    ),
    story: [
      request("foo.example.com/", ["site-ns/home"], "infra-ns/shared-gateway"),
      request("foo.example.com/login", ["site-ns/login-v1", "site-ns/login-v2"], "infra-ns/shared-gateway"),
      request("foo.example.com/store/1", ["store-ns/store"], "infra-ns/shared-gateway"),
      request("foo.example.com/hidden", ["site-ns/home"], "infra-ns/shared-gateway"),
      { route: "no-external-access/hidden", conditions: { Accepted: "False NotAllowedByListeners" } },
      { route: "store-ns/store", conditions: { Accepted: "True Accepted" } },
    ],
  },
  {
    id: "routes-by-namespace-name",
    source: "gwSecurity",
    says: "a listener may allow namespaces by their names, as each carries its name as a label",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      namespace("foo"),
      namespace("bar"),
      namespace("baz"),
      gatewayClass(),
      gateway("gateway", [
        {
          allowedRoutes:
            "{ namespaces: { from: Selector, selector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [foo, bar] }] } } }",
        },
      ]),
      ...["foo", "bar", "baz"].flatMap((of) => [
        app("web", of),
        route("web", [{ matches: prefix(`/${of}`), to: "web" }], {
          of,
          parents: "[{ name: gateway, namespace: default }]",
        }),
      ]),
    ),
    story: [
      request("/foo", ["foo/web"]),
      request("/bar", ["bar/web"]),
      request("/baz", "HTTP 404"),
      { route: "baz/web", conditions: { Accepted: "False NotAllowedByListeners" } },
    ],
  },
  {
    id: "routes-of-own-namespace",
    source: "gwCrossNamespace",
    says: "a listener that says nothing of it takes routes of the Gateway's own namespace",
    cluster: CLUSTER,
    manifests: documents(
      namespace("other"),
      gatewayClass(),
      gateway("gateway"),
      V123,
      app("web", "other"),
      route("here", [{ matches: prefix("/here"), to: "v1" }]),
      route("there", [{ matches: prefix("/there"), to: "web" }], {
        of: "other",
        parents: "[{ name: gateway, namespace: default }]",
      }),
    ),
    story: [
      request("/here", ["v1"]),
      request("/there", "HTTP 404"),
      { route: "other/there", conditions: { Accepted: "False NotAllowedByListeners" } },
    ],
  },
  {
    id: "reference-grant",
    source: "gwGrant",
    says: "a route in foo reaches the Service bar of namespace bar once a grant there says so",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      namespace("foo"),
      namespace("bar"),
      gatewayClass(),
      gateway("gateway", [{}], { of: "foo" }),
      app("bar", "bar"),
      route("foo", [{ matches: prefix("/bar"), to: "[{ name: bar, namespace: bar, port: 8080 }]" }], {
        of: "foo",
      }),
    ),
    story: [
      request("/bar", "HTTP 500", "foo/gateway"),
      { route: "foo/foo", conditions: { Accepted: "True Accepted", ResolvedRefs: "False RefNotPermitted" } },
      {
        apply: `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: bar, namespace: bar }
spec:
  from:
  - { group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: foo }
  to:
  - { group: "", kind: Service }
`,
      },
      request("/bar", ["bar/bar"], "foo/gateway"),
      { route: "foo/foo", conditions: { Accepted: "True Accepted", ResolvedRefs: "True ResolvedRefs" } },
      { remove: "ReferenceGrant", key: "bar/bar" },
      request("/bar", "HTTP 500", "foo/gateway"),
    ],
  },
  {
    id: "reference-grant-v1",
    source: "gwGrant",
    says: "a grant may be written in the version v1 of its API",
    story: [
      {
        apply: `
apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata: { name: bar }
spec:
  from:
  - { group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: foo }
  to:
  - { group: "", kind: Service }
`,
      },
    ],
  },
  {
    id: "reference-grant-elsewhere",
    source: "gwGrant",
    says: "a grant counts only in the namespace that it stands in, for the namespaces and kinds that it names",
    cluster: CLUSTER,
    manifests: documents(
      namespace("foo"),
      namespace("bar"),
      gatewayClass(),
      gateway("gateway", [{}], { of: "foo" }),
      app("bar", "bar"),
      route("foo", [{ to: "[{ name: bar, namespace: bar, port: 8080 }]" }], { of: "foo" }),
      ...[
        ["in-foo", "foo", "HTTPRoute", "foo"],
        ["from-other", "bar", "HTTPRoute", "other"],
        ["for-gateways", "bar", "Gateway", "foo"],
      ].map(
        ([name, of, kind, from]) =>
          `{ apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: { name: ${name}, namespace: ${of} }, spec: { from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${from} }], to: [{ group: "", kind: Service }] } }`,
      ),
    ),
    story: [request("/", "HTTP 500", "foo/gateway")],
  },
  simple(
    "backend-not-found",
    "gwSpec",
    "a rule whose backend does not exist answers with 500, and the route says so",
    [route("route", [{ to: "nothing" }])],
    [
      request("/", "HTTP 500"),
      { route: "route", conditions: { Accepted: "True Accepted", ResolvedRefs: "False BackendNotFound" } },
    ],
  ),
  simple(
    "backends-partly-missing",
    "gwSpec",
    "of two backends of which one does not exist, that one's share is answered with 500",
    [route("route", [{ to: "[{ name: v1, port: 8080 }, { name: nothing, port: 8080 }]" }])],
    [
      {
        connect: { from: "machine/client", to: "@gateway/gateway", port: 80, http: { path: "/" } },
        sees: ["answered", "HTTP 500"],
      },
    ],
  ),
  simple(
    "backends-none",
    "gwRoute",
    "a rule without backends answers with 500",
    [route("route", [{ matches: prefix("/") }])],
    [request("/", "HTTP 500")],
  ),
  simple(
    "backend-without-endpoints",
    "gwSpec",
    "a Service without ready endpoints is answered for with 503",
    [service("empty", { ports: ["8080:8080"] }), route("route", [{ to: "empty" }])],
    [request("/", "HTTP 503")],
  ),
  simple(
    "no-rule",
    "gwSpec",
    "a request that no rule matches is answered with 404",
    [route("route", [{ matches: prefix("/shop"), to: "v1" }])],
    [request("/", "HTTP 404"), request("/shopping", "HTTP 404")],
  ),
  simple(
    "canary-by-header",
    "gwSplitting",
    "requests with traffic: test go to foo-v2, all others to foo-v1",
    [
      app("foo-v1"),
      app("foo-v2"),
      route(
        "foo-route",
        [{ to: "foo-v1" }, { matches: "[{ headers: [{ name: traffic, value: test }] }]", to: "foo-v2" }],
        { hostnames: ["foo.example.com"] },
      ),
    ],
    [request("foo.example.com/ traffic=test", ["foo-v2"]), request("foo.example.com/", ["foo-v1"])],
    true,
  ),
  simple(
    "weights",
    "gwSplitting",
    "weights of 90 and 10 send some requests to either; a weight of 0 sends none",
    [
      app("foo-v1"),
      app("foo-v2"),
      route(
        "split",
        [{ to: "[{ name: foo-v1, port: 8080, weight: 90 }, { name: foo-v2, port: 8080, weight: 10 }]" }],
        {
          hostnames: ["split.example.com"],
        },
      ),
      route(
        "done",
        [{ to: "[{ name: foo-v1, port: 8080, weight: 0 }, { name: foo-v2, port: 8080, weight: 1 }]" }],
        {
          hostnames: ["foo.example.com"],
        },
      ),
    ],
    [request("split.example.com/", ["foo-v1", "foo-v2"]), request("foo.example.com/", ["foo-v2"])],
    true,
  ),
  {
    id: "sections-and-ports",
    source: "gwRoute",
    says: "a route attaches to the listener that it names, or to those on the port that it names",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass(),
      V123,
      gateway("acme-lb", [
        { name: "foo", port: 8080 },
        { name: "bar", port: 8090 },
        { name: "baz", port: 8090, hostname: "baz.example.com" },
      ]),
      route("by-section", [{ to: "v1" }], { parents: "[{ name: acme-lb, sectionName: foo }]" }),
      route("by-port", [{ to: "v2" }], { parents: "[{ name: acme-lb, port: 8090 }]" }),
      route("nowhere", [{ to: "v3" }], { parents: "[{ name: acme-lb, sectionName: qux }]" }),
    ),
    story: [
      request("/", ["v1"], "acme-lb", 8080),
      request("/", ["v2"], "acme-lb", 8090),
      request("baz.example.com/", ["v2"], "acme-lb", 8090),
      { route: "nowhere", conditions: { Accepted: "False NoMatchingParent" } },
    ],
  },
  {
    id: "oldest-route-first",
    source: "gwSpec",
    says: "of equal matches the one of the oldest route counts, whatever it is called",
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass(),
      gateway("gateway"),
      V123,
      route("z-old", [{ matches: prefix("/shop"), to: "v1" }]),
    ),
    story: [
      { apply: route("a-new", [{ matches: prefix("/shop"), to: "v2" }]) },
      request("/shop", ["v1"]),
      { remove: "HTTPRoute", key: "z-old" },
      request("/shop", ["v2"]),
    ],
  },
  simple(
    "first-by-name",
    "gwSpec",
    "of equal matches of routes of one age the first by name counts, and in one route the first rule",
    [
      route("b", [{ matches: prefix("/shop"), to: "v1" }]),
      route("a", [
        { matches: prefix("/shop"), to: "v2" },
        { matches: prefix("/shop"), to: "v3" },
      ]),
    ],
    [request("/shop", ["v2"])],
  ),
  {
    id: "no-gateway-controller",
    source: "gwMigrating",
    says: "without a controller of its class a Gateway gets no address",
    manifests: documents(gatewayClass(), gateway("gateway"), V123, route("route", [{ to: "v1" }])),
    story: [{ gatewayAddress: "gateway", is: "absent" }],
  },
  {
    id: "httpbin-gateway",
    source: "aksGateway",
    says: "httpbin-gateway gets a Deployment and a Service of type LoadBalancer named after it and its class, and answers httpbin.example.com/get",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass("approuting-istio"),
      deployment("httpbin"),
      service("httpbin", { ports: ["8000:8080"] }),
      `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: httpbin-gateway }
spec:
  gatewayClassName: approuting-istio
  listeners:
  - name: http
    port: 80
    protocol: HTTP
    allowedRoutes: { namespaces: { from: Same } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: httpbin }
spec:
  parentRefs: [{ name: httpbin-gateway }]
  hostnames: ["httpbin.example.com"]
  rules:
  - matches:
    - path: { type: PathPrefix, value: /get }
    backendRefs:
    - { name: httpbin, port: 8000 }
`,
    ),
    story: [
      { object: "Service", key: "httpbin-gateway-approuting-istio", has: { spec: { type: "LoadBalancer" } } },
      { object: "Deployment", key: "httpbin-gateway-approuting-istio", has: {} },
      { same: ["@gateway/httpbin-gateway", "@external/httpbin-gateway-approuting-istio"] },
      request("httpbin.example.com/get", ["httpbin"], "httpbin-gateway"),
      request("httpbin.example.com/status/200", "HTTP 404", "httpbin-gateway"),
      request("example.com/get", "HTTP 404", "httpbin-gateway"),
    ],
  },
  {
    id: "httpbin-gateway-internal",
    source: "aksGateway",
    says: "an annotation of the Gateway's infrastructure makes its load balancer internal",
    cluster: CLUSTER,
    manifests: documents(
      gatewayClass("approuting-istio"),
      `{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: inside }, spec: { gatewayClassName: approuting-istio,
         infrastructure: { annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: "true" } },
         listeners: [{ name: http, port: 80, protocol: HTTP }] } }`,
    ),
    story: [{ within: "@gateway/inside", cidr: "10.224.0.0/16" }],
  },
  ...(["overlay", "podSubnet", "nodeSubnet", "kubenet"] as const).map(
    (mode): Scenario => ({
      id: `application-gateway-for-containers-${mode}`,
      source: "aksCni",
      says: `Application Gateway for Containers ${mode === "kubenet" ? "does not reach" : "reaches"} Pods in ${mode}`,
      cluster: {
        mode,
        controllers: [{ name: "alb.networking.azure.io/alb-controller", dataPlane: "azure", subnet: "agc" }],
        machines: [CLIENT],
      },
      manifests: documents(
        gatewayClass("azure-alb-external").replace(ISTIO, "alb.networking.azure.io/alb-controller"),
        gateway("gateway", [{}], { className: "azure-alb-external" }),
        app("web"),
        route("route", [{ to: "web" }]),
      ),
      story: [
        {
          connect: { from: "machine/client", to: "@gateway/gateway", port: 80, http: { path: "/" } },
          sees: mode === "kubenet" ? "!answered" : "answered",
        },
      ],
    }),
  ),
];
