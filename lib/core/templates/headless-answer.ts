import { type Cluster, resolve, type Service, settle } from "../cluster/index.ts";
import { barePod, clusterOf, deployment, service, withUnready } from "./draw.ts";
import { podsNamed } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  service: Service;
  notReady: readonly string[];
}

const CLIENT = "client";
const STORES = ["db", "cache", "queue", "search", "ledger", "index"];

/** What DNS answers for a headless Service. */
export const headlessAnswer = single<Drawn, readonly string[]>({
  version: 1,
  concept: "headless",
  sources: ["k8s-dns", "k8s-service"],
  draw: (dice, difficulty) => {
    const [store = "", other = ""] = dice.some(STORES, 2);
    const [role = "", otherRole = ""] = dice.some(["primary", "replica", "reader", "standby"], 2);
    const selector = { app: store, role };
    const named = service(store, {
      clusterIP: "None",
      selector,
      ports: [{ port: dice.pick([5432, 6379, 9200, 9092]) }],
    });
    const built = clusterOf({ nodes: difficulty < 3 ? 2 : 3 }, [
      named,
      deployment({ name: store, labels: selector, replicas: difficulty < 3 ? 2 : 3 }),
      deployment({ name: `${store}-${otherRole}`, labels: { app: store, role: otherRole } }),
      ...(difficulty > 3 ? [deployment({ name: other, labels: { app: other, role } })] : []),
      barePod({ name: CLIENT }),
    ]);
    const own = podsNamed(built, store).filter(({ metadata }) => metadata.labels?.role === role);
    const sick = dice.some(own, 1).map(({ metadata }) => metadata.name);
    return { cluster: withUnready(built, sick), service: named, notReady: sick };
  },
  beliefs: ["headless-has-vip", "running-is-ready", "selector-is-or"],
  answer: ({ cluster, service: { metadata } }, rules) => {
    const now = settle(cluster, { rules });
    const answer = resolve(now, { kind: "Pod", key: `default/${CLIENT}` }, metadata.name, rules);
    return answer.kind === "addresses" ? answer.addresses : [];
  },
  tell: (addresses) => listedSorted(addresses, text("名前なし（NXDOMAIN）", "no such name (NXDOMAIN)")),
  prompt: ({ cluster, service: named }) =>
    paragraphs(
      manifest(named),
      getPods(cluster, { namespace: "default", wide: true, labels: Object.keys(named.spec.selector ?? {}) }),
      say(
        "Pod {0}の中で{1}の名前を引くと、DNSは何を答えるか。",
        "In the Pod {0}, what does DNS answer for the name {1}?",
        code(CLIENT),
        code(named.metadata.name),
      ),
    ),
  explain: ({ service: named, notReady }) =>
    say(
      "{0}は`clusterIP: None`なので、仮想IPがありません。DNSは、セレクターのすべてに合う準備完了のPodのIPを並べて答えます。{1}は`0/1`なので載りません。",
      "{0} has `clusterIP: None`, and so no virtual IP. DNS answers with the addresses of the ready Pods that meet the whole selector. {1} is at `0/1` and left out.",
      code(named.metadata.name),
      listedSorted(notReady),
    ),
  about: ({ service: named, notReady }) => [named.metadata.name, ...notReady],
});
