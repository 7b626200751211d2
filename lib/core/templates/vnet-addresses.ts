import { type Cluster, settle, vnetAddresses } from "../cluster/index.ts";
import { APPS, applied, barePod, MODES } from "./draw.ts";
import { podsOn } from "./look.ts";
import { batches } from "./pod-subnet-addresses.ts";
import { podsPerNode } from "./print.ts";
import { createCommand } from "./subnet.ts";
import { numeric } from "./template.ts";
import { block, code, paragraphs, say, sentences, text } from "./words.ts";

const taken = (cluster: Cluster): number =>
  ["nodes", "pods"].reduce((sum, subnet) => sum + vnetAddresses(cluster, subnet).length, 0);

/** How many addresses of a VNet a cluster takes whose data plane is Cilium: as many as without it. */
export const vnetAddressesTaken = numeric<Cluster>({
  version: 1,
  concept: "dataplane",
  sources: ["aks-cilium", "aks-ip-planning", "aks-pod-subnet-dynamic"],
  draw: (dice, difficulty) => {
    const mode = dice.pick(["nodeSubnet", "podSubnet"] as const);
    const [app = ""] = dice.some(APPS, 1);
    const nodes = 1 + Math.ceil(difficulty / 2);
    const pods = Array.from({ length: nodes }, () => dice.between(2, 6 + difficulty));
    // No step was taken yet: when addresses are set aside is for the answer to find out.
    return applied(
      {
        nodes,
        mode,
        dataPlane: "cilium",
        maxPods: dice.pick(mode === "nodeSubnet" ? [20, 30, 40] : [30, 60, 110]),
      },
      pods.flatMap((count, node) =>
        Array.from({ length: count }, (_, n) => barePod({ name: `${app}-${node}-${n}` }, `node-${node + 1}`)),
      ),
    );
  },
  beliefs: [
    "dataplane-changes-ipam",
    "node-subnet-ips-on-demand",
    "pod-subnet-ips-on-demand",
    "flat-means-node-subnet",
  ],
  answer: (cluster, rules) => taken(settle(cluster, { rules })),
  unit: text("個", "addresses"),
  prompt: (cluster) =>
    paragraphs(
      text(
        "次のコマンドでクラスターを作った。データプレーンはCiliumである。",
        "A cluster was made by this command. Its data plane is Cilium.",
      ),
      block(createCommand({ ...cluster.network, nodes: podsOn(cluster).length })),
      podsPerNode(cluster),
      say(
        "Podは順に増えて、この数になった。VNetのIPは、ノードとPodのために、合わせていくつ割り当てられているか。",
        "Pods were added until there were that many. How many addresses of the VNet are allocated, for nodes and Pods together?",
      ),
    ),
  steps: (cluster) => {
    const nodes = podsOn(cluster);
    const { mode, maxPods } = cluster.network;
    const perNode = nodes.map(([, pods]) =>
      mode === "nodeSubnet" ? String(maxPods) : `${batches(pods)} × 16`,
    );
    const sum = `${nodes.length} + ${perNode.join(" + ")} = ${taken(settle(cluster))}`;
    return text(code(sum), code(sum));
  },
  explain: ({ network: { mode, maxPods } }) =>
    sentences(
      say(
        "Ciliumはデータプレーンで、IPの割り当て方は{0}のままです。",
        "Cilium is the data plane; where addresses come from is still up to {0}.",
        MODES[mode],
      ),
      mode === "nodeSubnet"
        ? say(
            "各ノードは、自分の1個のほかに、最大Pod数の{0}個を先に確保します。",
            "Beside its own each node reserves {0} up front, for its maximum of Pods.",
            maxPods,
          )
        : say(
            "各ノードは、自分の1個のほかに、Pod用のサブネットから16個ずつ受け取り、空きが8個を切ると次の16個が足されます。最大Pod数の{0}は関係ありません。",
            "Beside its own each node gets 16 at a time from the Pods' subnet, and 16 more when fewer than 8 are free. The maximum of {0} Pods does not matter.",
            maxPods,
          ),
    ),
  about: ({ network }) => ["Cilium", String(network.maxPods)],
});
