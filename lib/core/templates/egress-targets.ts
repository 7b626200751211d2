import { type Cluster, find, keyOf, type NetworkPolicy, type Rules } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, NAMESPACES, namespace } from "./draw.ts";
import { isDelivered, wayOf } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, nameIn, paragraphs, say, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  policies: readonly NetworkPolicy[];
  /** Keys of the Pod that is held back, and of those that it tries. */
  client: string;
  targets: readonly string[];
}

const PORT = 8080;

/** The way to each of the others. */
const waysOf = ({ cluster, client, targets }: Drawn, rules: Rules): Way[] =>
  targets.map((key) => {
    const to = find(cluster, "Pod", key)?.status?.podIP ?? "";
    return wayOf(code(nameIn(key)), cluster, { from: { kind: "Pod", key: client }, to, port: PORT }, rules);
  });

/** What a Pod reaches in spite of policies for what it sends. */
export const egressTargets = single<Drawn, readonly string[]>({
  version: 1,
  concept: "network-policy",
  sources: ["k8s-network-policies"],
  draw: (dice, difficulty) => {
    const [home = "", away = ""] = dice.some(NAMESPACES, 2);
    const [app = "", to = "", other = ""] = dice.some(APPS, 3);
    const asked = { app: to, role: "api" };
    const isolated = difficulty > 1 && dice.chance(0.6);
    const policy = (
      name: string,
      egress: NetworkPolicy["spec"]["egress"],
      policyTypes: NetworkPolicy["spec"]["policyTypes"] = ["Egress"],
    ): NetworkPolicy => ({
      kind: "NetworkPolicy",
      metadata: { name, namespace: home },
      spec: { podSelector: { matchLabels: { app } }, policyTypes, egress },
    });
    const ports = [{ protocol: "TCP" as const, port: PORT }];
    const policies = [
      // Nothing may come in, either: replies are let in all the same.
      policy(
        `${app}-to-${to}`,
        [{ to: [{ podSelector: { matchLabels: asked } }], ports }],
        isolated ? ["Ingress", "Egress"] : ["Egress"],
      ),
      ...(difficulty > 2
        ? [
            policy(`${app}-to-${away}`, [
              {
                to: [
                  {
                    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": away } },
                    podSelector: { matchLabels: { app: other } },
                  },
                ],
                ports,
              },
            ]),
          ]
        : []),
    ];
    const targets = [
      barePod({ name: `${to}-1`, namespace: home, labels: asked }),
      barePod({ name: `${to}-2`, namespace: away, labels: asked }),
      barePod({ name: `${to}-jobs`, namespace: home, labels: { app: to, role: "jobs" } }),
      ...(difficulty > 2
        ? [barePod({ name: `${other}-1`, namespace: away, labels: { app: other, role: "web" } })]
        : []),
      ...(difficulty > 3
        ? [barePod({ name: `${other}-2`, namespace: home, labels: { app: other, role: "web" } })]
        : []),
    ];
    const client = barePod({ name: `${app}-1`, namespace: home, labels: { app } });
    const cluster = clusterOf({ nodes: 2 }, [
      namespace(home),
      namespace(away),
      client,
      ...targets,
      ...policies,
    ]);
    return { cluster, policies, client: keyOf(client), targets: targets.map(keyOf) };
  },
  beliefs: [
    "pod-selector-crosses-namespaces",
    "selector-is-or",
    "replies-need-a-rule",
    "policy-order-matters",
    "namespace-isolates-network",
  ],
  ways: waysOf,
  answer: ({ targets }, _rules, ways) => targets.map(nameIn).filter((_, n) => isDelivered(ways[n]!)),
  tell: (names) => listedSorted(names, text("どれにも届かない", "none of them")),
  prompt: ({ cluster, policies, client }) =>
    paragraphs(
      text("クラスターのNetworkPolicyは、これだけである。", "These are all network policies of the cluster."),
      manifest(...policies),
      getPods(cluster, { labels: ["app", "role"] }),
      say(
        "Pod {0}が、ほかのPodのポート{1}にIPで接続する。届くのはどれか。",
        "The Pod {0} connects to port {1} of every other one, by address. Which does it reach?",
        code(nameIn(client)),
        PORT,
      ),
    ),
  explain: ({ client, policies }) =>
    say(
      "{0}の送信は{1}に選ばれ、どれかが許す相手にだけ届きます。`podSelector`だけの`to`は同じ名前空間の、すべてのラベルに合うPodを指します。許された接続の応答は、受信の規則がなくても通ります。",
      "What {0} sends is subject to {1}, and gets to those that one of them allows. A `to` with a `podSelector` alone means Pods of the same namespace that have all the labels. Replies of what is allowed need no rule.",
      code(nameIn(client)),
      listedSorted(policies.map(({ metadata }) => metadata.name)),
    ),
  about: ({ client, policies }) => [nameIn(client), ...policies.map(({ metadata }) => metadata.name)],
});
