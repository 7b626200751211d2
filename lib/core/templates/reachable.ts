import { all, type Cluster, type Packet } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, MODES, PORTS, service } from "./draw.ts";
import { podsNamed, reaches, serviceNamed } from "./look.ts";
import { getNodes, getPods, getServices } from "./print.ts";
import { multiple } from "./template.ts";
import { code, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  app: string;
  listens: number;
  declared: number;
  /** The order in which connections are tried: not all have room among the options. */
  order: readonly number[];
}

const VM = "vm";

/** Connections that one may try: by virtual IP, node port and Pod address, from inside and from a VM. */
function packetsOf({ cluster, app, listens, declared }: Drawn): readonly Packet[] {
  const spec = serviceNamed(cluster, app).spec;
  const pod = podsNamed(cluster, app)[0];
  const idle = all(cluster, "Node").find(({ metadata }) => metadata.name !== pod?.spec.nodeName);
  const vm = { kind: "Machine", name: VM } as const;
  const inside = { kind: "Pod", key: "default/client" } as const;
  const [virtual, address, node] = [
    spec.clusterIP ?? "",
    pod?.status?.podIP ?? "",
    idle?.status?.addresses?.[0]?.address ?? "",
  ];
  return [
    { from: inside, to: virtual, port: 80 },
    { from: inside, to: virtual, port: 0, protocol: "ICMP" },
    { from: inside, to: address, port: listens },
    { from: inside, to: address, port: declared },
    { from: vm, to: virtual, port: 80 },
    { from: vm, to: node, port: spec.ports?.[0]?.nodePort ?? 0 },
    { from: vm, to: address, port: listens },
  ];
}

/** Which connections succeed, from inside the cluster and from the VNet. */
export const reachable = multiple<Drawn, Packet>({
  version: 2,
  concept: "reachability",
  sources: ["k8s-virtual-ips", "k8s-service", "aks-cni-overview"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const [listens = 0, declared = 0] = dice.some(PORTS, 2);
    const cluster = clusterOf(
      {
        nodes: difficulty < 3 ? 2 : 3,
        mode: difficulty < 2 ? "overlay" : dice.pick(["overlay", "overlay", "nodeSubnet", "podSubnet"]),
        podCidr: `10.${dice.between(100, 200)}.0.0/16`,
        images: { [`${app}:1`]: { listens: [listens] } },
        machines: [{ name: VM, address: `10.227.0.${dice.between(4, 200)}` }],
      },
      [
        service(app, { type: "NodePort", selector: { app }, ports: [{ port: 80, targetPort: listens }] }),
        deployment({ name: app, port: declared, probed: false, replicas: difficulty < 3 ? 1 : 2 }),
        barePod({ name: "client" }),
        ...(difficulty > 3 ? [deployment({ name: other, replicas: difficulty - 2 })] : []),
      ],
    );
    return { cluster, app, listens, declared, order: dice.some([0, 1, 2, 3, 4, 5, 6], 7) };
  },
  beliefs: [
    "clusterip-from-outside",
    "overlay-pod-reachable-from-vnet",
    "service-is-a-box",
    "container-port-opens",
  ],
  candidates: (drawn) => {
    const packets = packetsOf(drawn);
    return drawn.order.map((place) => packets[place]!);
  },
  answer: (drawn, rules) => packetsOf(drawn).filter((packet) => reaches(drawn.cluster, packet, rules)),
  tell: ({ from, to, port, protocol }) => {
    const who = from.kind === "Machine" ? text("VM", "VM") : text("Pod", "Pod");
    return say(
      "{0}から{1}",
      "{0}: {1}",
      who,
      code(protocol === "ICMP" ? `ping ${to}` : `curl http://${to}:${port}/`),
    );
  },
  prompt: ({ cluster, app, listens, declared }) =>
    paragraphs(
      say(
        "{0}のクラスターである。{1}のプログラムはポート{2}で待ち受け、`containerPort`は{3}と書かれている。",
        "This is a cluster with {0}. The program of {1} listens on port {2}; its `containerPort` says {3}.",
        MODES[cluster.network.mode],
        code(app),
        listens,
        declared,
      ),
      getServices(cluster, { namespace: "default" }),
      getPods(cluster, { namespace: "default", wide: true }),
      getNodes(cluster),
      say(
        "Pod `client`と、同じVNetのVM {0}から試した。どれが成功するか。",
        "It was tried from the Pod `client` and from the VM {0} in the same VNet. What succeeds?",
        code(cluster.azure.machines[0]?.address ?? ""),
      ),
    ),
  explain: ({ cluster, app, listens, declared }) =>
    sentences(
      say(
        "Service {0}の仮想IPを書き換える規則はクラスターのノードにだけあり、見るのはServiceのポート宛てだけです。VMからもpingでも届きません。nodePortは、Podのないノードでも開きます。",
        "Rules for the virtual IP of the Service {0} exist on cluster nodes alone, and for its ports alone: not for a VM, nor for a ping. The node port is open on nodes without a Pod, too.",
        code(app),
      ),
      say(
        "Podで開いているのは、待ち受けている{0}だけで、宣言した{1}ではありません。",
        "In the Pod, what is open is {0}, where the program listens, and not the declared {1}.",
        code(listens),
        code(declared),
      ),
      cluster.network.mode === "overlay"
        ? text(
            "オーバーレイのPodのIPには、外から直接は届きません。",
            "An overlay's Pod addresses are not reached from outside.",
          )
        : text(
            "PodのIPはVNetのIPなので、VMからも直接届きます。",
            "Pods have VNet addresses, which the VM reaches directly.",
          ),
    ),
  about: ({ app, listens, declared }) => [app, String(listens), String(declared)],
});
