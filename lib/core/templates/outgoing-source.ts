import type { Cluster, Rules } from "../cluster/index.ts";
import { APPS, clusterOf, deployment, MODES, service } from "./draw.ts";
import { frontEndOf, podsNamed, sourceOf, wayOf } from "./look.ts";
import { getNodes, getPods, getServices } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, sentences, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  app: string;
  pod: string;
}

const PLACES = {
  vm: text("同じVNetのVM", "a VM in the same VNet"),
  hub: text("ピアリングしたVNetのVM", "a VM in a peered VNet"),
  factory: text("オンプレミスのサーバー", "a server on-premises"),
  api: text("インターネットのAPI", "an API on the internet"),
};

/** The way to each of the machines. */
const waysOf = ({ cluster, pod }: Drawn, rules: Rules): Way[] =>
  cluster.azure.machines.map(({ address }, n) =>
    wayOf(
      String(n + 1),
      cluster,
      { from: { kind: "Pod", key: `default/${pod}` }, to: address, port: 443 },
      rules,
    ),
  );

/** From which address those outside see a Pod. */
export const outgoingSource = single<Drawn, readonly string[]>({
  version: 1,
  concept: "snat-source",
  sources: ["aks-cni-overview", "aks-egress"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const listens = [443];
    const near = dice.pick(difficulty < 3 ? (["vm"] as const) : (["vm", "hub", "factory"] as const));
    const addresses = {
      vm: `10.227.0.${dice.between(4, 99)}`,
      hub: `10.50.1.${dice.between(4, 99)}`,
      factory: `192.168.7.${dice.between(4, 99)}`,
      api: `198.51.100.${dice.between(4, 99)}`,
    };
    const cluster = clusterOf(
      {
        nodes: difficulty < 3 ? 2 : 3,
        mode: dice.pick(
          difficulty < 2 ? (["overlay"] as const) : (["overlay", "nodeSubnet", "podSubnet"] as const),
        ),
        podCidr: `10.${dice.between(100, 200)}.0.0/16`,
        outboundAddress: `203.0.113.${dice.between(1, 99)}`,
        vnets: [
          {
            name: "aks-vnet",
            addressSpace: ["10.224.0.0/12"],
            subnets: [
              { name: "nodes", cidr: "10.224.0.0/16" },
              { name: "pods", cidr: "10.225.0.0/16" },
            ],
          },
          { name: "hub", addressSpace: ["10.50.0.0/16"], subnets: [{ name: "hub", cidr: "10.50.1.0/24" }] },
        ],
        peerings: [{ between: ["aks-vnet", "hub"], gatewayTransit: true }],
        onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "hub" },
        machines: [
          { name: near, address: addresses[near], listens },
          { name: "api", address: addresses.api, listens },
        ],
      },
      [
        service(app, { type: "LoadBalancer", selector: { app }, ports: [{ port: 80, targetPort: 8080 }] }),
        deployment({ name: app, replicas: difficulty < 4 ? 1 : difficulty - 2 }),
        ...(difficulty > 2 ? [deployment({ name: other })] : []),
      ],
    );
    return { cluster, app, pod: dice.pick(podsNamed(cluster, app)).metadata.name };
  },
  beliefs: ["source-is-pod-ip-everywhere", "egress-uses-ingress-ip"],
  ways: waysOf,
  answer: (_drawn, _rules, ways) => ways.map(sourceOf),
  tell: ([first = "", second = ""]) => say("（1）{0}（2）{1}", "(1) {0} (2) {1}", code(first), code(second)),
  prompt: ({ cluster, pod }) => {
    const [near, far] = cluster.azure.machines;
    return paragraphs(
      say(
        "{0}のクラスターである。外への通信には、送信用のIP {1}が使われる。",
        "This is a cluster with {0}. Its outbound address is {1}.",
        MODES[cluster.network.mode],
        code(cluster.azure.outboundAddress),
      ),
      getServices(cluster, { namespace: "default" }),
      getPods(cluster, { namespace: "default", wide: true }),
      getNodes(cluster),
      say(
        "Pod {0}が（1）{1}と（2）{2}に接続した。それぞれに見える送信元はどれか。",
        "The Pod {0} connects to (1) {1} and (2) {2}. Which source does each see?",
        code(pod),
        PLACES[near?.name as keyof typeof PLACES],
        PLACES[far?.name as keyof typeof PLACES],
      ),
    );
  },
  explain: ({ cluster, pod, app }) => {
    const { mode } = cluster.network;
    const [near] = cluster.azure.machines;
    const keeps = mode !== "overlay" && (mode === "podSubnet" || near?.name === "vm");
    const ip = frontEndOf(cluster, app);
    return sentences(
      keeps
        ? say(
            "（1）このモードではPod {0}のIPが届く範囲なので、そのまま見えます。",
            "(1) In this mode the address of the Pod {0} shows as it is, that far.",
            code(pod),
          )
        : say(
            "（1）このモードでは、Pod {0}の送信元が、出ていく手前でノードのIPに変わります。",
            "(1) In this mode the source of the Pod {0} becomes the node's on the way out.",
            code(pod),
          ),
      say(
        "（2）インターネットへは、クラスターの送信用のIPから出ます。受け口の{0}は、外から{1}へ来る通信のものです。",
        "(2) To the internet it leaves by the cluster's outbound address. {0} is for what comes in to {1}.",
        code(ip),
        code(app),
      ),
    );
  },
  about: ({ pod, app }) => [pod, app],
});
