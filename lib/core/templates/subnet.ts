import { addressesNeeded, type Plan, prefixFor } from "../cluster/index.ts";
import type { Dice } from "./dice.ts";
import { MODES } from "./draw.ts";
import { type Difficulty, numeric } from "./template.ts";
import { block, code, paragraphs, say, sentences, text } from "./words.ts";

/** Two questions about the size of a node subnet: how many addresses, and how small it may be. */

const SOURCES = ["aks-ip-planning", "aks-overlay", "aks-pod-subnet"];
const BELIEFS = [
  "forget-surge",
  "forget-azure-reserved-5",
  "overlay-uses-vnet-ips",
  "node-subnet-ips-on-demand",
  "flat-means-node-subnet",
] as const;

/** A cluster to be made; `nodes` tells how many it has from how many addresses each of them takes. */
function drawPlan(dice: Dice, difficulty: Difficulty, nodes: (perNode: number) => number): Plan {
  const mode = dice.pick(
    difficulty < 2 ? (["overlay", "nodeSubnet"] as const) : (["overlay", "nodeSubnet", "podSubnet"] as const),
  );
  const maxPods = mode === "nodeSubnet" ? dice.pick([20, 30, 30, 40, 50, 60]) : dice.pick([30, 60, 110]);
  return {
    mode,
    dataPlane: mode === "overlay" || (difficulty > 2 && dice.chance(0.5)) ? "cilium" : "iptables",
    maxPods,
    nodes: nodes(mode === "nodeSubnet" ? 1 + maxPods : 1),
    surge: dice.between(1, difficulty < 3 ? 1 : 3),
    frontEnds: difficulty > 2 ? dice.between(1, 3) : 0,
  };
}

/** How a cluster is made. */
export const createCommand = ({ mode, dataPlane, maxPods, nodes }: Omit<Plan, "surge">): string =>
  [
    "az aks create --network-plugin azure",
    ...(mode === "overlay" ? ["--network-plugin-mode overlay"] : []),
    ...(dataPlane === "cilium" ? ["--network-dataplane cilium"] : []),
    "--vnet-subnet-id …/subnets/nodes",
    ...(mode === "podSubnet" ? ["--pod-subnet-id …/subnets/pods"] : []),
    `--node-count ${nodes} --max-pods ${maxPods}`,
  ].join(" \\\n  ");

const command = (plan: Plan): string =>
  block(`${createCommand(plan)}\naz aks nodepool update … --max-surge ${plan.surge}`);

const situation = (plan: Plan) =>
  paragraphs(
    command(plan),
    ...(plan.frontEnds
      ? [
          say(
            "同じサブネットに、内部ロードバランサーのフロントエンドIPを{0}個置く。",
            "Front-end IPs of internal load balancers that the same subnet is to hold: {0}.",
            plan.frontEnds,
          ),
        ]
      : []),
  );

const sum = (plan: Plan) => {
  const { mode, nodes, surge, maxPods, frontEnds = 0 } = plan;
  const all = nodes + surge;
  const pods = mode === "nodeSubnet" ? ` + ${all} × ${maxPods}` : "";
  return `(${nodes} + ${surge})${pods}${frontEnds > 0 ? ` + ${frontEnds}` : ""} + 5 = ${addressesNeeded(plan)}`;
};

const explain = (plan: Plan) =>
  sentences(
    plan.mode === "nodeSubnet"
      ? say(
          "{0}では、ノードごとに1個と、最大Pod数の{1}個を、Podがなくても先に確保します。",
          "With {0} each node takes one address and, up front, {1} more for its maximum of Pods, run or not.",
          MODES.nodeSubnet,
          code(plan.maxPods),
        )
      : say(
          "{0}では、PodのIPはノードのサブネットから出ません。最大Pod数の{1}は関係なく、ノードごとに1個です。",
          "With {0} Pods take nothing from the nodes' subnet. The maximum of {1} Pods does not matter: one address a node.",
          MODES[plan.mode],
          code(plan.maxPods),
        ),
    say(
      "アップグレード中はサージの{0}ノードが加わり、サブネットの5個はAzureが予約します。",
      "An upgrade adds a surge of {0} on top, and Azure reserves 5 of every subnet.",
      plan.surge,
    ),
    ...(plan.dataPlane === "cilium" && plan.mode !== "overlay"
      ? [
          text(
            "Ciliumはデータプレーンで、割り当て方は変えません。",
            "Cilium is the data plane and does not change that.",
          ),
        ]
      : []),
  );

/** How many addresses a node subnet needs. */
export const subnetAddresses = numeric<Plan>({
  version: 1,
  concept: "ip-planning",
  sources: SOURCES,
  draw: (dice, difficulty) => drawPlan(dice, difficulty, () => dice.between(3 * difficulty, 20 * difficulty)),
  beliefs: BELIEFS,
  answer: addressesNeeded,
  unit: text("個", "addresses"),
  prompt: (plan) =>
    paragraphs(
      situation(plan),
      text(
        "アップグレードも含めて、サブネット`nodes`には、Azureの予約分を入れて何個のアドレスが要るか。",
        "Upgrades included, and with what Azure reserves, how many addresses must the subnet `nodes` have?",
      ),
    ),
  steps: (plan) => text(code(sum(plan)), code(sum(plan))),
  explain,
  about: ({ maxPods }) => [String(maxPods)],
});

/** How long the prefix of a node subnet may be. */
export const subnetPrefix = numeric<Plan>({
  version: 1,
  concept: "ip-planning",
  sources: SOURCES,
  // As many nodes as just fit without the surge: then each forgotten part shows in the prefix.
  draw: (dice, difficulty) => {
    const size = 2 ** dice.between(5 + Math.ceil(difficulty / 2), 7 + difficulty);
    return drawPlan(dice, difficulty, (perNode) =>
      Math.max(1, Math.floor((size - dice.between(0, 5)) / perNode)),
    );
  },
  beliefs: BELIEFS,
  answer: (plan, rules) => prefixFor(addressesNeeded(plan, rules)),
  unit: text("（プレフィックス長）", "(prefix length)"),
  prompt: (plan) =>
    paragraphs(
      situation(plan),
      text(
        "アップグレードも含めて足りる、最も小さいサブネット`nodes`のプレフィックス長はいくつか。",
        "What is the prefix length of the smallest subnet `nodes` that has room, upgrades included?",
      ),
    ),
  steps: (plan) => {
    const needed = addressesNeeded(plan);
    const prefix = prefixFor(needed);
    return say(
      "{0}。/{1}は{2}個、/{3}は{4}個なので、/{1}。",
      "{0}. A /{1} has {2}, a /{3} only {4}: take the /{1}.",
      code(sum(plan)),
      prefix,
      2 ** (32 - prefix),
      prefix + 1,
      2 ** (31 - prefix),
    );
  },
  explain,
  about: ({ maxPods }) => [String(maxPods)],
});
