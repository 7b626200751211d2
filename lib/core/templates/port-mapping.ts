import { type Cluster, type Packet, settle } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, PORTS, service } from "./draw.ts";
import { isDelivered, serviceNamed, wayOf, written } from "./look.ts";
import { getNodes, getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  app: string;
  listens: number;
  declared: number;
  packet: Packet;
}

/** On which port of the Pod a connection to a Service arrives, and whether anybody is there. */
export const portMapping = single<Drawn, { port: number; answered: boolean }>({
  version: 2,
  concept: "ports",
  sources: ["k8s-service", "k8s-service-api"],
  draw: (dice, difficulty) => {
    const app = dice.pick(APPS);
    const [listens = 0, declared = 0, metrics = 0] = dice.some(PORTS, 3);
    const port = dice.pick([80, 443, 8443]);
    // What is declared is not what the program listens on; the Service leads to either, by its number or by the name declared.
    const target = difficulty > 2 && dice.chance(0.5) ? "web" : dice.pick([listens, declared]);
    const viaNode = difficulty > 1 && dice.chance(0.5);
    const ports = [
      { name: "web", port, targetPort: target, nodePort: viaNode ? dice.between(30_000, 32_767) : undefined },
      ...(difficulty > 3
        ? [
            {
              name: "metrics",
              port: metrics,
              targetPort: metrics,
              nodePort: viaNode ? 29_999 + dice.between(1, 500) : undefined,
            },
          ]
        : []),
    ];
    const cluster = clusterOf(
      {
        nodes: 2,
        images: { [`${app}:1`]: { listens: [listens] } },
        machines: [{ name: "vm", address: "10.227.0.9" }],
      },
      [
        service(app, { type: viaNode ? "NodePort" : "ClusterIP", selector: { app }, ports }),
        deployment({ name: app, port: declared, portName: "web", probed: false }),
        barePod({ name: "client" }),
      ],
    );
    const packet: Packet = viaNode
      ? {
          from: { kind: "Machine", name: "vm" },
          to: cluster.azure.interfaces[0]?.address ?? "",
          port: ports[0]?.nodePort ?? 0,
        }
      : { from: { kind: "Pod", key: "default/client" }, to: app, port };
    return { cluster, app, listens, declared, packet };
  },
  beliefs: ["port-is-targetport", "container-port-opens"],
  ways: ({ cluster, app, packet }, rules) => [wayOf(code(app), settle(cluster, { rules }), packet, rules)],
  answer: (_drawn, _rules, ways) => ({
    port: ways[0]?.path.hops.at(-1)?.after.port ?? 0,
    answered: ways.every(isDelivered),
  }),
  tell: ({ port, answered }) =>
    answered
      ? say(
          "Podのポート{0}に届き、応答が返る",
          "it arrives on port {0} of the Pod, and is answered",
          code(port),
        )
      : say(
          "Podのポート{0}に届き、拒否される",
          "it arrives on port {0} of the Pod, and is refused",
          code(port),
        ),
  prompt: ({ cluster, app, listens, declared, packet }) =>
    paragraphs(
      manifest(written(serviceNamed(cluster, app))),
      ...(packet.from.kind === "Machine" ? [getNodes(cluster)] : []),
      getPods(cluster, { namespace: "default" }),
      say(
        "{0}のプログラムはポート{1}で待ち受けている。コンテナには、名前`web`の`containerPort`として{2}と書かれている。",
        "The program of {0} listens on port {1}. Its container has a `containerPort` named `web`, which says {2}.",
        code(app),
        listens,
        declared,
      ),
      say(
        "{0}から{1}への接続は、どうなるか。",
        "What becomes of a connection from {0} to {1}?",
        packet.from.kind === "Machine"
          ? text("VNetのVM", "a VM in the VNet")
          : text("Pod `client`", "the Pod `client`"),
        code(`${packet.to}:${packet.port}`),
      ),
    ),
  explain: ({ cluster, app, listens, packet }) => {
    const port = serviceNamed(cluster, app).spec.ports?.[0];
    return sentences(
      say(
        "{0}のポートは{1}で、Podのポートを決めるのは{2}です。",
        "The port of {0} is {1}; the Pod's is what {2} says.",
        code(app),
        code(packet.port),
        code(`targetPort: ${port?.targetPort}`),
      ),
      ...(typeof port?.targetPort === "string"
        ? [
            text(
              "名前は、コンテナに書かれたその名前の`containerPort`を指します。",
              "A name stands for the `containerPort` that the container declares by it.",
            ),
          ]
        : []),
      say(
        "応答があるのは、プログラムが待ち受ける{0}に届いたときだけです。",
        "It is answered only if it arrives on {0}, where the program listens.",
        code(listens),
      ),
    );
  },
  about: ({ app, listens, packet }) => [app, String(listens), String(packet.port)],
});
