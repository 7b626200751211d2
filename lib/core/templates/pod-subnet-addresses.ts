import { type Cluster, settle, vnetAddresses } from "../cluster/index.ts";
import { APPS, applied, barePod, MODES } from "./draw.ts";
import { podsOn } from "./look.ts";
import { podsPerNode } from "./print.ts";
import { numeric } from "./template.ts";
import { code, paragraphs, say, text } from "./words.ts";

const SUBNET = "pods";

/** As many as Pods are, in batches of 16, the next one before 8 are no longer free. */
export const batches = (pods: number): number => Math.ceil((pods + 8) / 16);

/** How many addresses of the Pods' subnet are taken, where nodes get them in batches. */
export const podSubnetAddresses = numeric<Cluster>({
  version: 1,
  concept: "pod-subnet",
  sources: ["aks-pod-subnet-dynamic", "aks-pod-subnet"],
  draw: (dice, difficulty) => {
    const nodes = difficulty < 3 ? 2 : 3;
    const pods = Array.from({ length: nodes }, () => dice.between(2, 8 + 2 * difficulty));
    const [app = ""] = dice.some(APPS, 1);
    // No step was taken yet: when addresses are set aside is for the answer to find out.
    return applied(
      { nodes, mode: "podSubnet", dataPlane: difficulty > 2 && dice.chance(0.5) ? "cilium" : "iptables" },
      pods.flatMap((count, node) =>
        Array.from({ length: count }, (_, n) => barePod({ name: `${app}-${node}-${n}` }, `node-${node + 1}`)),
      ),
    );
  },
  beliefs: ["pod-subnet-ips-on-demand", "flat-means-node-subnet"],
  answer: (cluster, rules) => vnetAddresses(settle(cluster, { rules }), SUBNET).length,
  unit: text("個", "addresses"),
  prompt: (cluster) =>
    paragraphs(
      say(
        "{0}のクラスターで、ノードとPodは別のサブネットを使う。",
        "In a cluster with {0}, nodes and Pods have a subnet each.",
        MODES.podSubnet,
      ),
      ...(cluster.network.dataPlane === "cilium"
        ? [text("データプレーンにはCiliumを使う。", "The data plane is Cilium.")]
        : []),
      podsPerNode(cluster),
      say(
        "Podは順に増えて、この数になった。サブネット`pods`のIPは、いくつ割り当てられているか。",
        "Pods were added until there were that many. How many addresses of the subnet `pods` are allocated?",
      ),
    ),
  steps: (cluster) => {
    const parts = podsOn(cluster).map(([, pods]) => `${batches(pods)} × 16`);
    const sum = `${parts.join(" + ")} = ${podsOn(cluster).reduce((total, [, pods]) => total + 16 * batches(pods), 0)}`;
    return text(code(sum), code(sum));
  },
  explain: (cluster) =>
    say(
      "Podは、専用のサブネット`pods`からIPを受け取ります。各ノードには16個ずつ割り当てられ、空きが8個を切ると次の16個が足されます。{0}の{1}個のPodには、{2}回分です。",
      "Pods have addresses of their own subnet, `pods`. Each node gets them 16 at a time, and 16 more when fewer than 8 are free. For the {1} Pods of {0} that makes {2}.",
      ...lastOf(cluster),
    ),
  about: (cluster) => [SUBNET, String(lastOf(cluster)[0]).replaceAll("`", "")],
});

/** The node with most Pods, how many they are, and their batches. */
function lastOf(cluster: Cluster): [string, number, number] {
  const [name, pods] = podsOn(cluster).toSorted(([, a], [, b]) => b - a)[0] ?? ["", 0];
  return [code(name), pods, batches(pods)];
}
