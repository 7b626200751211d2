import { type Cluster, type Rules, type Service, settle } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, service, withUnready } from "./draw.ts";
import { isDelivered, isReady, podsNamed, wayOf } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, paragraphs, say, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  service: Service;
  clients: readonly string[];
  notReady: string;
}

/** The way of each client to the Service. */
function waysOf({ cluster, clients, service: { metadata } }: Drawn, rules: Rules): Way[] {
  const now = settle(cluster, { rules });
  return clients.map((name) =>
    wayOf(
      code(name),
      now,
      { from: { kind: "Pod", key: `default/${name}` }, to: metadata.name, port: 80 },
      rules,
    ),
  );
}

/** Which Pods get an answer from a Service that is for callers on the same node. */
export const localCallers = single<Drawn, readonly string[]>({
  version: 1,
  concept: "traffic-policy",
  sources: ["k8s-service", "k8s-virtual-ips"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const labels = { app, tier: "web" };
    const nodes = difficulty < 3 ? 3 : 4;
    const near = service(app, {
      selector: labels,
      internalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080 }],
    });
    const clients = Array.from({ length: nodes }, (_, n) =>
      barePod({ name: `client-${n + 1}` }, `node-${n + 1}`),
    );
    const built = clusterOf({ nodes }, [
      deployment({ name: app, labels, replicas: 2 }),
      ...(difficulty > 1 ? [deployment({ name: `${app}-batch`, labels: { app, tier: "batch" } })] : []),
      ...(difficulty > 3 ? [deployment({ name: other, replicas: difficulty - 2 })] : []),
      near,
      ...clients,
    ]);
    const sick = dice.pick(podsNamed(built, app).filter(({ metadata }) => metadata.labels?.tier === "web"))
      .metadata.name;
    return {
      cluster: withUnready(built, [sick]),
      service: near,
      clients: clients.map(({ metadata }) => metadata.name),
      notReady: sick,
    };
  },
  beliefs: ["local-is-preference", "running-is-ready", "selector-is-or"],
  ways: waysOf,
  answer: ({ clients }, _rules, ways) => clients.filter((_, n) => isDelivered(ways[n]!)),
  tell: (names) => listedSorted(names, text("どれにも返らない", "none of them")),
  prompt: ({ cluster, service: near }) =>
    paragraphs(
      manifest(near),
      getPods(cluster, { namespace: "default", wide: true, labels: ["app", "tier"] }),
      say(
        "名前が`client`で始まるPodが、それぞれ{0}に接続する。応答があるのはどのPodか。",
        "Each Pod whose name begins with `client` connects to {0}. Which of them are answered?",
        code(near.metadata.name),
      ),
    ),
  explain: ({ cluster, service: near, notReady }) => {
    const able = podsNamed(cluster, near.metadata.name).filter(
      (pod) => pod.metadata.labels?.tier === "web" && isReady(pod),
    );
    return say(
      "{0}は`internalTrafficPolicy: Local`なので、ノードは自分の上の準備完了のPodへしか渡しません。{1}は`0/1`で外れ、残るのは{2}だけです。ほかのノードからの接続は、よそへ回されずに捨てられます。",
      "{0} has `internalTrafficPolicy: Local`: a node hands on only to ready Pods of its own. {1} is at `0/1` and out, which leaves {2}. Connections from other nodes are dropped, not passed on.",
      code(near.metadata.name),
      code(notReady),
      listedSorted(able.map(({ spec }) => spec.nodeName ?? "")),
    );
  },
  about: ({ service: near, notReady }) => [near.metadata.name, notReady],
});
