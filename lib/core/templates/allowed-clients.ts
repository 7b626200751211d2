import { type Cluster, find, type NetworkPolicy, type Rules } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, NAMESPACES, namespace } from "./draw.ts";
import { isDelivered, podsNamed, wayOf } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, nameIn, paragraphs, say, sentences, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  policies: readonly NetworkPolicy[];
  /** Keys of the Pod that the policies select, and of those that connect to it. */
  server: string;
  clients: readonly string[];
  namespace: string;
}

const PORT = 5432;

/** The way of each client to the server. */
function waysOf({ cluster, server, clients }: Drawn, rules: Rules): Way[] {
  const to = find(cluster, "Pod", server)?.status?.podIP ?? "";
  return clients.map((key) =>
    wayOf(code(nameIn(key)), cluster, { from: { kind: "Pod", key }, to, port: PORT }, rules),
  );
}

/** Which Pods get through the network policies of another. */
export const allowedClients = single<Drawn, readonly string[]>({
  version: 1,
  concept: "network-policy",
  sources: ["k8s-network-policies"],
  draw: (dice, difficulty) => {
    const [home = "", away = "", watch = ""] = dice.some(NAMESPACES, 3);
    const [app = "", other = ""] = dice.some(APPS, 2);
    const store = dice.pick(["db", "cache", "ledger"]);
    const asked = { app, role: "api" };
    const policy = (
      name: string,
      spec: Omit<NetworkPolicy["spec"], "podSelector" | "policyTypes">,
    ): NetworkPolicy => ({
      kind: "NetworkPolicy",
      metadata: { name, namespace: home },
      spec: { podSelector: { matchLabels: { app: store } }, policyTypes: ["Ingress"], ...spec },
    });
    const ports = [{ protocol: "TCP" as const, port: PORT }];
    const policies = [
      ...(dice.chance(0.5) ? [policy("deny-all", {})] : []),
      policy(`allow-${app}`, { ingress: [{ from: [{ podSelector: { matchLabels: asked } }], ports }] }),
      ...(difficulty > 2
        ? [
            policy("allow-watch", {
              ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: "watch" } } }], ports }],
            }),
          ]
        : []),
    ];
    const pods = [
      barePod({ name: `${app}-1`, namespace: home, labels: asked }),
      barePod({ name: `${app}-2`, namespace: away, labels: asked }),
      barePod({ name: `${app}-batch`, namespace: home, labels: { app, role: "batch" } }),
      ...(difficulty > 1
        ? [barePod({ name: `${other}-1`, namespace: home, labels: { app: other, role: "web" } })]
        : []),
      ...(difficulty > 2 ? [barePod({ name: "probe", namespace: watch, labels: { app: "probe" } })] : []),
      ...(difficulty > 4 ? [barePod({ name: `${app}-3`, namespace: watch, labels: asked })] : []),
    ];
    const cluster = clusterOf({ nodes: 2 }, [
      namespace(home),
      namespace(away),
      ...(difficulty > 2 ? [namespace(watch, { purpose: "watch" })] : []),
      deployment({ name: store, namespace: home, port: PORT }),
      ...policies,
      ...pods,
    ]);
    const [server] = podsNamed(cluster, store, home);
    return {
      cluster,
      policies,
      server: `${home}/${server?.metadata.name}`,
      clients: pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      namespace: home,
    };
  },
  beliefs: [
    "pod-selector-crosses-namespaces",
    "selector-is-or",
    "policy-order-matters",
    "namespace-isolates-network",
  ],
  ways: waysOf,
  answer: ({ clients }, _rules, ways) => clients.map(nameIn).filter((_, n) => isDelivered(ways[n]!)),
  tell: (clients) => listedSorted(clients, text("どれも届かない", "none of them")),
  prompt: ({ cluster, policies, server, namespace: home }) =>
    paragraphs(
      say(
        "名前空間{0}のNetworkPolicyは、これだけである。",
        "These are all network policies of the namespace {0}.",
        code(home),
      ),
      manifest(...policies),
      ...(cluster.objects.Namespace.some(({ metadata }) => metadata.labels?.purpose)
        ? [
            say(
              "{0}のラベルは`purpose: watch`である。",
              "The namespace {0} is labelled `purpose: watch`.",
              code(
                cluster.objects.Namespace.find(({ metadata }) => metadata.labels?.purpose)?.metadata.name ??
                  "",
              ),
            ),
          ]
        : []),
      getPods(cluster, { labels: ["app", "role"] }),
      say(
        "Pod {0}の{1}番ポートへ接続できるのは、どのPodか。",
        "Which Pods can connect to port {1} of the Pod {0}?",
        code(nameIn(server)),
        PORT,
      ),
    ),
  explain: ({ server, policies, namespace: home }) =>
    sentences(
      say(
        "{0}を選ぶポリシーは{1}です。許可は足し合わされ、一つでも許せば通ります。",
        "{0} is selected by {1}. What they allow adds up, and one that allows is enough.",
        code(nameIn(server)),
        listedSorted(policies.map(({ metadata }) => metadata.name)),
      ),
      say(
        "`podSelector`だけの`from`は、名前空間{0}の中の、すべてのラベルに合うPodを指します。",
        "A `from` with a `podSelector` alone means Pods of the namespace {0} that have all of its labels.",
        code(home),
      ),
      ...(policies.some(({ metadata }) => metadata.name === "allow-watch")
        ? [
            text(
              "`namespaceSelector`は、選んだ名前空間のすべてのPodを通します。",
              "A `namespaceSelector` lets in every Pod of the namespaces it picks.",
            ),
          ]
        : []),
    ),
  about: ({ server, policies }) => [nameIn(server), ...policies.map(({ metadata }) => metadata.name)],
});
