import { all, apply, type Cluster, type Ingress, type IngressClass, settle } from "../cluster/index.ts";
import { APPS, clusterOf, DOMAINS, deployment, namespace, service } from "./draw.ts";
import { shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, listed, listedSorted, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  /** The class whose controller runs; it has become the default. */
  own: string;
  foreign: string;
  ingresses: readonly Ingress[];
}

const ingressClass = (name: string, controller: string, isDefault: boolean): IngressClass => ({
  kind: "IngressClass",
  metadata: {
    name,
    annotations: isDefault ? { "ingressclass.kubernetes.io/is-default-class": "true" } : undefined,
  },
  spec: { controller },
});

/** Which Ingresses a controller picks up. */
export const ingressAddress = single<Drawn, readonly string[]>({
  version: 1,
  concept: "ingress-class",
  sources: ["k8s-ingress", "k8s-ingress-controllers"],
  draw: (dice, difficulty) => {
    const [own = "", foreign = "", third = ""] = dice.some(
      ["public", "internal", "edge", "partner", "legacy"],
      3,
    );
    const domain = dice.pick(DOMAINS);
    const controller = `example.com/${own}-controller`;
    const names = dice.some(APPS, Math.min(6, 2 + difficulty));
    // Each has a class that is served, one whose controller does not run, or none.
    const classes = [own, foreign, undefined, own, undefined, third, own];
    const ingresses = names.map(
      (name, n): Ingress => ({
        kind: "Ingress",
        metadata: { name, namespace: "default" },
        spec: {
          ingressClassName: classes[n],
          rules: [
            {
              host: `${name}.${domain}`,
              http: {
                paths: [
                  { path: "/", pathType: "Prefix", backend: { service: { name, port: { number: 80 } } } },
                ],
              },
            },
          ],
        },
      }),
    );
    const entry = { namespace: "ingress" };
    const before = clusterOf(
      { nodes: 1, controllers: [{ name: controller, dataPlane: "pods", service: "ingress/controller" }] },
      [
        namespace("ingress"),
        ingressClass(foreign, `example.com/${foreign}-controller`, false),
        deployment({ name: "controller", namespace: "ingress" }),
        service(
          "controller",
          { type: "LoadBalancer", selector: { app: "controller" }, ports: [{ port: 80, targetPort: 8080 }] },
          entry,
        ),
        ...ingresses,
      ],
    );
    return { cluster: apply(before, [ingressClass(own, controller, true)]).cluster, own, foreign, ingresses };
  },
  beliefs: ["default-class-fills-existing", "class-is-optional-decoration", "one-ingress-per-cluster"],
  answer: ({ cluster }, rules) =>
    all(settle(cluster, { rules }), "Ingress")
      .filter(({ status }) => status?.loadBalancer?.ingress?.length)
      .map(({ metadata }) => metadata.name),
  tell: (names) => listedSorted(names, text("どれにも付かない", "none of them")),
  prompt: ({ cluster, own, foreign, ingresses }) =>
    paragraphs(
      say(
        "コントローラーが動いているのは、クラス{0}の分だけである。先ほど、このクラスを既定にした。Ingressは、どれもその前からある。",
        "A controller runs for the class {0} alone. A moment ago that class was made the default; all the Ingresses are older.",
        code(own),
      ),
      shell(
        "kubectl get ingressclasses",
        table(
          ["NAME", "CONTROLLER"],
          [own, foreign]
            .toSorted()
            .map((name) => [
              name,
              all(cluster, "IngressClass").find(({ metadata }) => metadata.name === name)?.spec.controller ??
                "",
            ]),
        ),
      ),
      shell(
        "kubectl get ingresses -o custom-columns=NAME:.metadata.name,CLASS:.spec.ingressClassName",
        table(
          ["NAME", "CLASS"],
          ingresses
            .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
            .map(({ metadata, spec }) => [metadata.name, spec.ingressClassName ?? "<none>"]),
        ),
      ),
      say("`ADDRESS`が付くのはどのIngressか。", "Which Ingresses get an `ADDRESS`?"),
    ),
  explain: ({ own, foreign, ingresses }) => {
    const without = ingresses.filter(({ spec }) => spec.ingressClassName === undefined);
    return sentences(
      say(
        "コントローラーは、自分のクラス{0}を名指すIngressだけを、いくつでも引き受けます。{1}のコントローラーは動いていないので、エラーもなく放置されます。",
        "The controller picks up every Ingress that names its class {0}, and no other. Nobody runs for {1}, and no error says so.",
        code(own),
        code(foreign),
      ),
      say(
        "既定のクラスが書き込まれるのは作るときだけなので、前からある{0}には入りません。",
        "A default class is filled in when an Ingress is made, and not into {0}, which is older.",
        listed(without.map(({ metadata }) => metadata.name)),
      ),
    );
  },
  about: ({ own, foreign, ingresses }) => [
    own,
    foreign,
    ...ingresses
      .filter(({ spec }) => spec.ingressClassName === undefined)
      .map(({ metadata }) => metadata.name),
  ],
});
