import {
  type Cluster,
  find,
  type Ingress,
  type IngressClass,
  routeRequest,
  settle,
} from "../cluster/index.ts";
import { APPS, clusterOf, DOMAINS, deployment, namespace, service } from "./draw.ts";
import { getServices, shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, nameIn, paragraphs, say, sentences, text } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  /** The controller that runs, and where its proxies are reached. */
  controller: string;
  entry: string;
  classes: readonly IngressClass[];
  ingresses: readonly Ingress[];
  /** The Ingress that nobody picks up. */
  asked: Ingress;
}

const ENTRY = "ingress/controller";

const hostOf = ({ spec }: Ingress): string => spec.rules?.[0]?.host ?? "";

/** What becomes of an Ingress of whose class no controller runs. */
export const unclaimedIngress = single<Drawn, { address?: string; service?: string }>({
  version: 1,
  concept: "debug-ingress",
  sources: ["k8s-ingress", "k8s-ingress-controllers"],
  draw: (dice, difficulty) => {
    const [own = "", foreign = ""] = dice.some(["public", "internal", "edge", "partner", "legacy"], 2);
    const domain = dice.pick(DOMAINS);
    const controller = `example.com/${own}-controller`;
    const classes = [own, foreign].map(
      (name): IngressClass => ({
        kind: "IngressClass",
        metadata: { name },
        spec: { controller: `example.com/${name}-controller` },
      }),
    );
    const [first = "", ...others] = dice.some(APPS, 2 + Math.ceil(difficulty / 2));
    const ingress = (name: string, ingressClassName: string | undefined): Ingress => ({
      kind: "Ingress",
      metadata: { name, namespace: "default" },
      spec: {
        ingressClassName,
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
    });
    const asked = ingress(first, difficulty > 1 && dice.chance(0.5) ? undefined : foreign);
    const ingresses = [asked, ...others.map((name) => ingress(name, own))];
    const cluster = clusterOf(
      { nodes: 1, controllers: [{ name: controller, dataPlane: "pods", service: ENTRY }] },
      [
        namespace("ingress"),
        ...classes,
        deployment({ name: "controller", namespace: "ingress" }),
        service(
          "controller",
          { type: "LoadBalancer", selector: { app: "controller" }, ports: [{ port: 80, targetPort: 8080 }] },
          { namespace: "ingress" },
        ),
        ...ingresses,
      ],
    );
    const entry = find(cluster, "Service", ENTRY)?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
    return { cluster, controller, entry, classes, ingresses, asked };
  },
  beliefs: ["class-is-optional-decoration", "ingress-works-alone", "host-is-not-checked"],
  answer: ({ cluster, controller, asked }, rules) => {
    const now = settle(cluster, { rules });
    const request = { host: hostOf(asked), path: "/" };
    return {
      address: find(now, "Ingress", `default/${asked.metadata.name}`)?.status?.loadBalancer?.ingress?.[0]?.ip,
      service: routeRequest(now, { controller }, request, rules)?.backends[0]?.key,
    };
  },
  tell: ({ address, service: key }) =>
    say(
      "`ADDRESS`は{0}。リクエストには{1}",
      "`ADDRESS` is {0}, and the request gets {1}",
      address === undefined ? text("空", "empty") : code(address),
      key === undefined
        ? text("404が返る", "a 404")
        : say("Service {0}が応える", "an answer of {0}", code(nameIn(key))),
    ),
  prompt: ({ cluster, controller, entry, classes, ingresses, asked }) =>
    paragraphs(
      say(
        "動いているIngressコントローラーは、{0}だけである。既定のクラスはない。",
        "The only Ingress controller that runs is {0}. No class is the default.",
        code(controller),
      ),
      shell(
        "kubectl get ingressclasses",
        table(
          ["NAME", "CONTROLLER"],
          classes
            .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
            .map(({ metadata, spec }) => [metadata.name, spec.controller ?? ""]),
        ),
      ),
      shell(
        "kubectl get ingresses -o custom-columns=NAME:.metadata.name,CLASS:.spec.ingressClassName,HOST:.spec.rules[0].host",
        table(
          ["NAME", "CLASS", "HOST"],
          ingresses
            .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
            .map((one) => [one.metadata.name, one.spec.ingressClassName ?? "<none>", hostOf(one)]),
        ),
      ),
      getServices(cluster, { namespace: "ingress" }),
      say(
        "しばらく待った。Ingress {0}の`ADDRESS`と、{1}の結果は、どうなるか。",
        "Some time has gone by. What is the `ADDRESS` of the Ingress {0}, and what does {1} get?",
        code(asked.metadata.name),
        code(`curl -H 'Host: ${hostOf(asked)}' http://${entry}/`),
      ),
    ),
  explain: ({ controller, asked }) => {
    const { ingressClassName } = asked.spec;
    return sentences(
      ingressClassName === undefined
        ? say(
            "Ingress {0}はクラスを名指さず、既定のクラスもないので、誰も引き受けません。",
            "The Ingress {0} names no class, and none is the default: nobody picks it up.",
            code(asked.metadata.name),
          )
        : say(
            "Ingress {0}が名指すクラス{1}のコントローラーは動いていないので、誰も引き受けません。",
            "The Ingress {0} names the class {1}, whose controller does not run: nobody picks it up.",
            code(asked.metadata.name),
            code(ingressClassName),
          ),
      say(
        "エラーは出ず、`ADDRESS`が空のままです。{0}のプロキシは、ホスト名{1}の規則を知らないので、404を返します。",
        "No error says so; `ADDRESS` stays empty. The proxies of {0} have no rule for the host {1}, and answer 404.",
        code(controller),
        code(hostOf(asked)),
      ),
    );
  },
  about: ({ asked, controller }) => [asked.metadata.name, hostOf(asked), controller],
});
