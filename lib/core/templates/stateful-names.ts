import { type Cluster, resolve, settle } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, NAMESPACES, namespace, service, statefulSet } from "./draw.ts";
import { podsNamed } from "./look.ts";
import { getPods, getServices } from "./print.ts";
import { multiple } from "./template.ts";
import { code, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  home: string;
  store: string;
  candidates: readonly string[];
}

const CLIENT = "client";

/** Which names the Pods of StatefulSets can be looked up by. */
export const statefulNames = multiple<Drawn, string>({
  version: 1,
  concept: "identity",
  sources: ["k8s-statefulset", "k8s-dns"],
  draw: (dice, difficulty) => {
    const [home = "", away = ""] = dice.some(NAMESPACES, 2);
    const [store = "", far = ""] = dice.some(["db", "cache", "queue", "ledger", "index"], 2);
    const app = dice.pick(APPS);
    const replicas = Math.min(4, 1 + Math.ceil(difficulty / 2));
    const headless = (name: string, where: string) =>
      service(
        name,
        { clusterIP: "None", selector: { app: name }, ports: [{ port: 5432 }] },
        { namespace: where },
      );
    const cluster = clusterOf({ nodes: 2 }, [
      namespace(home),
      namespace(away),
      headless(store, home),
      headless(far, away),
      statefulSet({ name: store, namespace: home, replicas }),
      statefulSet({ name: far, namespace: away, replicas: difficulty < 3 ? 1 : 2 }),
      deployment({ name: app, namespace: home, replicas: difficulty < 3 ? 1 : 2 }),
      barePod({ name: CLIENT, namespace: home }),
    ]);
    const ordinal = dice.between(0, replicas - 1);
    const candidates = [
      store,
      `${store}-${ordinal}.${store}`,
      `${far}-0.${far}.${away}`,
      `${store}-${ordinal}`,
      `${far}-0.${far}`,
      dice.pick(podsNamed(cluster, app, home)).metadata.name,
    ];
    return { cluster, home, store, candidates };
  },
  beliefs: ["dns-name-is-enough-for-pod", "short-name-everywhere"],
  candidates: ({ candidates }) => candidates,
  answer: ({ cluster, home, candidates }, rules) => {
    const now = settle(cluster, { rules });
    return candidates.filter(
      (name) => resolve(now, { kind: "Pod", key: `${home}/${CLIENT}` }, name, rules).kind === "addresses",
    );
  },
  tell: (name) => text(code(name), code(name)),
  prompt: ({ cluster, home, store }) =>
    paragraphs(
      getServices(cluster, {}),
      getPods(cluster, {}),
      say(
        "名前が番号で終わるPodは、StatefulSetのものである。その`serviceName`は、{1}なら{1}のように、同じ名前のServiceを指す。名前空間{0}のPod `client`から引ける名前はどれか。",
        "Pods whose names end in a number are those of StatefulSets, whose `serviceName` is their own name, as {1} is for {1}. Which names resolve in the Pod `client` of the namespace {0}?",
        code(home),
        code(store),
      ),
    ),
  explain: ({ store, home }) =>
    say(
      "Headless Serviceの名前{0}は、準備完了のPodのIPに解決されます。StatefulSetのPodは、{1}のように、Serviceの名前を付けて引けます。Podの名前だけでは引けず、{2}の外のものには名前空間も要ります。",
      "The name {0} of the headless Service gives the addresses of its ready Pods. Pods of a StatefulSet have names with that of the Service, such as {1}. The Pod's name alone is not in DNS, and outside {2} the namespace is needed, too.",
      code(store),
      code(`${store}-0.${store}`),
      code(home),
    ),
  about: ({ store, home }) => [store, home],
});
