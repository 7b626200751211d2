import { type Cluster, type Service, settle } from "../cluster/index.ts";
import { APPS, clusterOf, deployment, service, withUnready } from "./draw.ts";
import { podsNamed } from "./look.ts";
import { getPods, manifest } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  service: Service;
  notReady: string;
}

/** To which nodes the load balancer sends what comes in, with a policy of Local. */
export const probeNodes = single<Drawn, readonly string[]>({
  version: 1,
  concept: "lb-service",
  sources: ["aks-load-balancer", "k8s-source-ip"],
  draw: (dice, difficulty) => {
    const [app = "", other = ""] = dice.some(APPS, 2);
    const labels = { app, tier: "web" };
    const nodes = difficulty < 3 ? 4 : 5;
    const web = service(app, {
      type: "LoadBalancer",
      selector: labels,
      externalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080 }],
    });
    const built = clusterOf({ nodes }, [
      ...dice.some(
        [
          deployment({ name: other, labels: { app: other, tier: "web" } }),
          deployment({ name: `${app}-batch`, labels: { app, tier: "batch" } }),
        ],
        difficulty < 2 ? 1 : 2,
      ),
      deployment({ name: app, labels, replicas: difficulty < 4 ? 2 : 3 }),
      web,
    ]);
    const sick = dice.pick(podsNamed(built, app).filter(({ metadata }) => metadata.labels?.tier === "web"))
      .metadata.name;
    return { cluster: withUnready(built, [sick]), service: web, notReady: sick };
  },
  beliefs: ["running-is-ready", "local-is-preference", "lb-backend-is-pods", "selector-is-or"],
  answer: ({ cluster }, rules) =>
    settle(cluster, { rules }).azure.loadBalancers.flatMap(({ frontEnds }) =>
      frontEnds.flatMap(({ healthy }) => healthy),
    ),
  tell: (names) => listedSorted(names, text("どこにも送らない", "to none")),
  prompt: ({ cluster, service: web }) =>
    paragraphs(
      manifest(web),
      say(
        "ノードは{0}である。",
        "The nodes are {0}.",
        listedSorted(cluster.objects.Node.map(({ metadata }) => metadata.name)),
      ),
      getPods(cluster, { namespace: "default", wide: true, labels: ["app", "tier"] }),
      say(
        "外から来る接続を、Azure Load Balancerはどこへ送るか。",
        "Where does Azure Load Balancer send connections from outside?",
      ),
    ),
  explain: ({ cluster, service: web, notReady }) =>
    say(
      "プールには全ノードが並びますが、{0}は`Local`なので、準備完了のPodがあるノードだけが正常性プローブに応えます。{1}は`0/1`で、ノード{2}はその分では応えません。残るのは{3}です。",
      "The pool lists every node, but {0} has `Local`: only nodes with a ready Pod answer the health probe. {1} is at `0/1` and does not count for node {2}. What remains is {3}.",
      code(web.metadata.name),
      code(notReady),
      code(
        podsNamed(cluster, web.metadata.name).find(({ metadata }) => metadata.name === notReady)?.spec
          .nodeName ?? "",
      ),
      listedSorted(
        cluster.azure.loadBalancers.flatMap(({ frontEnds }) => frontEnds.flatMap(({ healthy }) => healthy)),
      ),
    ),
  about: ({ service: web, notReady }) => [web.metadata.name, notReady],
});
