import {
  type Cluster,
  type HTTPRoute,
  type KubeObject,
  type ReferenceGrant,
  type Rules,
  routeRequest,
} from "../cluster/index.ts";
import { applied, DOMAINS, NAMESPACES, namespace, SEGMENTS, service } from "./draw.ts";
import { manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  shown: readonly KubeObject[];
  home: string;
  away: string;
  host: string;
  path: string;
}

/** The Service that a request is handed to, or the status that is answered instead. */
function outcome({ cluster, home, host, path }: Drawn, rules?: Rules): string {
  const found = routeRequest(cluster, { gateway: `${home}/edge`, port: 80 }, { host, path }, rules);
  const [backend] = found?.backends ?? [];
  return backend === undefined ? "404" : backend.service ? backend.key : "500";
}

/** What becomes of requests for Services of another namespace, with and without a ReferenceGrant. */
export const grantedBackend = single<Drawn, string>({
  version: 2,
  concept: "roles",
  sources: ["gateway-reference-grant", "gwapi-spec"],
  draws: (dice, difficulty) => {
    const [home = "", away = "", third = ""] = dice.some(NAMESPACES, 3);
    const [a = "", b = "", c = ""] = dice.some(SEGMENTS, 3);
    const host = `www.${dice.pick(DOMAINS)}`;
    const rule = (path: string, name: string, where?: string) => ({
      matches: [{ path: { type: "PathPrefix" as const, value: path } }],
      backendRefs: [{ name, namespace: where, port: 80 }],
    });
    const rules = dice.some(
      [
        rule("/", "front"),
        rule(`/${a}`, a, away),
        ...(difficulty > 1 ? [rule(`/${a}/${b}`, b, away)] : []),
        ...(difficulty > 3 ? [rule(`/${c}`, c, third)] : []),
      ],
      4,
    );
    const route: HTTPRoute = {
      kind: "HTTPRoute",
      metadata: { name: "entry", namespace: home },
      spec: { parentRefs: [{ name: "edge" }], hostnames: [host], rules },
    };
    const grant = (where: string, to: ReferenceGrant["spec"]["to"][0], from: string): ReferenceGrant => ({
      kind: "ReferenceGrant",
      metadata: { name: "allow-routes", namespace: where },
      spec: { from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: from }], to: [to] },
    });
    const kind = { group: "", kind: "Service" };
    // A grant for one Service, for another namespace, or one that stands where the route does, and so says nothing.
    const grants = [
      ...(difficulty > 1 ? [grant(away, { ...kind, name: b }, home)] : []),
      ...(difficulty > 3 ? [grant(third, kind, dice.pick([home, away]))] : []),
      ...(difficulty < 2 || dice.chance(0.3) ? [grant(home, kind, home)] : []),
    ];
    const made = [
      ["front", home],
      [a, away],
      [b, away],
      [c, third],
    ] as const;
    const cluster = applied({ nodes: 0 }, [
      ...[home, away, third].map((name) => namespace(name)),
      {
        kind: "GatewayClass",
        metadata: { name: "edge" },
        spec: { controllerName: "example.com/gateway-controller" },
      },
      {
        kind: "Gateway",
        metadata: { name: "edge", namespace: home },
        spec: { gatewayClassName: "edge", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
      },
      ...made.map(([name, where]) =>
        service(name, { selector: { app: name }, ports: [{ port: 80 }] }, { namespace: where }),
      ),
      route,
      ...grants,
    ]);
    const paths = [
      `/${a}/1`,
      `/${a}`,
      `/${a}/${b}s`,
      `/${a}${c}`,
      `/${a}/${b}/1`,
      ...(difficulty > 3 ? [`/${c}/1`, `/${c}s`] : []),
    ];
    const drawn = { cluster, shown: [route, ...grants], home, away, host };
    return dice.some(paths, paths.length).map((path) => ({ ...drawn, path }));
  },
  beliefs: ["namespace-crossing", "path-prefix-is-string", "rules-read-from-top"],
  answer: (drawn, rules) => outcome(drawn, rules),
  tell: (found) =>
    /^\d+$/.test(found)
      ? say("HTTP {0}が返る", "HTTP {0} comes back", code(found))
      : say("Service {0}", "the Service {0}", code(found)),
  prompt: ({ shown, home, host, path }) =>
    paragraphs(
      say(
        "名前空間{0}のGateway `edge`に、次のHTTPRouteが付いている。指されたServiceは、どれも動いている。",
        "This HTTPRoute is attached to the Gateway `edge` of the namespace {0}. All Services that it names are there and work.",
        code(home),
      ),
      manifest(...shown),
      say(
        "{0}へのリクエストには、何が応えるか。",
        "What answers a request for {0}?",
        code(`http://${host}${path}`),
      ),
    ),
  explain: (drawn) => {
    const { cluster, home, host, path } = drawn;
    const found = routeRequest(cluster, { gateway: `${home}/edge`, port: 80 }, { host, path });
    const rule = found?.route.path ?? "/";
    const backend = found?.backends[0];
    return sentences(
      say(
        "パス{0}に最も細かく合うのは{1}の規則で、行き先は{2}です。",
        "The closest rule for the path {0} is {1}, which leads to {2}.",
        code(path),
        code(rule),
        code(backend?.key ?? ""),
      ),
      backend?.key.startsWith(`${home}/`)
        ? text("同じ名前空間なので、許可は要りません。", "That is in the same namespace and takes no grant.")
        : backend?.service
          ? text(
              "名前空間を越えますが、行き先の名前空間にあるReferenceGrantが許しています。",
              "That crosses namespaces, and a ReferenceGrant over there permits it.",
            )
          : text(
              "名前空間を越えるのに、行き先の側にこれを許すReferenceGrantがないので、500になります。",
              "That crosses namespaces, and no ReferenceGrant over there permits it: the answer is 500.",
            ),
    );
  },
  about: ({ path }) => [path],
});
