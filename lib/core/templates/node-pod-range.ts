import { addNode, type Cluster, createCluster, find, settle } from "../cluster/index.ts";
import { getNodes, shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say } from "./words.ts";

interface Drawn {
  /** Before it has settled: how nodes get their ranges is for the answer to find out. */
  cluster: Cluster;
  added: string;
}

/** From which range the Pods on a new node of an overlay get their addresses. */
export const nodePodRange = single<Drawn, string>({
  version: 1,
  concept: "overlay",
  sources: ["aks-overlay", "aks-ip-planning"],
  draw: (dice, difficulty) => {
    const nodes = dice.between(1, 2) + difficulty;
    const maxPods = dice.pick(difficulty < 3 ? [30, 60, 110] : [10, 20, 30, 50, 60, 100, 110]);
    const cluster = createCluster({
      nodes,
      maxPods,
      podCidr: `10.${dice.between(100, 200)}.0.0/16`,
      dataPlane: dice.pick(["iptables", "cilium"]),
    });
    const added = `node-${nodes + 1}`;
    return { cluster: addNode(cluster, added), added };
  },
  beliefs: ["pod-block-follows-max-pods", "overlay-uses-vnet-ips"],
  answer: ({ cluster, added }, rules) => {
    const now = settle(cluster, { rules });
    return find(now, "Node", added)?.spec?.podCIDR ?? now.azure.vnets[0]?.subnets[0]?.cidr ?? "";
  },
  tell: (range) => say("{0}", "{0}", code(range)),
  prompt: ({ cluster, added }) => {
    const { network, azure } = cluster;
    return paragraphs(
      shell(
        "az aks show … --query networkProfile -o table",
        table(
          ["NetworkPlugin", "NetworkPluginMode", "NetworkDataplane", "PodCidr"],
          [["azure", "overlay", network.dataPlane === "cilium" ? "cilium" : "azure", network.podCidr]],
        ),
      ),
      getNodes(settle(cluster)),
      say(
        "ノードのサブネットは{0}、`--max-pods`は{1}である。どのノードも、番号の順に加わった。{2}のPodのIPは、どの範囲から割り当てられるか。",
        "The nodes' subnet is {0}, `--max-pods` is {1}, and the nodes joined in the order of their numbers. From which range do Pods on {2} get their addresses?",
        code(azure.vnets[0]?.subnets[0]?.cidr ?? ""),
        network.maxPods,
        code(added),
      ),
    );
  },
  explain: ({ cluster, added }) =>
    say(
      "オーバーレイでは、最大Pod数にかかわらず、各ノードがpod CIDR {0}から/24を一つずつ受け取ります。先に加わった{1}台の次なので、{2}のものは{3}です。",
      "In an overlay each node takes a /24 of the pod CIDR {0}, whatever its maximum of Pods. {1} nodes came first; {2} takes the next one, {3}.",
      code(cluster.network.podCidr),
      cluster.objects.Node.length - 1,
      code(added),
      code(find(settle(cluster), "Node", added)?.spec?.podCIDR ?? ""),
    ),
  about: ({ cluster, added }) => [cluster.network.podCidr, added],
});
