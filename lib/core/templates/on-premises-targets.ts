import { addressAt, type Cluster, type Machine, type Rules } from "../cluster/index.ts";
import { barePod, clusterOf } from "./draw.ts";
import { isDelivered, wayOf } from "./look.ts";
import { shell, table } from "./print.ts";
import { single } from "./template.ts";
import { code, listedSorted, paragraphs, say, text, type Way } from "./words.ts";

interface Drawn {
  cluster: Cluster;
  servers: readonly Machine[];
}

const CLIENT = "client";
const NAMES = ["ldap", "mail", "erp", "files", "print", "crm", "scan"];

/** The way to each server. */
const waysOf = ({ cluster, servers }: Drawn, rules: Rules): Way[] =>
  servers.map(({ name, address }) =>
    wayOf(
      code(name),
      cluster,
      { from: { kind: "Pod", key: `default/${CLIENT}` }, to: address, port: 443 },
      rules,
    ),
  );

/** Which servers on-premises a Pod of an overlay reaches, where ranges overlap. */
export const onPremisesTargets = single<Drawn, readonly string[]>({
  version: 1,
  concept: "overlay",
  sources: ["aks-overlay", "aks-ip-planning"],
  draw: (dice, difficulty) => {
    const [pods = 0, services = 0] = dice.some([60, 61, 62, 63], 2);
    const [podCidr, serviceCidr] = [`10.${pods}.0.0/16`, `10.${services}.0.0/16`];
    const clear = [
      `10.${dice.between(70, 90)}.0.0/16`,
      "192.168.0.0/16",
      `172.${dice.between(16, 25)}.0.0/16`,
    ];
    const ranges = [
      podCidr,
      ...dice.some(clear, difficulty < 3 ? 1 : 2),
      ...(difficulty > 1 ? [serviceCidr] : []),
      ...(difficulty > 3 ? [podCidr] : []),
      clear[0] ?? "",
    ];
    const servers = dice.some(NAMES, ranges.length).map(
      (name, n): Machine => ({
        name,
        address: addressAt(ranges[n] ?? "", dice.between(1, 20) * 256 + dice.between(1, 250)),
        listens: [443],
      }),
    );
    const cluster = clusterOf(
      {
        nodes: 1,
        podCidr,
        serviceCidr,
        onPremises: {
          addressSpace: ["10.60.0.0/14", "10.64.0.0/10", "192.168.0.0/16", "172.16.0.0/12"],
          gatewayIn: "aks-vnet",
        },
        machines: servers,
      },
      [barePod({ name: CLIENT })],
    );
    return { cluster, servers };
  },
  beliefs: ["pod-cidr-may-overlap-onprem", "overlay-cannot-reach-out"],
  ways: waysOf,
  answer: ({ servers }, _rules, ways) =>
    servers.map(({ name }) => name).filter((_, n) => isDelivered(ways[n]!)),
  tell: (names) => listedSorted(names, text("どれにも届かない", "none of them")),
  prompt: ({ cluster: { network }, servers }) =>
    paragraphs(
      say(
        "AKSのVNetは、ExpressRouteでオンプレミスとつながっている。クラスターの設定は次のとおり。",
        "The VNet of an AKS cluster is connected to on-premises by ExpressRoute. The cluster has these settings.",
      ),
      shell(
        "az aks show … --query networkProfile -o table",
        table(
          ["NetworkPlugin", "NetworkPluginMode", "PodCidr", "ServiceCidr"],
          [["azure", "overlay", network.podCidr, network.serviceCidr]],
        ),
      ),
      text("オンプレミスには、これらのサーバーがある。", "These servers are on-premises."),
      shell(
        "cat servers.txt",
        table(
          ["NAME", "ADDRESS"],
          servers.map(({ name, address }) => [name, address]),
        ),
      ),
      say(
        "ファイアウォールはすべて許している。Podから接続できるのはどれか。",
        "Firewalls allow everything. Which can Pods connect to?",
      ),
    ),
  explain: ({ cluster: { network }, servers }) => {
    const inside = servers.filter(({ address }) =>
      [network.podCidr, network.serviceCidr].some((cidr) =>
        address.startsWith(cidr.slice(0, cidr.indexOf(".0.0") + 1)),
      ),
    );
    return say(
      "オーバーレイのPodも、外へは接続できます。ただし{0}のアドレスはpod CIDR {1}かservice CIDR {2}に入り、クラスター内の宛先とみなされるので、オンプレミスへは向かいません。",
      "Pods of an overlay do connect to what is outside. But {0} have addresses of the pod CIDR {1} or the service CIDR {2}: they count as inside the cluster, and packets for them never leave for on-premises.",
      listedSorted(inside.map(({ name }) => name)),
      code(network.podCidr),
      code(network.serviceCidr),
    );
  },
  about: ({ cluster: { network } }) => [network.podCidr, network.serviceCidr],
});
