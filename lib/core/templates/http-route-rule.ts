import {
  type Cluster,
  type HTTPRoute,
  type HTTPRouteMatch,
  type HttpRequest,
  routeRequest,
} from "../cluster/index.ts";
import { applied, DOMAINS, SEGMENTS } from "./draw.ts";
import { manifest } from "./print.ts";
import { single } from "./template.ts";
import { block, code, nameIn, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  routes: readonly HTTPRoute[];
  request: HttpRequest & { host: string };
}

const GATEWAY = { gateway: "default/edge", port: 80 };
const NOT_FOUND = "404";

const serviceOf = ({ cluster, request }: Drawn, rules?: Parameters<typeof routeRequest>[3]): string => {
  const key = routeRequest(cluster, GATEWAY, request, rules)?.backends[0]?.key;
  return key === undefined ? NOT_FOUND : nameIn(key);
};

const curl = ({ host, path, method = "GET", headers = {} }: Drawn["request"]): string =>
  [
    "curl",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`),
    `http://${host}${path}`,
  ].join(" ");

/** Which backend an HTTPRoute hands a request to. */
export const httpRouteRule = single<Drawn, string>({
  version: 2,
  concept: "gateway-api",
  sources: ["gwapi-spec", "k8s-gateway"],
  draws: (dice, difficulty) => {
    const host = `${dice.pick(["www", "shop", "api"])}.${dice.pick(DOMAINS)}`;
    const [a = "", b = ""] = dice.some(SEGMENTS, 2);
    const header = { name: "x-track", value: "canary" };
    const prefix = (value: string): HTTPRouteMatch["path"] => ({ type: "PathPrefix", value });
    const rule = (name: string, ...matches: HTTPRouteMatch[]) => ({
      matches,
      backendRefs: [{ name, port: 80 }],
    });
    const rules = [
      rule("front", { path: prefix("/") }),
      rule(a, { path: prefix(`/${a}`) }),
      rule(`${a}-${b}`, { path: prefix(`/${a}/${b}`) }),
      ...(difficulty > 1 ? [rule(`${a}-canary`, { path: prefix(`/${a}`), headers: [header] })] : []),
      ...(difficulty > 2 ? [rule(`${a}-write`, { path: prefix(`/${a}`), method: "POST" })] : []),
      ...(difficulty > 4
        ? [rule(`${a}-exact`, { path: { type: "Exact", value: `/${a}/${b}s` }, headers: [header] })]
        : []),
    ];
    const attached = (name: string, hostname: string, ruled: typeof rules): HTTPRoute => ({
      kind: "HTTPRoute",
      metadata: { name, namespace: "default" },
      spec: { parentRefs: [{ name: "edge" }], hostnames: [hostname], rules: ruled },
    });
    const partner = host.replace(/^[^.]+/, "partner");
    const routes = [
      attached("entry", host, dice.some(rules, rules.length)),
      attached("partner", partner, [rule("partner", { path: prefix(`/${a}/${b}s`) })]),
    ];
    const cluster = applied({ nodes: 0 }, [
      {
        kind: "GatewayClass",
        metadata: { name: "edge" },
        spec: { controllerName: "example.com/gateway-controller" },
      },
      {
        kind: "Gateway",
        metadata: { name: "edge" },
        spec: { gatewayClassName: "edge", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
      },
      ...routes,
    ]);
    const asked = dice.chance(0.9) ? host : partner;
    const paths = [`/${a}${b}`, `/${a}/${b}s`, `/${a}/${b}s/1`];
    const methods = difficulty > 2 ? ["GET", "POST"] : ["GET"];
    const headers = difficulty > 1 ? [undefined, { [header.name]: header.value }] : [undefined];
    const requests = paths.flatMap((path) =>
      methods.flatMap((method) => headers.map((given) => ({ host: asked, path, method, headers: given }))),
    );
    return dice.some(requests, requests.length).map((request) => ({ cluster, routes, request }));
  },
  beliefs: ["path-prefix-is-string", "host-is-not-checked", "rules-read-from-top"],
  answer: (drawn, rules) => serviceOf(drawn, rules),
  tell: (name) =>
    name === NOT_FOUND
      ? text("どこへも渡さず、404を返す", "to none: the answer is 404")
      : say("Service {0}", "to the Service {0}", code(name)),
  prompt: ({ routes, request }) =>
    paragraphs(
      say(
        "Gateway `edge`のポート80に、次の二つのHTTPRouteが付いている。",
        "These two HTTPRoutes are attached to port 80 of the Gateway `edge`.",
      ),
      manifest(...routes),
      say("次のリクエストは、どこへ渡されるか。", "Where does this request go?"),
      block(curl(request)),
    ),
  explain: (drawn) => {
    const { cluster, request } = drawn;
    const found = routeRequest(cluster, GATEWAY, request);
    return found
      ? say(
          "ホスト名{0}に合うのは{1}だけです。その規則のうちパスもメソッドもヘッダーも合うものから、パスの`Exact`、長いパス、メソッド、ヘッダーの数の順に細かいものが選ばれます。{2}には{3}の規則が当たり、行き先は{4}です。",
          "Only {1} meets the host {0}. Of its rules those count whose path, method and headers match, and the closest wins: an exact path, then the longer one, then a method, then more headers. {2} meets the rule for {3}, which leads to {4}.",
          code(request.host),
          code(nameIn(found.route.key)),
          code(request.path),
          code(found.route.path ?? "/"),
          code(serviceOf(drawn)),
        )
      : say(
          "ホスト名{0}のHTTPRouteに、パス{1}に合う規則がありません。パスは`/`で区切った要素ごとに比べ、ほかのホスト名の規則は使いません。",
          "The HTTPRoute for the host {0} has no rule that meets the path {1}. Paths are compared element by element, and rules for other hosts are not used.",
          code(request.host),
          code(request.path),
        );
  },
  about: ({ request }) => [request.host, request.path],
});
