import { type Cluster, resolve, settle } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, NAMESPACES, namespace, service } from "./draw.ts";
import { podsNamed } from "./look.ts";
import { getPods, getServices } from "./print.ts";
import { multiple } from "./template.ts";
import { code, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  home: string;
  away: string;
  /** A Service of the client's own namespace, and one of the other. */
  own: string;
  foreign: string;
  candidates: readonly string[];
}

const CLIENT = "client";

/** Which names a Pod can look up. */
export const namesThatResolve = multiple<Drawn, string>({
  version: 1,
  concept: "service-dns",
  sources: ["k8s-dns"],
  draw: (dice, difficulty) => {
    const [home = "", away = "", third = ""] = dice.some(NAMESPACES, 3);
    const [own = "", foreign = "", another = ""] = dice.some(APPS, 3);
    const ports = [{ port: 80, targetPort: 8080 }];
    const web = (name: string, where: string) =>
      service(name, { selector: { app: name }, ports }, { namespace: where });
    const far = difficulty > 2 ? [third, another] : [away, another];
    const cluster = clusterOf({ nodes: 2 }, [
      ...[home, away, ...(difficulty > 2 ? [third] : [])].map((name) => namespace(name)),
      web(own, home),
      web(foreign, away),
      web(another, far[0] ?? ""),
      // At higher levels the Service has no Pod: its name resolves all the same.
      deployment({ name: difficulty > 3 ? `${own}-v2` : own, namespace: home }),
      barePod({ name: CLIENT, namespace: home }),
      ...(difficulty > 1 ? [deployment({ name: foreign, namespace: away, replicas: difficulty - 1 })] : []),
      ...(difficulty > 4 ? [web(own, away)] : []),
    ]);
    const [pod] = podsNamed(cluster, own, home);
    const candidates = [
      dice.pick([own, `${own}.${home}`]),
      dice.pick([`${foreign}.${away}`, `${foreign}.${away}.svc`]),
      `${another}.${far[0]}.svc.cluster.local`,
      foreign,
      another,
      pod?.metadata.name ?? "",
    ];
    return { cluster, home, away, own, foreign, candidates };
  },
  beliefs: ["short-name-everywhere", "dns-name-is-enough-for-pod"],
  candidates: ({ candidates }) => candidates,
  answer: ({ cluster, home, candidates }, rules) => {
    const now = settle(cluster, { rules });
    const from = { kind: "Pod", key: `${home}/${CLIENT}` } as const;
    return candidates.filter((name) => resolve(now, from, name, rules).kind === "addresses");
  },
  tell: (name) => text(code(name), code(name)),
  prompt: ({ cluster, home }) =>
    paragraphs(
      getServices(cluster, {}),
      getPods(cluster, {}),
      say(
        "名前空間{0}のPod {1}から引ける名前はどれか。",
        "Which names resolve in the Pod {1} of the namespace {0}?",
        code(home),
        code(CLIENT),
      ),
    ),
  explain: ({ home, own, foreign, away }) =>
    say(
      "短い名前には、まず{1}の属する`{0}.svc.cluster.local`が補われます。{2}はここにあります。よその{3}は、{4}のように名前空間を付けて引きます。Podの名前はDNSにありません。",
      "A short name is completed with `{0}.svc.cluster.local` first, the namespace of {1}; that is where {2} is. {3} is elsewhere, and takes its namespace: {4}. Names of Pods are not in DNS.",
      home,
      code(CLIENT),
      code(own),
      code(foreign),
      code(`${foreign}.${away}`),
    ),
  about: ({ home, own, foreign, away }) => [home, own, foreign, away],
});
