import { addressOf, type Cluster, type Rules, type Service } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, service } from "./draw.ts";
import { getPods, manifest, table } from "./print.ts";
import { multiple } from "./template.ts";
import { block, code, paragraphs, say, sentences, text } from "./words.ts";

/** Who sends a request, by way of which Pod. */
interface Request {
  user: string;
  from: string;
}

interface Drawn {
  cluster: Cluster;
  service: Service;
  requests: readonly Request[];
}

/** Two of the requests, by their places. */
type Pair = readonly [number, number];

const cookieOf = ({ user }: Request): string => `session=${user}`;

const pairsOf = ({ requests }: Drawn): Pair[] =>
  requests.flatMap((_, a) => requests.slice(a + 1).map((_, n) => [a, a + 1 + n] as const));

/** By what a request stays with a Pod. */
const sticksBy = ({ cluster }: Drawn, request: Request, rules: Rules): string | undefined => {
  const address = addressOf(cluster, { kind: "Pod", key: `default/${request.from}` });
  return rules.sticksBy(address ?? "", cookieOf(request));
};

/** Which requests reach the same Pod for certain, by way of a Service with session affinity. */
export const stickyRequests = multiple<Drawn, Pair>({
  version: 1,
  concept: "session-affinity",
  sources: ["k8s-service-api", "k8s-virtual-ips"],
  draw: (dice, difficulty) => {
    const app = dice.pick(APPS);
    const [a = "", b = "", c = ""] = dice.some(["ann", "ben", "eva", "kim", "lea", "max"], 3);
    const proxies = ["proxy-1", "proxy-2"];
    // Either user comes by either proxy; so that beliefs part, whatever else there is.
    const crossed = [a, b].flatMap((user) => proxies.map((from) => ({ user, from })));
    const more = Array.from({ length: Math.floor(difficulty / 2) }, () => ({
      user: dice.pick([b, c]),
      from: dice.pick(proxies),
    }));
    const requests = [...crossed, ...more];
    const web = service(app, {
      selector: { app },
      sessionAffinity: "ClientIP",
      ports: [{ port: 80, targetPort: 8080 }],
    });
    const cluster = clusterOf({ nodes: 2, podCidr: `10.${dice.between(100, 200)}.0.0/16` }, [
      web,
      deployment({ name: app, replicas: 3 }),
      ...proxies.map((name) => barePod({ name })),
    ]);
    return { cluster, service: web, requests: dice.some(requests, requests.length) };
  },
  beliefs: ["affinity-by-cookie"],
  candidates: pairsOf,
  answer: (drawn, rules) =>
    pairsOf(drawn).filter(([a, b]) => {
      const [one, other] = [a, b].map((place) => sticksBy(drawn, drawn.requests[place]!, rules));
      return one !== undefined && one === other;
    }),
  tell: ([a, b]) => say("{0}と{1}", "{0} and {1}", a + 1, b + 1),
  prompt: ({ cluster, service: web, requests }) =>
    paragraphs(
      manifest(web),
      getPods(cluster, { namespace: "default", wide: true }),
      say(
        "利用者のHTTPリクエストは、Pod `proxy-1`か`proxy-2`が受け、{0}への新しい接続で送り直す。数分の間に、次の順に届いた。",
        "HTTP requests of users come to the Pod `proxy-1` or `proxy-2`, which sends each on to {0} over a new connection. Within minutes, these came:",
        code(web.metadata.name),
      ),
      block(
        table(
          ["NO", "USER", "BY", "COOKIE"],
          requests.map((request, n) => [String(n + 1), request.user, request.from, cookieOf(request)]),
        ),
      ),
      text(
        "Podの増減はない。必ず同じPodに届くのは、どの組か。",
        "No Pods come or go. Which pairs are certain to reach the same Pod?",
      ),
    ),
  explain: ({ cluster, service: { metadata } }) =>
    sentences(
      say(
        "{0}の`sessionAffinity: ClientIP`が見るのは、接続の送信元IPだけです。",
        "With `sessionAffinity: ClientIP`, {0} goes by the source address of a connection alone.",
        code(metadata.name),
      ),
      say(
        "同じプロキシ（{0}または{1}）からの接続は、誰のものでも同じPodに届きます。Cookieは、L4のServiceには見えません。",
        "What one proxy sends ({0}, or {1}) reaches one Pod, whoever it is for. A Service works at layer 4 and sees no cookie.",
        ...["proxy-1", "proxy-2"].map((name) =>
          code(addressOf(cluster, { kind: "Pod", key: `default/${name}` }) ?? ""),
        ),
      ),
    ),
  about: ({ service: { metadata } }) => [metadata.name],
});
