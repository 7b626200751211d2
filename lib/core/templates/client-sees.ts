import {
  apply,
  type Cluster,
  type ClusterOptions,
  createCluster,
  type KubeObject,
  type NetworkPolicy,
  RULES,
  type Rules,
  settle,
  symptom,
  trace,
} from "../cluster/index.ts";
import type { Text } from "../questions/text.ts";
import { APPS, barePod, clusterOf, deployment, NAMESPACES, namespace, PORTS, service } from "./draw.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, tellPath, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  options: ClusterOptions;
  objects: readonly KubeObject[];
  client: string;
  app: string;
  home: string;
  what: (typeof CASES)[number];
  /** Where the program listens, and what its container declares. */
  listens: number;
  declared: number;
}

/** What may be the matter, the plainest first, and what it comes to. */
const CASES = ["no match", "not ready", "policy", "closed port", "undeclared port"] as const;
const REASONS: Readonly<Record<(typeof CASES)[number], Text>> = {
  "no match": text(
    "Podは`tier: backend`で、セレクターのすべてには合わないので、宛先がありません。",
    "The Pod has `tier: backend` and does not meet the whole selector, so that there is no endpoint.",
  ),
  "not ready": text(
    "Podは`0/1`で準備完了でないので、宛先になりません。",
    "The Pod is at `0/1`, not ready, and so no endpoint.",
  ),
  policy: text(
    "ポリシーが許すのは同じ名前空間のPodだけです。捨てられた通信には、返事がありません。",
    "The policy lets in Pods of its own namespace alone. What it drops gets no answer.",
  ),
  "closed port": text(
    "`targetPort`のポートでは、プログラムが待ち受けていません。",
    "The program does not listen on the port that `targetPort` names.",
  ),
  "undeclared port": text(
    "`containerPort`の宣言とは違っても、待ち受けているポートには届きます。",
    "Whatever `containerPort` declares, the port on which the program listens is open.",
  ),
};

const SYMPTOMS: Readonly<Record<string, Text>> = {
  answered: text("応答が返る", "it is answered as it should"),
  refused: text("すぐに拒否される", "it is refused at once"),
  "timed out": text("タイムアウトする", "it times out in the end"),
  "unknown host": text("名前が見つからない", "the name is not found"),
};

/** What is settled stays so under most beliefs, but not where one would have refused what was applied. */
const builtUnder = ({ cluster, options, objects }: Drawn, rules: Rules): Cluster =>
  settle(rules.acceptsWithoutPods() ? cluster : apply(createCluster(options), objects, rules).cluster, {
    rules,
  });

const traced = (drawn: Drawn, rules: Rules) => {
  const { client, app, home } = drawn;
  const { paths } = trace(
    builtUnder(drawn, rules),
    { from: { kind: "Pod", key: client }, to: `${app}.${home}`, port: 80 },
    rules,
  );
  return paths[0]!;
};

/** What a client sees of a Service with something wrong, or with what only looks wrong. */
export const clientSees = single<Drawn, string>({
  version: 1,
  concept: "debug-service",
  sources: ["k8s-debug-service", "k8s-service"],
  draw: (dice, difficulty) => {
    const [home = "", away = ""] = dice.some(NAMESPACES, 2);
    const [app = "", other = ""] = dice.some(APPS, 2);
    const what = dice.pick(CASES.slice(0, difficulty < 2 ? 2 : difficulty < 4 ? 4 : 5));
    const [listens = 0, stranger = 0] = dice.some(PORTS, 2);
    const target = what === "closed port" ? stranger : listens;
    const declared = what === "undeclared port" ? stranger : target;
    const labels = { app, tier: what === "no match" ? "backend" : "web" };
    // A probe of the port would tell at once; most cases are about what is seen without.
    const probed = what === "not ready";
    const policy: NetworkPolicy = {
      kind: "NetworkPolicy",
      metadata: { name: `allow-${other}`, namespace: home },
      spec: {
        podSelector: { matchLabels: { app } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: other } } }] }],
      },
    };
    const extra =
      difficulty > 2
        ? [
            deployment({
              name: other,
              namespace: home,
              labels: { app: other, tier: "web" },
              replicas: difficulty - 2,
            }),
          ]
        : [];
    const options: ClusterOptions = {
      nodes: 2,
      images: { [`${app}:1`]: { listens: [listens], healthy: what !== "not ready" } },
    };
    const objects = [
      namespace(home),
      namespace(away),
      service(
        app,
        { selector: { app, tier: "web" }, ports: [{ port: 80, targetPort: target }] },
        { namespace: home },
      ),
      deployment({ name: app, namespace: home, labels, port: declared, probed }),
      ...extra,
      barePod({ name: "client", namespace: away, labels: { app: other } }),
      ...(what === "policy" ? [policy] : []),
    ];
    return {
      what,
      cluster: clusterOf(options, objects),
      options,
      objects,
      client: `${away}/client`,
      app,
      home,
      listens,
      declared,
    };
  },
  beliefs: [
    "running-is-ready",
    "selector-is-or",
    "selector-mismatch-errors",
    "dns-answer-means-healthy",
    "container-port-opens",
    "namespace-isolates-network",
    "pod-selector-crosses-namespaces",
    "refused-means-firewall",
  ],
  answer: (_drawn, rules, ways) => symptom(ways[0]!.path.verdict, rules),
  ways: (drawn, rules) => [{ name: code(drawn.app), path: traced(drawn, rules) }],
  tell: (seen) => SYMPTOMS[seen] ?? text(seen, seen),
  prompt: (drawn) => {
    const { cluster, objects, app, home, client, listens, declared } = drawn;
    const shown = objects.filter(({ kind }) => kind === "Service" || kind === "NetworkPolicy");
    return paragraphs(
      manifest(...shown),
      getPods(cluster, { labels: ["app", "tier"] }),
      say(
        "{0}のプログラムはポート{1}で待ち受け、`containerPort`は{2}と書かれている。",
        "The program of {0} listens on port {1}; its `containerPort` says {2}.",
        code(app),
        listens,
        declared,
      ),
      say(
        "名前空間{0}のPod `client`で{1}を実行すると、どうなるか。",
        "In the Pod `client` of the namespace {0}, what becomes of {1}?",
        code(client.slice(0, client.indexOf("/"))),
        code(`curl http://${app}.${home}/`),
      ),
    );
  },
  explain: (drawn) =>
    paragraphs(
      say("{0}への接続は、次のように進みます。", "This is the way of a connection to {0}:", code(drawn.app)),
      tellPath(traced(drawn, RULES)),
      REASONS[drawn.what],
    ),
  about: ({ app }) => [app],
});
