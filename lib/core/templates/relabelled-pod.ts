import { all, type Cluster, relabel, settle, slicesOf } from "../cluster/index.ts";
import { APPS, clusterOf, deployment, service } from "./draw.ts";
import { podsNamed, serviceNamed, written } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say } from "./words.ts";

interface Drawn {
  before: Cluster;
  app: string;
  pod: string;
  replicas: number;
  label: string;
}

/** What follows when a label is taken off a Pod that a ReplicaSet and a Service pick by it. */
export const relabelledPod = single<Drawn, { pods: number; receives: boolean }>({
  version: 1,
  concept: "labels",
  sources: ["k8s-labels", "k8s-replicaset", "k8s-service"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const [label, value] = dice.pick([
      ["tier", "web"],
      ["track", "stable"],
      ["env", "prod"],
    ] as const);
    const labels = { app, [label]: value };
    const replicas = dice.between(2, 2 + Math.ceil(difficulty / 2));
    const before = clusterOf({ nodes: 2, podCidr: `10.${dice.between(100, 200)}.0.0/16` }, [
      deployment({ name: app, labels, replicas }),
      service(app, { selector: labels, ports: [{ port: 80, targetPort: 8080 }] }),
      ...(difficulty > 2
        ? [deployment({ name: other, labels: { ...labels, app: other }, replicas: difficulty - 2 })]
        : []),
    ]);
    return { before, app, pod: dice.pick(podsNamed(before, app)).metadata.name, replicas, label };
  },
  beliefs: ["reconcile-is-one-shot", "selector-is-or"],
  answer: ({ before, app, pod, label }, rules) => {
    const now = settle(relabel(before, "Pod", pod, { [label]: null }), { rules });
    const endpoints = slicesOf(now, serviceNamed(now, app)).flatMap((slice) => slice.endpoints);
    return {
      pods: all(now, "Pod").filter(({ metadata }) => metadata.labels?.app === app).length,
      receives: endpoints.some(
        ({ targetRef, conditions }) => targetRef?.name === pod && conditions?.ready === true,
      ),
    };
  },
  tell: ({ pods, receives }) =>
    say(
      "`app`が同じPodは{0}個。外したPodには届{1}",
      "{0} Pods with that `app`; the one without the label {1} traffic",
      pods,
      { ja: receives ? "く" : "かない", en: receives ? "gets" : "gets no" },
    ),
  prompt: ({ before, app, pod, label }) => {
    return paragraphs(
      manifest(written(serviceNamed(before, app))),
      getPods(before, { namespace: "default", labels: ["app", label] }),
      say(
        "Deployment {0}のセレクターも、Serviceと同じ二つのラベルである。`kubectl label pod {1} {2}-`でラベルを外し、しばらく待つと、どうなるか。",
        "The Deployment {0} selects by the same two labels as the Service. A label is taken off with `kubectl label pod {1} {2}-`. How do things stand a while later?",
        code(app),
        pod,
        label,
      ),
    );
  },
  explain: ({ app, pod, replicas }) =>
    say(
      "{0}はどちらのセレクターにも合わなくなります。ReplicaSetはこれを手放し、{2}個に足りない1個を作るので、{1}のPodは合わせて{3}個です。Serviceの宛先からも外れますが、Pod自体は動き続けるので、通信のない状態で調べられます。",
      "{0} no longer meets either selector. The ReplicaSet lets go of it and makes one more to have {2} again, so that there are {3} Pods of {1}. The Service drops it, too; it runs on, and can be examined without traffic.",
      code(pod),
      code(app),
      replicas,
      replicas + 1,
    ),
  about: ({ app, pod }) => [app, pod],
});
