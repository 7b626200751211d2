import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, namespace, service } from "./manifests.ts";
import type { Question, Scenario } from "./scenario.ts";

const NGINX = "k8s.io/ingress-nginx";
const CLIENT = { name: "client", address: "198.51.100.7" };
/** A controller with its proxies in the cluster, and somebody on the internet. */
const CLUSTER: ClusterOptions = {
  controllers: [{ name: NGINX, dataPlane: "pods", service: "ingress-nginx/controller" }],
  machines: [CLIENT],
};
const PROXIES = documents(
  namespace("ingress-nginx"),
  deployment("controller", { namespace: "ingress-nginx", replicas: 2, ports: [80] }),
  service("controller", { namespace: "ingress-nginx", ports: ["80:80"], more: { type: "LoadBalancer" } }),
);
const ingressClass = (name: string, controller = NGINX, isDefault = false) => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: ${name}
  annotations: { "ingressclass.kubernetes.io/is-default-class": "${isDefault}" }
spec: { controller: "${controller}" }
`;
const INSTALLED = documents(PROXIES, ingressClass("nginx"));

const backend = (name: string, port = 80) => `{ service: { name: ${name}, port: { number: ${port} } } }`;
const app = (name: string, port = 80) =>
  documents(deployment(name), service(name, { ports: [`${port}:8080`] }));
interface PathRule {
  path: string;
  type?: "Exact" | "Prefix" | "ImplementationSpecific";
  to?: string;
}
const rule = (paths: readonly PathRule[], host?: string) =>
  `{ ${host === undefined ? "" : `host: "${host}", `}http: { paths: [${paths
    .map(
      ({ path, type = "Prefix", to = "web" }) =>
        `{ path: ${path}, pathType: ${type}, backend: ${backend(to)} }`,
    )
    .join(", ")}] } }`;
const ingress = (rules: readonly string[], { name = "ingress", more = "ingressClassName: nginx" } = {}) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: ${name} }, spec: { ${more ? `${more}, ` : ""}rules: [${rules.join(", ")}] } }`;

/** A request from the internet to the proxies, and the Services that it comes to. */
const request = (url: string, to: readonly string[] | string): Question => {
  const [, host, path = "/"] = /^([^/]*)(\/.*)$/.exec(url) ?? [];
  const connect = {
    from: "machine/client",
    to: "@external/ingress-nginx/controller",
    port: 80,
    http: { host: host || undefined, path },
  };
  return typeof to === "string" ? { connect, sees: to } : { connect, sees: "answered", backends: to };
};

/** Rows of the table of paths: those of an Ingress, and what becomes of some requests. */
const paths = (
  id: string,
  says: string,
  rules: readonly PathRule[],
  requests: Readonly<Record<string, string>>,
): Scenario => ({
  id,
  source: "ingress",
  says,
  cluster: CLUSTER,
  manifests: documents(
    INSTALLED,
    ...[...new Set(["fallback", ...rules.map(({ to = "web" }) => to)])].map((name) => app(name)),
    ingress([rule(rules)], { more: `ingressClassName: nginx, defaultBackend: ${backend("fallback")}` }),
  ),
  story: Object.entries(requests).map(([path, to]) => request(path, [to])),
});

