import { all, type Cluster, type Pod, type Service, settle, slicesOf } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, service, withUnready } from "./draw.ts";
import { podsNamed, serviceNamed } from "./look.ts";
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
    const [value = "", near = ""] = dice.some<string>(values, 2);
    const selector = { app, [key]: value };
    const web = service(app, { selector, ports: [{ port: 80, targetPort: 8080 }] });
    const picked = deployment({
      name: app,
      labels: selector,
      replicas: Math.min(5, 2 + Math.ceil(difficulty / 2)),
    });
    const halves = [
      { app, [key]: near },
      { app: other, [key]: value },
    ];
    const others = halves
      .slice(0, difficulty === 1 ? 1 : 2)
      .map((labels, n) =>
        deployment({ name: n === 0 ? `${app}-${near}` : other, labels, replicas: difficulty > 3 ? 2 : 1 }),
      );
    const byHand = difficulty >= 3 ? [barePod({ name: `${app}-debug`, labels: selector })] : [];
    const built = clusterOf({ nodes: 2 }, [web, picked, ...others, ...byHand]);
    const own = podsNamed(built, app).filter(
      ({ metadata }) => metadata.labels?.[key] === value && metadata.ownerReferences,
    );
    const notReady = dice.some(own, difficulty > 2 ? 2 : 1).map(({ metadata }) => metadata.name);
    return { cluster: withUnready(built, notReady), service: web, notReady };
  },
  beliefs: ["running-is-ready", "selector-is-or"],
  candidates: ({ cluster }) => all(cluster, "Pod"),
  answer: ({ cluster, service: { metadata } }, rules) => {
    const now = settle(cluster, { rules });
    const ready = slicesOf(now, serviceNamed(now, metadata.name))
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
