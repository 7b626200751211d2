import { addressesNeeded, type Plan, type Rules } from "../cluster/index.ts";
import { MODES } from "./draw.ts";
import { numeric } from "./template.ts";
import { code, paragraphs, say, text } from "./words.ts";

interface Drawn {
  plan: Omit<Plan, "nodes">;
  prefix: number;
}

const fits = ({ plan, prefix }: Drawn, nodes: number, rules?: Rules): boolean =>
  addressesNeeded({ ...plan, nodes }, rules) <= 2 ** (32 - prefix);

/** How many nodes a subnet has room for. */
export const nodesThatFit = numeric<Drawn>({
  version: 1,
  concept: "node-subnet",
  sources: ["aks-ip-planning", "aks-legacy-cni"],
  draw: (dice, difficulty) => ({
    plan: {
      mode: "nodeSubnet",
      dataPlane: difficulty > 3 && dice.chance(0.5) ? "cilium" : "iptables",
      maxPods: dice.pick(difficulty < 2 ? [30] : [20, 30, 40, 50, 60, 110]),
      surge: dice.between(1, difficulty < 3 ? 1 : 3),
      frontEnds: difficulty > 2 ? dice.between(1, 5) : 0,
    },
    prefix: dice.between(difficulty < 3 ? 22 : 20, 23),
  }),
  beliefs: ["forget-surge", "node-subnet-ips-on-demand", "forget-azure-reserved-5"],
  answer: (drawn, rules) => {
    // Each node takes an address at least, so that as many nodes as addresses never fit.
    let [nodes, tooMany] = [0, 2 ** (32 - drawn.prefix)];
    while (tooMany - nodes > 1) {
      const middle = (nodes + tooMany) >> 1;
      if (fits(drawn, middle, rules)) nodes = middle;
      else tooMany = middle;
    }
    return nodes;
  },
  unit: text("台", "nodes"),
  prompt: ({ plan, prefix }) =>
    paragraphs(
      say(
        "{0}のクラスターを、/{1}のサブネットに作る。`--max-pods`は{2}、アップグレード時の`--max-surge`は{3}である。",
        "A cluster with {0} goes into a /{1} subnet, with `--max-pods {2}`. Upgrades run with `--max-surge {3}`.",
        MODES.nodeSubnet,
        prefix,
        plan.maxPods,
        plan.surge,
      ),
      ...(plan.frontEnds
        ? [
            say(
              "このサブネットには、内部ロードバランサーのフロントエンドIPも{0}個置く。",
              "Front-end IPs of internal load balancers that the subnet is also to hold: {0}.",
              plan.frontEnds,
            ),
          ]
        : []),
      ...(plan.dataPlane === "cilium"
        ? [text("データプレーンにはCiliumを使う。", "The data plane is Cilium.")]
        : []),
      text(
        "アップグレードもできるようにするには、ノードは最大で何台か。",
        "If upgrades are to work, how many nodes can it have at most?",
      ),
    ),
  steps: ({ plan, prefix }) => {
    const { maxPods, surge, frontEnds = 0 } = plan;
    const size = 2 ** (32 - prefix);
    const left = size - 5 - frontEnds;
    return say(
      "{0}、{1}。サージの{2}を引いて{3}台。",
      "{0}, {1}. Less the surge of {2}: {3} nodes.",
      code(`${size} - 5${frontEnds > 0 ? ` - ${frontEnds}` : ""} = ${left}`),
      code(`${left} / (1 + ${maxPods}) = ${(left / (1 + maxPods)).toFixed(1)}`),
      surge,
      Math.floor(left / (1 + maxPods)) - surge,
    );
  },
  explain: ({ plan, prefix }) =>
    say(
      "ノードは1台ごとに、自分の1個と最大Pod数の{0}個を、起動時に確保します。/{1}からAzureの予約分5個などを引いて割り、アップグレードの間だけ加わる{2}台を空けておきます。",
      "Each node takes one address for itself and {0} for its maximum of Pods, as it starts. Divide what a /{1} has less the 5 that Azure reserves, and leave room for the {2} that an upgrade adds.",
      code(plan.maxPods),
      prefix,
      plan.surge,
    ),
  about: ({ plan, prefix }) => [String(plan.maxPods), `/${prefix}`],
});
