import { all, type Cluster, type Packet, type Path, type Rules, trace } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, MODES, service } from "./draw.ts";
import { frontEndOf, podsNamed, sourceOf } from "./look.ts";
import { getNodes, getPods, getServices } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, sentences, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  app: string;
  policy: "Cluster" | "Local";
  /** The node that the load balancer picks. */
  entry: string;
}

const CLIENT = { name: "client", address: "198.51.100.20" };
const VM = { name: "vm", listens: [443] };

const packetsOf = ({ cluster, app }: Drawn): readonly Packet[] => {
  const [own] = podsNamed(cluster, app);
  return [
    {
      from: { kind: "Machine", name: CLIENT.name },
      to: frontEndOf(cluster, app),
      port: 80,
    },
    { from: { kind: "Pod", key: "default/batch" }, to: app, port: 80 },
    {
      from: { kind: "Pod", key: `default/${own?.metadata.name}` },
      to: cluster.azure.machines.find(({ name }) => name === VM.name)?.address ?? "",
      port: 443,
    },
  ];
};

/** The way of each connection: where the load balancer picks a node, by way of that. */
const waysOf = (drawn: Drawn, rules: Rules): Way[] =>
  packetsOf(drawn).map((packet, n) => {
    const { paths } = trace(drawn.cluster, packet, rules);
    const isPicked = ({ hops }: Path) =>
      hops.some(({ deed }) => deed.kind === "loadBalancer" && deed.node === drawn.entry);
    return { name: String(n + 1), path: paths.find(isPicked) ?? paths[0]! };
  });

/** From which addresses a server sees its clients. */
export const logSources = single<Drawn, readonly string[]>({
  version: 2,
  concept: "traffic-policy",
  sources: ["k8s-source-ip", "aks-cni-overview"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const mode = difficulty > 2 ? dice.pick(["overlay", "nodeSubnet", "podSubnet"] as const) : "overlay";
    // Where Pods have addresses of the VNet, beliefs differ on what the load balancer brings alone.
    const policy = mode === "overlay" ? dice.pick(["Cluster", "Local"] as const) : "Cluster";
    // On one node it shows who takes all that Pods of an overlay send for translated.
    const apart = mode !== "overlay" || dice.chance(0.5);
    const count = difficulty < 3 ? 2 : 3;
    const extra = difficulty > 3 ? [deployment({ name: other, replicas: difficulty - 2 })] : [];
    const cluster = clusterOf(
      {
        nodes: count,
        podCidr: `10.${dice.between(100, 200)}.0.0/16`,
        mode,
        machines: [CLIENT, { ...VM, address: `10.227.0.${dice.between(4, 200)}` }],
      },
      [
        service(app, {
          type: "LoadBalancer",
          selector: { app },
          externalTrafficPolicy: policy,
          ports: [{ port: 80, targetPort: 8080 }],
        }),
        deployment({ name: app, node: "node-1" }),
        barePod({ name: "batch" }, apart ? "node-2" : "node-1"),
        ...extra,
      ],
    );
    const host = podsNamed(cluster, app)[0]?.spec.nodeName ?? "";
    const others = all(cluster, "Node")
      .map(({ metadata }) => metadata.name)
      .filter((name) => name !== host);
    // Where the policy allows it, the load balancer picks another node, too.
    return {
      cluster,
      app,
      policy,
      entry: policy === "Local" ? host : dice.pick(others),
    };
  },
  beliefs: ["source-ip-kept", "pods-behind-node-nat", "source-is-pod-ip-everywhere", "overlay-always-snats"],
  ways: waysOf,
  answer: (_drawn, _rules, ways) => ways.map(sourceOf),
  tell: ([first = "", second = "", third = ""]) =>
    say("（1）{0}（2）{1}（3）{2}", "(1) {0} (2) {1} (3) {2}", code(first), code(second), code(third)),
  prompt: ({ cluster, app, policy, entry }) =>
    paragraphs(
      say(
        "{0}のクラスターである。Service {1}の`externalTrafficPolicy`は`{2}`である。",
        "This is a cluster with {0}. The Service {1} has `externalTrafficPolicy: {2}`.",
        MODES[cluster.network.mode],
        code(app),
        policy,
      ),
      getServices(cluster, { namespace: "default" }),
      getPods(cluster, { namespace: "default", wide: true }),
      getNodes(cluster),
      say(
        "受け手のログに残る送信元は、それぞれどれか。\n\n1. インターネットの{0}から`EXTERNAL-IP`へ。ロードバランサーはノード{1}を選んだ\n2. Pod `batch`から、名前{2}へ\n3. {2}のPodから、同じVNetのVM {3}へ",
        "Which source does the receiver log for each connection?\n\n1. From {0} on the internet to the `EXTERNAL-IP`; the load balancer picked node {1}\n2. From the Pod `batch` to the name {2}\n3. From the Pod of {2} to the VM {3} in the same VNet",
        code(CLIENT.address),
        code(entry),
        code(app),
        code(cluster.azure.machines.find(({ name }) => name === VM.name)?.address ?? ""),
      ),
    ),
  explain: (drawn) => {
    const { policy, entry, app, cluster } = drawn;
    return sentences(
      policy === "Cluster"
        ? say(
            "（1）`Cluster`なので、受けたノード{0}が送信元を自分のIPに変えて{1}のPodへ渡します。",
            "(1) With `Cluster` the node {0} puts its own address there before it hands on to the Pod of {1}.",
            code(entry),
            code(app),
          )
        : say(
            "（1）`Local`なので、ノード{0}が自分の上の{1}のPodへ、送信元を変えずに渡します。",
            "(1) With `Local` the node {0} hands on to the Pod of {1} on itself, and the source stays.",
            code(entry),
            code(app),
          ),
      text(
        "（2）クラスターの中のPodどうしには、ノードを越えてもNATがありません。",
        "(2) Between Pods of a cluster there is no NAT, across nodes or not.",
      ),
      cluster.network.mode === "overlay"
        ? text(
            "（3）オーバーレイのPodがクラスターの外へ出るときは、ノードのIPになります。",
            "(3) What a Pod of an overlay sends out of the cluster has the node's address.",
          )
        : text(
            "（3）PodのIPはVNetのIPなので、同じVNetの相手にはそのまま見えます。",
            "(3) Pods have addresses of the VNet, which others in it see as they are.",
          ),
    );
  },
  about: ({ app, entry }) => [app, entry],
});
