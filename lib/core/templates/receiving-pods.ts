import {
  all,
  type Cluster,
  find,
  type Pod,
  type Service,
  setReady,
  settle,
  slicesOf,
} from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, keysOf, service } from "./draw.ts";
import { getPods, manifest } from "./print.ts";
import { multiple } from "./template.ts";
import { code, listedSorted, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  service: Service;
  /** Names of the Pods that the selector picks and that are not ready. */
  notReady: readonly string[];
}

/** Which Pods a Service sends traffic to: those that meet all of its selector, and are ready. */
export const receivingPods = multiple<Drawn, Pod>({
  version: 1,
  concept: "endpoints",
  sources: ["k8s-service", "k8s-endpointslices"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const [key, values] = dice.pick([
      ["tier", ["web", "worker"]],
      ["track", ["stable", "canary"]],
      ["env", ["prod", "test"]],
    ] as const);
    const [own, near] = dice.some(values, 2) as [string, string];
    const selector = { app, [key]: own };
    const web = service(app, { selector, ports: [{ port: 80, targetPort: 8080 }] });
    const picked = deployment({
      name: app,
      labels: selector,
      replicas: Math.min(5, 2 + Math.ceil(difficulty / 2)),
    });
    const halves = [
      { app, [key]: near },
      { app: other, [key]: own },
    ];
    const others = halves
      .slice(0, difficulty === 1 ? 1 : 2)
      .map((labels, n) =>
        deployment({ name: n === 0 ? `${app}-${near}` : other, labels, replicas: difficulty > 3 ? 2 : 1 }),
      );
    const byHand = difficulty >= 3 ? [barePod({ name: `${app}-debug`, labels: selector })] : [];
    const built = clusterOf({ nodes: 2 }, [web, picked, ...others, ...byHand]);
    const own_ = all(built, "Pod").filter(
      ({ metadata }) =>
        metadata.labels?.app === app && metadata.labels[key] === own && !metadata.name.endsWith("debug"),
    );
    const notReady = dice.some(keysOf(own_), difficulty > 2 ? 2 : 1);
    return {
      cluster: settle(notReady.reduce((now, pod) => setReady(now, pod, false), built)),
      service: web,
      notReady: notReady.map((pod) => pod.slice("default/".length)),
    };
  },
  beliefs: ["running-is-ready", "selector-is-or"],
  candidates: ({ cluster }) => all(cluster, "Pod"),
  answer: ({ cluster, service: { metadata } }, rules) => {
    const now = settle(cluster, { rules });
    const ready = slicesOf(now, find(now, "Service", `default/${metadata.name}`)!)
      .flatMap(({ endpoints }) => endpoints)
      .filter(({ conditions }) => conditions?.ready);
    return all(now, "Pod").filter((pod) =>
      ready.some(({ targetRef }) => targetRef?.name === pod.metadata.name),
    );
  },
  tell: (pod) => text(code(pod.metadata.name), code(pod.metadata.name)),
  prompt: ({ cluster, service: web }) =>
    paragraphs(
      say("次のServiceとPodがある。", "There are this Service and these Pods."),
      manifest(web),
      getPods(cluster, { namespace: "default", labels: Object.keys(web.spec.selector ?? {}) }),
      say(
        "Service {0}の通信は、どのPodに届くか。",
        "Which Pods receive traffic of the Service {0}?",
        code(web.metadata.name),
      ),
    ),
  explain: ({ service: web, notReady }) =>
    say(
      "セレクターは{0}で、すべてに合うPodだけが選ばれます。そのうち{1}は`READY`が`0/1`なので、宛先から外れます。Podを誰が作ったかは関係ありません。",
      "The selector is {0}, and only Pods that meet all of it are picked. Of these {1} are left out, at `0/1`. Who made a Pod does not matter.",
      listedSorted(Object.entries(web.spec.selector ?? {}).map(([name, value]) => `${name}: ${value}`)),
      listedSorted(notReady),
    ),
  about: ({ service: web, notReady }) => [web.metadata.name, ...notReady],
});
