import { type Cluster, type Service, settle } from "../cluster/index.ts";
import { APPS, clusterOf, service } from "./draw.ts";
import { shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, listed, listedSorted, nameIn, paragraphs, say, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  services: readonly Service[];
}

const INTERNAL = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
const isInternal = ({ metadata }: Service) => metadata.annotations !== undefined;
const names = (services: readonly Service[]) => services.map(({ metadata }) => metadata.name);

/** Which Services share an Azure Load Balancer. */
export const sharedLoadBalancers = single<Drawn, readonly (readonly string[])[]>({
  version: 1,
  concept: "internal-lb",
  sources: ["aks-load-balancer", "aks-internal-lb"],
  draw: (dice, difficulty) => {
    const count = Math.min(6, 2 + difficulty);
    const internal = dice.between(1, count - 2);
    const services = dice.some(
      dice.some(APPS, count).map((name, n) =>
        service(
          name,
          {
            type: n === count - 1 && difficulty > 3 ? "ClusterIP" : "LoadBalancer",
            selector: { app: name },
            ports: [{ port: dice.pick([80, 443]) }],
          },
          { annotations: n < internal ? INTERNAL : undefined },
        ),
      ),
      count,
    );
    return { cluster: clusterOf({ nodes: 2 }, services), services };
  },
  beliefs: ["one-lb-per-service-resource", "external-ip-is-public"],
  // The cluster is asked anew: under a belief its Services would have moved elsewhere from the start.
  answer: ({ cluster }, rules) =>
    settle({ ...cluster, azure: { ...cluster.azure, loadBalancers: [] } }, { rules }).azure.loadBalancers.map(
      ({ frontEnds }) => frontEnds.map((one) => nameIn(one.service)),
    ),
  tell: (groups) => {
    const told = groups.map((group) => group.map(code).join(" + ")).toSorted();
    return text(told.join("／"), told.join(" | "));
  },
  prompt: ({ services }) =>
    paragraphs(
      say("AKSのクラスターに、次のServiceだけを作った。", "In an AKS cluster only these Services were made."),
      shell(
        "kubectl get services -o custom-columns=NAME:.metadata.name,TYPE:.spec.type,INTERNAL:.metadata.annotations.service\\.beta\\.kubernetes\\.io/azure-load-balancer-internal",
        table(
          ["NAME", "TYPE", "INTERNAL"],
          services
            .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
            .map((one) => [one.metadata.name, one.spec.type ?? "", isInternal(one) ? "true" : "<none>"]),
        ),
      ),
      text(
        "どのServiceが同じAzure Load Balancerを共有するか（`+`は共有、／は別のもの）。",
        "Which Services share one Azure Load Balancer (`+` for shared, | between different ones)?",
      ),
    ),
  explain: ({ services }) => {
    const balanced = services.filter(({ spec }) => spec.type === "LoadBalancer");
    return say(
      "ロードバランサーは、公開用と内部用の二つです。内部用のアノテーションを持つ{0}は`kubernetes-internal`に、ほかの{1}は`kubernetes`に、それぞれのフロントエンドIPと規則として加わります。",
      "There are two load balancers, a public and an internal one. {0}, with the internal annotation, become front-ends and rules of `kubernetes-internal`, and {1} of `kubernetes`.",
      listed(names(balanced.filter(isInternal))),
      listedSorted(names(balanced.filter((one) => !isInternal(one)))),
    );
  },
  about: ({ services }) => names(services.filter(({ spec }) => spec.type === "LoadBalancer")),
});
