import { type Cluster, trace } from "../cluster/index.ts";
import { APPS, clusterOf, deployment, PORTS, service } from "./draw.ts";
import { frontEndOf, podsNamed, serviceNamed } from "./look.ts";
import { getNodes, getPods, getServices } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  app: string;
  /** The node that the load balancer picks; it has a Pod of the Service. */
  node: string;
  port: number;
}

const CLIENT = "client";

/** For whom a packet is when the load balancer hands it to a node. */
export const arrivesOnNode = single<Drawn, string>({
  version: 1,
  concept: "packet-in",
  sources: ["aks-load-balancer", "k8s-virtual-ips"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const port = dice.pick([80, 443]);
    const isInternal = difficulty > 2 && dice.chance(0.5);
    const annotations = isInternal
      ? { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }
      : undefined;
    const extra = difficulty > 3 ? [deployment({ name: other, replicas: difficulty - 2 })] : [];
    const cluster = clusterOf(
      {
        nodes: difficulty < 3 ? 2 : 3,
        podCidr: `10.${dice.between(100, 200)}.0.0/16`,
        machines: [{ name: CLIENT, address: isInternal ? "10.227.0.9" : "198.51.100.9" }],
      },
      [
        service(
          app,
          { type: "LoadBalancer", selector: { app }, ports: [{ port, targetPort: dice.pick(PORTS) }] },
          { annotations },
        ),
        deployment({ name: app, replicas: difficulty < 4 ? 1 : 2 }),
        ...extra,
      ],
    );
    return { cluster, app, node: dice.pick(podsNamed(cluster, app)).spec.nodeName ?? "", port };
  },
  beliefs: ["lb-targets-nodeport", "lb-backend-is-pods"],
  answer: (drawn, rules) => {
    const { cluster, app, node, port } = drawn;
    const { paths } = trace(
      cluster,
      { from: { kind: "Machine", name: CLIENT }, to: frontEndOf(cluster, app), port },
      rules,
    );
    const picked = paths
      .flatMap(({ hops }) => hops)
      .find(({ deed }) => deed.kind === "loadBalancer" && deed.node === node);
    return picked ? `${picked.after.destination}:${picked.after.port}` : "";
  },
  tell: (destination) => say("{0}", "{0}", code(destination)),
  prompt: (drawn) => {
    const { cluster, app, node, port } = drawn;
    return paragraphs(
      getServices(cluster, { namespace: "default" }),
      getPods(cluster, { namespace: "default", wide: true }),
      getNodes(cluster),
      say(
        "Podが待ち受けるのはポート{0}である。",
        "The Pods listen on port {0}.",
        String(serviceNamed(cluster, app).spec.ports?.[0]?.targetPort),
      ),
      say(
        "クライアントが{0}に接続し、Azure Load Balancerはノード{1}を選んだ。ノードに届いた時点で、パケットの宛先はどこか。",
        "A client connects to {0}, and Azure Load Balancer picks node {1}. For which destination is the packet when it reaches the node?",
        code(`${frontEndOf(cluster, app)}:${port}`),
        code(node),
      ),
    );
  },
  explain: ({ cluster, app, node, port }) =>
    say(
      "AKSのロードバランサーは宛先を書き換えません（フローティングIP）。ノード{0}には{1}のまま届き、ノードの規則が{2}のPodを選びます。`nodePort`は正常性プローブに使われます。",
      "On AKS the load balancer leaves the destination alone (floating IP). The packet reaches node {0} for {1}, and rules there pick a Pod of {2}. The node port serves the health probe.",
      code(node),
      code(`${frontEndOf(cluster, app)}:${port}`),
      code(app),
    ),
  about: ({ app, node }) => [app, node],
});
