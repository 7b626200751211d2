import { all, type Cluster, type Service, scale, settle, targetsOf } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, PORTS, service, withUnready } from "./draw.ts";
import { podsNamed, serviceNamed } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, nameIn, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  /** After more Pods were asked for; what follows from it is for the answer to find out. */
  cluster: Cluster;
  /** What does follow. */
  after: Cluster;
  service: Service;
  replicas: number;
  notReady: readonly string[];
}

/** Where connections to a Service go after it was scaled out. */
export const endpointAddresses = single<Drawn, { port: number; addresses: readonly string[] }>({
  version: 1,
  concept: "readiness",
  sources: ["k8s-endpointslices", "k8s-service"],
  draw: (dice, difficulty) => {
    const app = dice.pick(APPS);
    const [port = 0, target = 0] = [80, dice.pick(PORTS)];
    const selector = { app, tier: "web" };
    const web = service(app, { selector, ports: [{ port, targetPort: target }] });
    const before = difficulty < 4 ? dice.between(1, 2) : 1;
    const replicas = before + (difficulty < 4 ? 1 : 2);
    const stranger = deployment({ name: `${app}-worker`, labels: { app, tier: "worker" }, port: target });
    const byHand = barePod({ name: `${app}-test`, labels: selector, port: target });
    const objects = [deployment({ name: app, labels: selector, replicas: before, port: target }), web];
    const built = clusterOf({ nodes: difficulty < 3 ? 2 : 3, podCidr: `10.${dice.between(2, 9)}.0.0/16` }, [
      ...objects,
      ...(difficulty > 1 ? [stranger] : []),
      ...(difficulty > 3 ? [byHand] : []),
    ]);
    const own = podsNamed(built, app).filter(
      ({ metadata }) => metadata.labels?.tier === "web" && metadata.ownerReferences,
    );
    const notReady = dice.some(own, 1).map(({ metadata }) => metadata.name);
    const cluster = scale(withUnready(built, notReady), "Deployment", app, replicas);
    return { cluster, after: settle(cluster), service: web, replicas, notReady };
  },
  beliefs: ["register-backends", "running-is-ready", "port-is-targetport", "selector-is-or"],
  answer: ({ cluster, service: { metadata } }, rules) => {
    const now = settle(cluster, { rules });
    const found = serviceNamed(now, metadata.name);
    const targets = targetsOf(now, found);
    return { port: targets[0]?.port ?? 0, addresses: targets.flatMap(({ addresses }) => addresses) };
  },
  tell: ({ port, addresses }) =>
    addresses.length === 0
      ? text("どこへも送られない", "nowhere")
      : say("ポート{0}: {1}", "port {0} of {1}", code(port), listedSorted(addresses)),
  prompt: ({ cluster, after, service: web, replicas }) =>
    paragraphs(
      say("次のServiceがある。", "There is this Service."),
      manifest(web),
      say(
        "Deployment {0}を`kubectl scale`で{1}個に増やし、しばらく待った。",
        "The Deployment {0} was scaled to {1} replicas with `kubectl scale`, a while ago.",
        code(web.metadata.name),
        replicas,
      ),
      getPods(after, {
        namespace: "default",
        wide: true,
        labels: Object.keys(web.spec.selector ?? {}),
        newSince: cluster.time,
      }),
      say(
        "Service {0}宛ての接続は、どこへ送られるか。",
        "Where are connections to the Service {0} sent?",
        code(web.metadata.name),
      ),
    ),
  explain: ({ cluster, after, service: web, notReady }) => {
    const added = all(after, "Pod").filter(
      ({ metadata }) => (metadata.creationTimestamp ?? 0) >= cluster.time,
    );
    return sentences(
      say(
        "セレクターのすべてに合い、準備完了のPodが、{0}の宛先になります。増えた{1}も自動で加わり、準備中の{2}は外れます。",
        "Pods that meet the whole selector and are ready are endpoints of {0}. The new {1} joined by itself; {2} is left out, not being ready.",
        code(web.metadata.name),
        listedSorted(added.map(({ metadata }) => metadata.name)),
        listedSorted(notReady),
      ),
      say("ポートは{0}です。", "The port is {0}.", code(`targetPort: ${web.spec.ports?.[0]?.targetPort}`)),
    );
  },
  about: ({ service: web, notReady }) => [nameIn(web.metadata.name), ...notReady],
});
