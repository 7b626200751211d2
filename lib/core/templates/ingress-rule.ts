import { type Cluster, type Ingress, routeRequest } from "../cluster/index.ts";
import { applied, DOMAINS, SEGMENTS, service } from "./draw.ts";
import { manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, nameIn, paragraphs, say, text } from "./words.ts";

type IngressPath = NonNullable<NonNullable<Ingress["spec"]["rules"]>[number]["http"]>["paths"][number];

interface Drawn {
  cluster: Cluster;
  ingress: Ingress;
  host: string;
  path: string;
}

const CONTROLLER = "example.com/ingress-controller";
const NOT_FOUND = "404";

const serviceOf = ({ cluster, host, path }: Drawn, rules?: Parameters<typeof routeRequest>[3]): string => {
  const key = routeRequest(cluster, { controller: CONTROLLER }, { host, path }, rules)?.backends[0]?.key;
  return key === undefined ? NOT_FOUND : nameIn(key);
};

/** Which Service an Ingress hands a request to. */
export const ingressRule = single<Drawn, string>({
  version: 2,
  concept: "host-path",
  sources: ["k8s-ingress"],
  draws: (dice, difficulty) => {
    const domain = dice.pick(DOMAINS);
    const [sub = "", otherSub = ""] = dice.some(["www", "shop", "app", "my"], 2);
    const [a = "", b = ""] = dice.some(SEGMENTS, 2);
    const to = (path: string, name: string, pathType: IngressPath["pathType"] = "Prefix"): IngressPath => ({
      path,
      pathType,
      backend: { service: { name, port: { number: 80 } } },
    });
    const paths = dice.some(
      [
        to("/", "front"),
        to(`/${a}`, a, "Prefix"),
        to(`/${a}/${b}`, `${a}-${b}`),
        ...(difficulty > 3 ? [to(`/${a}`, `${a}-exact`, "Exact")] : []),
      ],
      4,
    );
    const wildcard = difficulty > 2 && dice.chance(0.6);
    const rules = [
      { host: `${sub}.${domain}`, http: { paths } },
      {
        host: wildcard ? `*.${domain}` : `${otherSub}.${domain}`,
        http: {
          paths: [
            to("/", "other"),
            to(`/${a}/${b}s`, `other-${b}s`),
            ...(difficulty > 2 ? [to(`/${a}`, `other-${a}`)] : []),
          ],
        },
      },
    ];
    const ingress: Ingress = {
      kind: "Ingress",
      metadata: { name: "entry", namespace: "default" },
      spec: { ingressClassName: "edge", rules: dice.some(rules, 2) },
    };
    const names = rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service.name));
    const cluster = applied({ nodes: 0, controllers: [{ name: CONTROLLER, dataPlane: "pods" }] }, [
      { kind: "IngressClass", metadata: { name: "edge" }, spec: { controller: CONTROLLER } },
      ...names.map((name) => service(name, { selector: { app: name }, ports: [{ port: 80 }] })),
      ingress,
    ]);
    const hosts = [
      `${sub}.${domain}`,
      ...(wildcard
        ? [domain, `eu.${otherSub}.${domain}`, `${otherSub}.${domain}`]
        : [`${otherSub}.${domain}`]),
    ];
    const asked = [`/${a}${b}`, `/${a}`, `/${a}/${b}`, `/${a}/${b}s`, `/${a}/`, "/"];
    const requests = hosts.flatMap((host) => asked.map((path) => ({ host, path })));
    return dice.some(requests, requests.length).map((request) => ({ cluster, ingress, ...request }));
  },
  beliefs: [
    "path-prefix-is-string",
    "wildcard-covers-all-levels",
    "rules-read-from-top",
    "host-is-not-checked",
  ],
  answer: (drawn, rules) => serviceOf(drawn, rules),
  tell: (name) =>
    name === NOT_FOUND
      ? text("どこへも渡さず、404を返す", "to none: the answer is 404")
      : say("Service {0}", "to the Service {0}", code(name)),
  prompt: ({ ingress, host, path }) =>
    paragraphs(
      say("次のIngressが、コントローラーに引き受けられている。", "A controller has picked up this Ingress."),
      manifest(ingress),
      say(
        "{0}へのリクエストは、どこへ渡されるか。",
        "Where does a request for {0} go?",
        code(`http://${host}${path}`),
      ),
    ),
  explain: (drawn) => {
    const { cluster, host, path, ingress } = drawn;
    const found = routeRequest(cluster, { controller: CONTROLLER }, { host, path });
    const {
      metadata: { name },
    } = ingress;
    return found
      ? say(
          "Ingress {0}のうち、ホスト名{1}に合うのは{2}の規則です。その中でパス{3}に最も長く一致するのは{4}で、行き先は{5}です。同じ長さなら`Exact`が優先で、書いた順は関係ありません。",
          "In the Ingress {0} the host {1} meets the rule for {2}. Of its paths {4} is the longest that matches {3}, and leads to {5}. Of equal ones `Exact` wins; the order in the file does not count.",
          code(name),
          code(host),
          code(found.route.host ?? "*"),
          code(path),
          code(found.route.path ?? "/"),
          code(serviceOf(drawn)),
        )
      : say(
          "Ingress {0}には、ホスト名{1}とパス{2}の両方に合う規則がありません。ホスト名は全体で、`*`は一段分として比べ、パスは`/`で区切った要素ごとに比べます。",
          "No rule of the Ingress {0} meets both the host {1} and the path {2}. Hosts are compared as a whole, with `*` for one label, and paths element by element.",
          code(name),
          code(host),
          code(path),
        );
  },
  about: ({ ingress, host, path }) => [ingress.metadata.name, host, path],
});
