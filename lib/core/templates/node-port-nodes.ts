import { all, type Cluster, type Rules, settle } from "../cluster/index.ts";
import { APPS, clusterOf, deployment, service, withUnready } from "./draw.ts";
import { isReady, podsNamed, reaches, serviceNamed, written } from "./look.ts";
import { getNodes, getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  /** The Service with a policy of Cluster, and the one with Local. */
  open: string;
  local: string;
}

const CLIENT = "vm";

/** Nodes whose node port answers a client outside the cluster. */
function answering(cluster: Cluster, name: string, rules: Rules): string[] {
  const port = serviceNamed(cluster, name).spec.ports?.[0]?.nodePort ?? 0;
  const from = { kind: "Machine", name: CLIENT } as const;
  return all(cluster, "Node")
    .filter(({ status }) =>
      reaches(cluster, { from, to: status?.addresses?.[0]?.address ?? "", port }, rules),
    )
    .map(({ metadata }) => metadata.name);
}

/** On which nodes a node port answers. */
export const nodePortNodes = single<Drawn, readonly (readonly string[])[]>({
  version: 1,
  concept: "nodeport",
  sources: ["k8s-service", "k8s-source-ip"],
  draw: (dice, difficulty) => {
    const [open = "", local = "", other = ""] = dice.some(APPS, 3);
    const ports = (nodePort: number) => [{ port: 80, targetPort: 8080, nodePort }];
    const first = dice.between(30_000, 32_000);
    const built = clusterOf(
      { nodes: difficulty < 4 ? 3 : 4, machines: [{ name: CLIENT, address: "10.227.0.9" }] },
      [
        service(open, { type: "NodePort", selector: { app: open }, ports: ports(first) }),
        service(local, {
          type: "NodePort",
          selector: { app: local },
          externalTrafficPolicy: "Local",
          ports: ports(first + dice.between(1, 700)),
        }),
        deployment({ name: open, replicas: difficulty < 3 ? 1 : 2 }),
        deployment({ name: local, replicas: 2 }),
        ...(difficulty > 3 ? [deployment({ name: other, replicas: difficulty - 3 })] : []),
      ],
    );
    const sick = difficulty > 1 ? dice.some(podsNamed(built, local), 1) : [];
    return {
      cluster: withUnready(
        built,
        sick.map(({ metadata }) => metadata.name),
      ),
      open,
      local,
    };
  },
  beliefs: ["nodeport-on-pod-node-only", "local-is-preference", "running-is-ready"],
  answer: ({ cluster, open, local }, rules) => {
    const now = settle(cluster, { rules });
    return [answering(now, open, rules), answering(now, local, rules)];
  },
  tell: ([first = [], second = []], { cluster }) => {
    const told = (names: readonly string[]) =>
      names.length === all(cluster, "Node").length
        ? text("全ノード", "every node")
        : listedSorted(names, text("なし", "none"));
    return say("（1）{0}（2）{1}", "(1) {0} (2) {1}", told(first), told(second));
  },
  prompt: ({ cluster, open, local }) =>
    paragraphs(
      manifest(...[open, local].map((name) => written(serviceNamed(cluster, name)))),
      getPods(cluster, { namespace: "default", wide: true }),
      getNodes(cluster),
      say(
        "VNetのVMから各ノードの`nodePort`に接続する。（1）{0}と（2）{1}で、応答があるのはどのノードか。",
        "A VM in the VNet tries the node port of every node. Which nodes answer for (1) {0} and (2) {1}?",
        code(open),
        code(local),
      ),
    ),
  explain: ({ cluster, open, local }) =>
    say(
      "NodePortはどのノードでも開き、{0}ではPodのないノードもよそのPodへ回します。{1}は`Local`なので、準備完了のPodを持つ{2}だけが応え、ほかのノードは捨てます。",
      "A node port is open on every node, and for {0} nodes without a Pod hand on to others. {1} has `Local`: only {2}, with a ready Pod, answers, and other nodes drop what comes.",
      code(open),
      code(local),
      listedSorted(
        podsNamed(cluster, local)
          .filter(isReady)
          .map(({ spec }) => spec.nodeName ?? ""),
      ),
    ),
  about: ({ open, local }) => [open, local],
});
