import { type Cluster, resolve, settle } from "../cluster/index.ts";
import { APPS, barePod, clusterOf, deployment, NAMESPACES, namespace, service } from "./draw.ts";
import { getPods, getServices, shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, paragraphs, say } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  home: string;
  away: string;
  /** A Service without Pods, an ExternalName, and a Service of another namespace. */
  idle: string;
  alias: string;
  foreign: string;
}

const CLIENT = "client";
const NO_NAME = "NXDOMAIN";

/** What DNS answers for three names that look alike and are not. */
export const dnsAnswers = single<Drawn, readonly string[]>({
  version: 1,
  concept: "externalname",
  sources: ["k8s-dns", "k8s-service"],
  draw: (dice, difficulty) => {
    const [home = "", away = "", third = ""] = dice.some(NAMESPACES, 3);
    const [idle = "", foreign = "", other = ""] = dice.some(APPS, 3);
    const alias = dice.pick(["db", "mail", "ldap"]);
    const externalName = `${alias}.${dice.pick(["example.com", "example.net", "corp.example"])}`;
    const ports = [{ port: 80, targetPort: 8080 }];
    const where = { namespace: home };
    const cluster = clusterOf(
      {
        nodes: 1,
        machines: [{ name: alias, address: `198.51.100.${dice.between(2, 250)}`, hostname: externalName }],
      },
      [
        ...[home, away, ...(difficulty > 3 ? [third] : [])].map((name) => namespace(name)),
        service(idle, { selector: { app: idle }, ports }, where),
        service(alias, { type: "ExternalName", externalName }, where),
        service(foreign, { selector: { app: foreign }, ports }, { namespace: away }),
        deployment({ name: foreign, namespace: away, replicas: difficulty < 3 ? 1 : 2 }),
        ...(difficulty > 2
          ? [
              service(other, { selector: { app: other }, ports }, where),
              deployment({ name: other, namespace: home }),
            ]
          : []),
        ...(difficulty > 3
          ? [
              service(idle, { selector: { app: idle }, ports }, { namespace: third }),
              deployment({ name: idle, namespace: third }),
            ]
          : []),
        barePod({ name: CLIENT, namespace: home }),
      ],
    );
    return { cluster, home, away, idle, alias, foreign };
  },
  beliefs: ["dns-answer-means-healthy", "externalname-proxies", "short-name-everywhere"],
  answer: ({ cluster, home, idle, alias, foreign }, rules) => {
    const now = settle(cluster, { rules });
    return [idle, alias, foreign].map((name) => {
      const answer = resolve(now, { kind: "Pod", key: `${home}/${CLIENT}` }, name, rules);
      return answer.kind === "addresses" ? (answer.addresses[0] ?? NO_NAME) : NO_NAME;
    });
  },
  tell: ([first = "", second = "", third = ""]) =>
    say("（1）{0}（2）{1}（3）{2}", "(1) {0} (2) {1} (3) {2}", code(first), code(second), code(third)),
  prompt: ({ cluster, home, idle, alias, foreign }) =>
    paragraphs(
      getServices(cluster, {}),
      getPods(cluster, { labels: ["app"] }),
      shell(
        "cat external-names.txt",
        table(
          ["NAME", "ADDRESS"],
          cluster.azure.machines.map(({ hostname = "", address }) => [hostname, address]),
        ),
      ),
      say(
        "どのServiceも、同じ名前の`app`ラベルのPodを選ぶ。名前空間{0}のPod `client`で、名前（1）{1}（2）{2}（3）{3}を引くと、答えはどれか。",
        "Each Service selects Pods whose label `app` is its own name. In the Pod `client` of the namespace {0}, what is the answer for the names (1) {1} (2) {2} (3) {3}?",
        code(home),
        code(idle),
        code(alias),
        code(foreign),
      ),
    ),
  explain: ({ home, away, idle, alias, foreign }) =>
    say(
      "（1）{1}にはPodがありませんが、仮想IPの名前は引けます。（2）{2}は別名なので、外の名前のIPがそのまま返ります。（3）短い名前は{0}の中でしか補われず、{3}は{4}にあるので見つかりません。",
      "(1) {1} has no Pod, and still the name of its virtual IP resolves. (2) {2} is an alias, and gives the address of the outside name. (3) Short names are completed within {0} alone, and {3} is in {4}: not found.",
      code(home),
      code(idle),
      code(alias),
      code(foreign),
      code(away),
    ),
  about: ({ home, away, idle, alias, foreign }) => [home, away, idle, alias, foreign],
});
