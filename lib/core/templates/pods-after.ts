import {
  all,
  type Cluster,
  failNode,
  RULES,
  type Rules,
  remove,
  restartContainer,
  settle,
} from "../cluster/index.ts";
import { APPS, clusterOf, deployment, statefulSet } from "./draw.ts";
import { podsNamed } from "./look.ts";
import { getPods } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  before: Cluster;
  app: string;
  kind: "Deployment" | "StatefulSet";
  /** The node that fails, or the Pod that is deleted. */
  lost: { node: string } | { pod: string };
  /** The Pod whose container is started anew. */
  restarted?: string;
}

const happened = ({ before, lost, restarted }: Drawn, rules: Rules): Cluster => {
  const ended = "node" in lost ? failNode(before, lost.node) : remove(before, "Pod", lost.pod);
  return settle(restarted === undefined ? ended : restartContainer(ended, restarted, rules), { rules });
};

/** Names and addresses of Pods after something happened to one. */
export const podsAfter = single<Drawn, readonly (readonly [string, string])[]>({
  version: 1,
  concept: "pod-ip",
  sources: ["k8s-pod-lifecycle", "k8s-replicaset", "k8s-statefulset"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const kind = difficulty > 1 && dice.chance(0.4) ? "StatefulSet" : "Deployment";
    const replicas = difficulty < 4 || kind === "StatefulSet" ? 2 : 3;
    const made =
      kind === "StatefulSet" ? statefulSet({ name: app, replicas }) : deployment({ name: app, replicas });
    const extra = difficulty > 2 ? [deployment({ name: other, replicas: difficulty - 2 })] : [];
    const before = clusterOf({ nodes: replicas, podCidr: `10.${dice.between(2, 9)}.0.0/16` }, [
      made,
      ...extra,
    ]);
    const [first, second] = dice.some(podsNamed(before, app), 2);
    const byNode = kind === "Deployment" && dice.chance(0.5);
    return {
      before,
      app,
      kind,
      lost: byNode ? { node: first?.spec.nodeName ?? "" } : { pod: first?.metadata.name ?? "" },
      // A StatefulSet is asked with both: its Pod that is made again, and one that only starts anew.
      restarted: kind === "StatefulSet" || (difficulty > 3 && !byNode) ? second?.metadata.name : undefined,
    };
  },
  beliefs: [
    "statefulset-keeps-ip",
    "pod-ip-is-stable",
    "pod-moves",
    "container-restart-changes-ip",
    "reconcile-is-one-shot",
  ],
  answer: (drawn, rules) =>
    podsNamed(happened(drawn, rules), drawn.app)
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata, status }) => [metadata.name, status?.podIP ?? ""] as const),
  tell: (pods) => {
    const told = pods.map(([name, address]) => `${name.slice(name.lastIndexOf("-"))} ${address}`);
    return text(told.map(code).join("、"), told.map(code).join(", "));
  },
  prompt: ({ before, app, kind, lost, restarted }) =>
    paragraphs(
      getPods(before, { namespace: "default", wide: true }),
      "node" in lost
        ? say(
            "ノード{0}が故障し、戻らないまま10分が過ぎた。",
            "The node {0} fails, and is still down ten minutes later.",
            code(lost.node),
          )
        : say("`kubectl delete pod {0}`を実行した。", "Somebody runs `kubectl delete pod {0}`.", lost.pod),
      ...(restarted === undefined
        ? []
        : [
            say(
              "同じころ、Pod {0}のコンテナが異常終了し、再起動した。",
              "At about that time the container of the Pod {0} crashes and is restarted.",
              code(restarted),
            ),
          ]),
      say(
        "このあと、{0} {1}のPodの名前とIPはどうなっているか（終了中のものを除く。名前は最後の`-`から）。",
        "After that, which names and addresses do the Pods of the {0} {1} have? Those that are terminating are left out; names are given from their last `-`.",
        kind,
        code(app),
      ),
    ),
  explain: (drawn) => {
    const { before, app, kind, lost, restarted } = drawn;
    const after = happened(drawn, RULES);
    const known = new Set(
      all(before, "Pod").map(({ metadata, status }) => `${metadata.name} ${status?.podIP}`),
    );
    const fresh = podsNamed(after, app).find(
      ({ metadata, status }) =>
        metadata.deletionTimestamp === undefined && !known.has(`${metadata.name} ${status?.podIP}`),
    );
    const gone =
      "node" in lost
        ? podsNamed(before, app).find(({ spec }) => spec.nodeName === lost.node)?.metadata.name
        : lost.pod;
    return sentences(
      say(
        "{0} {1}が数を保つので、{2}の代わりにPodが作られます。",
        "The {0} {1} keeps the number, and makes a Pod for {2}.",
        kind,
        code(app),
        code(gone ?? ""),
      ),
      kind === "StatefulSet"
        ? say(
            "名前は同じでも別のPodなので、IPは新しい{0}です。",
            "The name is the same, but it is another Pod, with the new address {0}.",
            code(fresh?.status?.podIP ?? ""),
          )
        : say(
            "名前もIPも新しく、{0}になります。",
            "Both name and address are new: {0}.",
            code(`${fresh?.metadata.name} ${fresh?.status?.podIP}`),
          ),
      ...(restarted === undefined
        ? []
        : [
            say(
              "{0}で再起動したのはコンテナだけで、Podは同じなので、IPも変わりません。",
              "In {0} only the container was restarted; the Pod is the same, and so is its address.",
              code(restarted),
            ),
          ]),
    );
  },
  about: ({ app, restarted }) => [app, ...(restarted === undefined ? [] : [restarted])],
});