export const ingresses: readonly Scenario[] = [
  paths(
    "paths-exact",
    "an exact path matches itself alone, with or without its slash",
    [{ path: "/foo", type: "Exact" }],
    {
      "/foo": "web",
      "/bar": "fallback",
      "/foo/": "fallback",
      "/FOO": "fallback",
    },
  ),
  paths(
    "paths-exact-slash",
    "an exact path that ends in a slash does not match the one without",
    [{ path: "/foo/", type: "Exact" }],
    {
      "/foo/": "web",
      "/foo": "fallback",
    },
  ),
  paths("paths-root", "the prefix / matches every path", [{ path: "/" }], { "/": "web", "/any/path": "web" }),
  paths(
    "paths-prefix",
    "a prefix matches with and without a slash at the end, and what is below",
    [{ path: "/foo" }],
    {
      "/foo": "web",
      "/foo/": "web",
      "/foo/bar": "web",
    },
  ),
  paths("paths-prefix-slash", "a slash at the end of a prefix says nothing", [{ path: "/aaa/bbb/" }], {
    "/aaa/bbb": "web",
    "/aaa/bbb/": "web",
  }),
  paths(
    "paths-prefix-by-element",
    "a prefix is matched element by element, not letter by letter",
    [{ path: "/aaa/bb", to: "short" }, { path: "/aaa/bbb" }],
    {
      "/aaa/bbb": "web",
      "/aaa/bbb/": "web",
      "/aaa/bbb/ccc": "web",
      "/aaa/bbbxyz": "fallback",
      "/aaa/bb": "short",
    },
  ),
  paths(
    "paths-longest",
    "of several prefixes the longest that matches counts, wherever it stands",
    [
      { path: "/", to: "root" },
      { path: "/aaa", to: "aaa" },
      { path: "/aaa/bbb", to: "bbb" },
    ],
    { "/aaa/ccc": "aaa", "/aaa/bbb": "bbb", "/ccc": "root" },
  ),
  paths("paths-default-backend", "what no path matches goes to the default backend", [{ path: "/aaa" }], {
    "/ccc": "fallback",
  }),
  paths(
    "paths-exact-first",
    "of a prefix and an exact path that match alike the exact one counts",
    [
      { path: "/foo", to: "prefix" },
      { path: "/foo", type: "Exact", to: "exact" },
    ],
    { "/foo": "exact", "/foo/": "prefix", "/foo/bar": "prefix" },
  ),
  paths("paths-case", "paths are told apart by capitals", [{ path: "/Foo" }], {
    "/Foo/bar": "web",
    "/foo/bar": "fallback",
  }),
  {
    id: "wildcard-host",
    source: "ingress",
    says: "*.foo.com matches bar.foo.com, and neither baz.bar.foo.com nor foo.com",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("service1"),
      app("service2"),
      `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ingress-wildcard-host }
spec:
  ingressClassName: nginx
  rules:
  - host: "foo.bar.com"
    http:
      paths:
      - pathType: Prefix
        path: "/bar"
        backend: ${backend("service1")}
  - host: "*.foo.com"
    http:
      paths:
      - pathType: Prefix
        path: "/foo"
        backend: ${backend("service2")}
`,
    ),
    story: [
      request("foo.bar.com/bar", ["service1"]),
      request("bar.foo.com/foo", ["service2"]),
      request("baz.bar.foo.com/foo", "HTTP 404"),
      request("foo.com/foo", "HTTP 404"),
      request("bar.foo.com/bar", "HTTP 404"),
    ],
  },
  {
    id: "simple-fanout",
    source: "ingress",
    says: "foo.bar.com/foo goes to service1 on 4200 and foo.bar.com/bar to service2 on 8080, from one address",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("service1", 4200),
      app("service2", 8080),
      `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: simple-fanout-example }
spec:
  ingressClassName: nginx
  rules:
  - host: foo.bar.com
    http:
      paths:
      - { path: /foo, pathType: Prefix, backend: ${backend("service1", 4200)} }
      - { path: /bar, pathType: Prefix, backend: ${backend("service2", 8080)} }
`,
    ),
    story: [
      { same: ["@ingress/simple-fanout-example", "@external/ingress-nginx/controller"] },
      request("foo.bar.com/foo", ["service1"]),
      request("foo.bar.com/bar", ["service2"]),
      request("foo.bar.com/", "HTTP 404"),
      request("other.com/foo", "HTTP 404"),
    ],
  },
  {
    id: "virtual-hosts",
    source: "ingress",
    says: "first.bar.com goes to service1, second.bar.com to service2, and any other host to service3",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("service1"),
      app("service2"),
      app("service3"),
      ingress([
        rule([{ path: "/", to: "service1" }], "first.bar.com"),
        rule([{ path: "/", to: "service2" }], "second.bar.com"),
        rule([{ path: "/", to: "service3" }]),
      ]),
    ),
    story: [
      request("first.bar.com/", ["service1"]),
      request("second.bar.com/any", ["service2"]),
      request("third.com/", ["service3"]),
      request("/", ["service3"]),
    ],
  },
  {
    id: "single-service",
    source: "ingress",
    says: "an Ingress without rules sends all requests to its default backend, and shows the controller's address",
    example: true,
    cluster: {
      ...CLUSTER,
      controllers: [
        { name: "example.com/ingress-controller", dataPlane: "pods", service: "ingress-nginx/controller" },
      ],
    },
    manifests: documents(
      PROXIES,
      ingressClass("external-lb", "example.com/ingress-controller"),
      app("test"),
      `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: test-ingress }
spec:
  ingressClassName: external-lb
  defaultBackend: ${backend("test")}
`,
    ),
    story: [
      { same: ["@ingress/test-ingress", "@external/ingress-nginx/controller"] },
      request("any.com/path", ["test"]),
      request("/", ["test"]),
    ],
  },
  {
    id: "host-added",
    source: "ingress",
    says: "a host that is added to an Ingress is served beside the first",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("service1"),
      app("service2"),
      ingress([rule([{ path: "/foo", to: "service1" }], "foo.bar.com")], { name: "test" }),
    ),
    story: [
      request("bar.baz.com/foo", "HTTP 404"),
      {
        apply: ingress(
          [
            rule([{ path: "/foo", to: "service1" }], "foo.bar.com"),
            rule([{ path: "/foo", to: "service2" }], "bar.baz.com"),
          ],
          { name: "test" },
        ),
      },
      request("foo.bar.com/foo", ["service1"]),
      request("bar.baz.com/foo", ["service2"]),
    ],
  },
  {
    id: "ingress-of-the-migration-guide",
    source: "gwMigrating",
    says: "foo.example.com/orders goes to foo-orders-app, the rest of that host to foo-app, bar.example.com to bar-app",
    example: true,
    cluster: CLUSTER,
    manifests: documents(
      PROXIES,
      ingressClass("prod"),
      app("foo-app"),
      app("foo-orders-app"),
      app("bar-app"),
      ingress(
        [
          rule(
            [
              { path: "/", to: "foo-app" },
              { path: "/orders", to: "foo-orders-app" },
            ],
            "foo.example.com",
          ),
          rule([{ path: "/", to: "bar-app" }], "bar.example.com"),
        ],
        { name: "example-ingress", more: "ingressClassName: prod" },
      ),
    ),
    story: [
      request("foo.example.com/orders/7", ["foo-orders-app"]),
      request("foo.example.com/orderly", ["foo-app"]),
      request("foo.example.com/", ["foo-app"]),
      request("bar.example.com/orders", ["bar-app"]),
    ],
  },
  {
    id: "no-controller",
    source: "ingress",
    says: "without a controller an Ingress is accepted and has no effect: its address stays empty",
    cluster: { machines: [CLIENT] },
    manifests: documents(INSTALLED, app("web"), ingress([rule([{ path: "/" }])])),
    story: [{ ingressAddress: "ingress", is: "absent" }],
  },
  {
    id: "class-unknown",
    source: "ingress",
    says: "an Ingress of a class that no controller has is taken up by none",
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("web"),
      ingress([rule([{ path: "/" }])], { more: "ingressClassName: traefik" }),
    ),
    story: [{ ingressAddress: "ingress", is: "absent" }, request("/", "HTTP 404")],
  },
  {
    id: "class-none",
    source: "ingress",
    says: "an Ingress without class where no class is the default belongs to no controller",
    cluster: CLUSTER,
    manifests: documents(INSTALLED, app("web"), ingress([rule([{ path: "/" }])], { more: "" })),
    story: [{ ingressAddress: "ingress", is: "absent" }, request("/", "HTTP 404")],
  },
  {
    id: "class-default",
    source: "ingress",
    says: "a new Ingress without class gets the class that is marked as default",
    cluster: CLUSTER,
    manifests: documents(
      PROXIES,
      ingressClass("nginx", NGINX, true),
      app("web"),
      ingress([rule([{ path: "/" }])], { more: "" }),
    ),
    story: [
      { object: "Ingress", key: "ingress", has: { spec: { ingressClassName: "nginx" } } },
      { ingressAddress: "ingress", is: "present" },
      request("/", ["web"]),
    ],
  },
  {
    id: "class-default-for-new-ones",
    source: "ingress",
    says: "marking a class as default gives it to new Ingresses, not to those that are there",
    cluster: CLUSTER,
    manifests: documents(INSTALLED, app("web"), ingress([rule([{ path: "/" }])], { more: "" })),
    story: [
      { apply: ingressClass("nginx", NGINX, true) },
      { ingressAddress: "ingress", is: "absent" },
      { apply: ingress([rule([{ path: "/new" }])], { name: "new", more: "" }) },
      { object: "Ingress", key: "new", has: { spec: { ingressClassName: "nginx" } } },
      request("/new", ["web"]),
      request("/", "HTTP 404"),
    ],
  },
  {
    id: "classes-default-several",
    source: "defaultClass",
    says: "of several default classes the newest is given to new Ingresses",
    cluster: CLUSTER,
    manifests: ingressClass("first", NGINX, true),
    story: [
      { apply: documents(PROXIES, ingressClass("second", NGINX, true)) },
      { apply: ingress([rule([{ path: "/" }])], { more: "" }) },
      { object: "Ingress", key: "ingress", has: { spec: { ingressClassName: "second" } } },
    ],
  },
  {
    id: "two-controllers",
    source: "ingress",
    says: "of two controllers each serves the Ingresses of its own classes",
    cluster: {
      ...CLUSTER,
      controllers: [
        { name: NGINX, dataPlane: "pods", service: "ingress-nginx/controller" },
        { name: "traefik.io/ingress-controller", dataPlane: "pods", service: "ingress-nginx/traefik" },
      ],
    },
    manifests: documents(
      INSTALLED,
      deployment("traefik", { namespace: "ingress-nginx", ports: [80] }),
      service("traefik", { namespace: "ingress-nginx", ports: ["80:80"], more: { type: "LoadBalancer" } }),
      ingressClass("traefik", "traefik.io/ingress-controller"),
      app("web"),
      app("api"),
      ingress([rule([{ path: "/", to: "web" }])], { name: "web" }),
      ingress([rule([{ path: "/", to: "api" }])], { name: "api", more: "ingressClassName: traefik" }),
    ),
    story: [
      { same: ["@ingress/web", "@external/ingress-nginx/controller"] },
      { same: ["@ingress/api", "@external/ingress-nginx/traefik"] },
      request("/", ["web"]),
      {
        connect: {
          from: "machine/client",
          to: "@external/ingress-nginx/traefik",
          port: 80,
          http: { path: "/" },
        },
        sees: "answered",
        backends: ["api"],
      },
    ],
  },
  {
    id: "ingresses-share-an-entry",
    source: "gwMigrating",
    says: "the Ingresses of a controller share its address, and the rules of all of them count",
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("web"),
      app("api"),
      ingress([rule([{ path: "/", to: "web" }], "www.example.com")], { name: "web" }),
      ingress([rule([{ path: "/", to: "api" }], "api.example.com")], { name: "api" }),
    ),
    story: [
      { same: ["@ingress/web", "@ingress/api"] },
      request("www.example.com/", ["web"]),
      request("api.example.com/", ["api"]),
    ],
  },
  {
    id: "proxies-in-the-cluster",
    source: "aksIngress",
    says: "with the add-on's NGINX requests pass through Pods of the cluster",
    cluster: CLUSTER,
    manifests: documents(INSTALLED, app("web"), ingress([rule([{ path: "/" }])])),
    story: [
      {
        connect: { from: "machine/client", to: "@ingress/ingress", port: 80, http: { path: "/" } },
        sees: "answered",
        proxies: ["ingress-nginx/controller-*"],
      },
    ],
  },
  {
    id: "proxies-hosted-by-azure",
    source: "aksIngress",
    says: "with Application Gateway for Containers requests pass through what Azure hosts, and through no Pod of its controller",
    cluster: {
      controllers: [{ name: "alb.networking.azure.io/alb-controller", dataPlane: "azure", subnet: "agc" }],
      machines: [CLIENT],
    },
    manifests: documents(
      ingressClass("azure-alb-external", "alb.networking.azure.io/alb-controller"),
      app("web"),
      ingress([rule([{ path: "/" }])], { more: "ingressClassName: azure-alb-external" }),
    ),
    story: [
      {
        connect: { from: "machine/client", to: "@ingress/ingress", port: 80, http: { path: "/" } },
        sees: "answered",
        proxies: ["alb.networking.azure.io/alb-controller"],
      },
    ],
  },
  {
    id: "class-by-annotation",
    source: "ingress",
    says: "the annotation from before there were classes still names the controller's class",
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      app("web"),
      `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: old, annotations: { kubernetes.io/ingress.class: nginx } }, spec: { rules: [${rule([{ path: "/" }])}] } }`,
    ),
    story: [request("/", ["web"])],
  },
  {
    id: "path-type-required",
    source: "ingress",
    says: "a path without a type is refused",
    story: [
      {
        apply: `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web }, spec: { rules: [{ http: { paths: [{ path: /, backend: ${backend("web")} }] } }] } }`,
        refused: "pathType",
      },
    ],
  },
  {
    id: "rules-or-default-backend",
    source: "ingress",
    says: "an Ingress has rules or a default backend, or is refused",
    story: [
      {
        apply:
          "{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web }, spec: { ingressClassName: nginx } }",
        refused: "`defaultBackend` or `rules` must be specified",
      },
    ],
  },
  {
    id: "backend-of-own-namespace",
    source: "ingress",
    says: "a backend is a Service of the Ingress' own namespace, whatever of that name is elsewhere",
    cluster: CLUSTER,
    manifests: documents(
      INSTALLED,
      namespace("prod"),
      deployment("web", { namespace: "prod" }),
      service("web", { namespace: "prod", ports: ["80:8080"] }),
      ingress([rule([{ path: "/" }])]),
    ),
    story: [request("/", "HTTP 503")],
  },
  {
    id: "host-and-path",
    source: "ingress",
    says: "a request has to match the host and the path of a rule",
    cluster: CLUSTER,
    manifests: documents(INSTALLED, app("web"), ingress([rule([{ path: "/shop" }], "www.example.com")])),
    story: [
      request("www.example.com/shop", ["web"]),
      request("www.example.com/", "HTTP 404"),
      request("example.com/shop", "HTTP 404"),
    ],
  },
  {
    id: "client-in-header",
    source: "aksIngress",
    says: "behind the proxy the Pod sees the proxy's address, and finds its client's in a header",
    cluster: CLUSTER,
    manifests: documents(
      PROXIES.replace("type: LoadBalancer", "type: LoadBalancer, externalTrafficPolicy: Local"),
      ingressClass("nginx"),
      app("web"),
      ingress([rule([{ path: "/" }])]),
    ),
    story: [
      {
        connect: {
          from: "machine/client",
          to: "@external/ingress-nginx/controller",
          port: 80,
          http: { path: "/" },
        },
        sees: "answered",
        source: ["@pod/ingress-nginx/controller-*", "@pod/ingress-nginx/controller-*#1"],
        forwardedFor: "@machine/client",
      },
    ],
  },
  {
    id: "store-front-ingress",
    source: "aksAppRouting",
    says: "the add-on's class serves store-front for every host and path",
    cluster: {
      ...CLUSTER,
      controllers: [
        {
          name: "webapprouting.kubernetes.azure.com/nginx",
          dataPlane: "pods",
          service: "ingress-nginx/controller",
        },
      ],
    },
    manifests: documents(
      PROXIES,
      ingressClass("webapprouting.kubernetes.azure.com", "webapprouting.kubernetes.azure.com/nginx"),
      namespace("aks-store"),
      deployment("store-front", { namespace: "aks-store" }),
      service("store-front", { namespace: "aks-store", ports: ["80:8080"] }),
      `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: store-front
  namespace: aks-store
spec:
  ingressClassName: webapprouting.kubernetes.azure.com
  rules:
  - http:
      paths:
      - backend: ${backend("store-front")}
        path: /
        pathType: Prefix
`,
    ),
    story: [
      { same: ["@ingress/aks-store/store-front", "@external/ingress-nginx/controller"] },
      request("any.example.com/cart", ["aks-store/store-front"]),
    ],
  },
];
