import { parseAllDocuments } from "yaml";
import type { TemplateId } from "#lib/core/templates/index.ts";

/**
 * A second opinion: evaluators that read a question as a learner does, its manifests and what kubectl prints, and work the
 * answer out by themselves. They know nothing of the model.
 */

type Row = Record<string, string>;
interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  // biome-ignore lint/suspicious/noExplicitAny: manifests of any kind, as they were written
  spec: any;
}

/** What stands in a question: manifests, tables by the plural of their command, and the words around. */
interface Reading {
  manifests: readonly Manifest[];
  tables: readonly { command: string; rows: readonly Row[] }[];
  words: string;
}

export function read(prompt: string): Reading {
  const blocks = [...prompt.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, language, body = ""]) => ({
    language,
    body,
  }));
  return {
    manifests: blocks
      .filter(({ language }) => language === "yaml")
      .flatMap(({ body }) => parseAllDocuments(body).map((document) => document.toJS() as Manifest)),
    tables: blocks
      .filter(({ body }) => body.startsWith("$ "))
      .map(({ body }) => {
        const [command = "", head = "", ...lines] = body.trimEnd().split("\n");
        const columns = [...head.matchAll(/\S+(?: \S+)*/g)].map(({ 0: name, index }) => ({ name, index }));
        const cell = (line: string, n: number) => line.slice(columns[n]?.index, columns[n + 1]?.index).trim();
        return {
          command: command.slice(2),
          rows: lines.map((line) => Object.fromEntries(columns.map(({ name }, n) => [name, cell(line, n)]))),
        };
      }),
    // Commands without output belong to the words.
    words: prompt.replace(/```(yaml)?\n([\s\S]*?)```/g, (_, language, body: string) =>
      language || body.startsWith("$ ") ? "" : body,
    ),
  };
}

const rowsOf = ({ tables }: Reading, command: string): readonly Row[] =>
  tables.find((table) => table.command.startsWith(command))?.rows ?? [];
const kindOf = ({ manifests }: Reading, kind: string): Manifest =>
  manifests.find((one) => one.kind === kind)!;
const inCode = (words: string): string[] => [...words.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

/** Addresses that each node has for its Pods: a batch as it starts, and another whenever fewer than 8 are free. */
const inBatches = (reading: Reading): number[] =>
  rowsOf(reading, "cat pods-per-node.txt").map(({ PODS }) => {
    let allocated = 16;
    for (let pods = 1; pods <= Number(PODS); pods++) if (allocated - pods < 8) allocated += 16;
    return allocated;
  });
const list = (names: readonly string[], none = "none"): string =>
  names.length === 0
    ? none
    : [...new Set(names)]
        .sort()
        .map((name) => `\`${name}\``)
        .join(", ");

/** Pods of a table whose label columns meet a selector. */
const picked = (rows: readonly Row[], selector: Record<string, string>): Row[] =>
  rows.filter((row) => Object.entries(selector).every(([key, value]) => row[key.toUpperCase()] === value));
const ready = ({ READY }: Row): boolean => READY === "1/1";

const toNumber = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const within = (address: string, cidr: string): boolean => {
  const [first = "", length = ""] = cidr.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(toNumber(address) / size) === Math.floor(toNumber(first) / size);
};

const pathElements = (path: string): string[] => path.split("/").filter(Boolean);
const isPrefix = (rule: string, path: string): boolean =>
  `/${pathElements(path).join("/")}/`.startsWith(`/${[...pathElements(rule), ""].join("/")}`);

/** Of what a question says in English, the right options or the number. */
export const EVALUATORS: Partial<Record<TemplateId, (reading: Reading) => string[] | number>> = {
  "receiving-pods": (reading) => {
    const { selector } = kindOf(reading, "Service").spec;
    return picked(rowsOf(reading, "kubectl get pods"), selector)
      .filter(ready)
      .map(({ NAME }) => `\`${NAME}\``);
  },
  "endpoint-addresses": (reading) => {
    const { selector, ports } = kindOf(reading, "Service").spec;
    const pods = picked(rowsOf(reading, "kubectl get pods"), selector).filter(ready);
    return [`port \`${ports[0].targetPort}\` of ${list(pods.map(({ IP = "" }) => IP))}`];
  },
  "headless-answer": (reading) => {
    const { selector } = kindOf(reading, "Service").spec;
    const pods = picked(rowsOf(reading, "kubectl get pods"), selector).filter(ready);
    return [list(pods.map(({ IP = "" }) => IP))];
  },
  "names-that-resolve": (reading) => {
    const services = rowsOf(reading, "kubectl get services");
    const [home = ""] = inCode(reading.words).slice(-1);
    const names = services.flatMap(({ NAME, NAMESPACE }) => [
      ...(NAMESPACE === home ? [`${NAME}`] : []),
      `${NAME}.${NAMESPACE}`,
      `${NAME}.${NAMESPACE}.svc`,
      `${NAME}.${NAMESPACE}.svc.cluster.local`,
    ]);
    return names.map((name) => `\`${name}\``);
  },
  "allowed-clients": (reading) => {
    const watched = /namespace `([^`]+)` is labelled/.exec(reading.words)?.[1];
    const home = reading.manifests[0]?.metadata.namespace;
    const from = reading.manifests.flatMap(({ spec }) => spec.ingress ?? []).flatMap((rule) => rule.from);
    const server = inCode(reading.words).at(-1);
    const pods = rowsOf(reading, "kubectl get pods").filter(({ NAME }) => NAME !== server);
    const allowed = pods.filter((pod) =>
      from.some((peer) =>
        peer.podSelector
          ? pod.NAMESPACE === home && picked([pod], peer.podSelector.matchLabels).length > 0
          : pod.NAMESPACE === watched,
      ),
    );
    return [
      list(
        allowed.map(({ NAME = "" }) => NAME),
        "none of them",
      ),
    ];
  },
  "ingress-rule": (reading) => {
    const { host = "", pathname = "" } = new URL(
      inCode(reading.words).find((code) => code.startsWith("http"))!,
    );
    const rules: {
      host: string;
      http: { paths: { path: string; pathType: string; backend: { service: { name: string } } }[] };
    }[] = kindOf(reading, "Ingress").spec.rules;
    const rule =
      rules.find((one) => one.host === host) ??
      rules.find(
        (one) => one.host.startsWith("*.") && one.host.slice(2) === host.split(".").slice(1).join("."),
      );
    const fitting = (rule?.http.paths ?? []).filter(({ path, pathType }) =>
      pathType === "Exact" ? path === pathname : isPrefix(path, pathname),
    );
    const worth = ({ path, pathType }: { path: string; pathType: string }) =>
      2 * path.length + Number(pathType === "Exact");
    const [best] = fitting.sort((a, b) => worth(b) - worth(a));
    return [best ? `to the Service \`${best.backend.service.name}\`` : "to none: the answer is 404"];
  },
  "http-route-rule": (reading) => {
    const command = /^curl .+$/m.exec(reading.words)?.[0] ?? "";
    const { host, pathname } = new URL(/http:\S+/.exec(command)?.[0] ?? "");
    const method = /-X (\w+)/.exec(command)?.[1] ?? "GET";
    const isCanary = command.includes("x-track: canary");
    const rules: {
      matches: { path: { type: string; value: string }; method?: string; headers?: unknown[] }[];
      backendRefs: { name: string }[];
    }[] = reading.manifests.find(({ spec }) => spec.hostnames.includes(host))?.spec.rules ?? [];
    const fitting = rules.filter(({ matches: [match] }) => {
      const { type, value } = match!.path;
      return (
        (type === "Exact" ? value === pathname : isPrefix(value, pathname)) &&
        (match?.method ?? method) === method &&
        (isCanary || !match?.headers)
      );
    });
    const worth = ({ matches: [match] }: (typeof rules)[0]) =>
      [
        match?.path.type === "Exact",
        match?.path.value.replace(/\/$/, "").length,
        match?.method !== undefined,
        match?.headers?.length ?? 0,
      ]
        .map((part) => String(Number(part)).padStart(3, "0"))
        .join();
    const [best] = fitting.sort((a, b) => (worth(a) < worth(b) ? 1 : -1));
    return [best ? `to the Service \`${best.backendRefs[0]?.name}\`` : "to none: the answer is 404"];
  },
  "ingress-address": (reading) => {
    const [own] = inCode(reading.words);
    const taken = rowsOf(reading, "kubectl get ingresses").filter(({ CLASS }) => CLASS === own);
    return [
      list(
        taken.map(({ NAME = "" }) => NAME),
        "none of them",
      ),
    ];
  },
  "probe-nodes": (reading) => {
    const { selector } = kindOf(reading, "Service").spec;
    return [
      list(
        picked(rowsOf(reading, "kubectl get pods"), selector)
          .filter(ready)
          .map(({ NODE = "" }) => NODE),
      ),
    ];
  },
  "node-port-nodes": (reading) => {
    const nodes = rowsOf(reading, "kubectl get nodes").map(({ NAME = "" }) => NAME);
    const pods = rowsOf(reading, "kubectl get pods").filter(ready);
    const answers = reading.manifests.map(({ metadata: { name }, spec }) => {
      const own = pods
        .filter(({ NAME = "" }) => NAME.replace(/-[^-]+-[^-]+$/, "") === name)
        .map(({ NODE = "" }) => NODE);
      const open = spec.externalTrafficPolicy === "Local" ? own : own.length > 0 ? nodes : [];
      return open.length === nodes.length ? "every node" : list(open);
    });
    return [`(1) ${answers[0]} (2) ${answers[1]}`];
  },
  "shared-load-balancers": (reading) => {
    const balanced = rowsOf(reading, "kubectl get services").filter(({ TYPE }) => TYPE === "LoadBalancer");
    const groups = ["true", "<none>"].map((internal) =>
      balanced
        .filter(({ INTERNAL }) => INTERNAL === internal)
        .map(({ NAME }) => `\`${NAME}\``)
        .join(" + "),
    );
    return [groups.filter(Boolean).sort().join(" | ")];
  },
  "on-premises-targets": (reading) => {
    const [settings] = rowsOf(reading, "az aks show");
    const free = rowsOf(reading, "cat servers.txt").filter(
      ({ ADDRESS = "" }) =>
        !within(ADDRESS, settings?.PodCidr ?? "") && !within(ADDRESS, settings?.ServiceCidr ?? ""),
    );
    return [
      list(
        free.map(({ NAME = "" }) => NAME),
        "none of them",
      ),
    ];
  },
  "node-pod-range": (reading) => {
    const [first, second] = (rowsOf(reading, "az aks show")[0]?.PodCidr ?? "").split(".");
    return [`\`${first}.${second}.${rowsOf(reading, "kubectl get nodes").length - 1}.0/24\``];
  },
  "log-sources": (reading) => {
    const address = (table: string, name: string, column: string) =>
      rowsOf(reading, table).find(({ NAME }) => NAME === name)?.[column];
    const [, policy] = /externalTrafficPolicy: (\w+)/.exec(reading.words) ?? [];
    const [client = "", entry = ""] = inCode(reading.words.slice(reading.words.indexOf("1. "))).filter(
      (code) => code !== "EXTERNAL-IP",
    );
    const name = rowsOf(reading, "kubectl get services")[0]?.NAME ?? "";
    const own = rowsOf(reading, "kubectl get pods").find(({ NAME = "" }) => NAME.startsWith(`${name}-`));
    const sources = [
      policy === "Local" ? client : address("kubectl get nodes", entry, "INTERNAL-IP"),
      address("kubectl get pods", "batch", "IP"),
      reading.words.includes("Overlay")
        ? address("kubectl get nodes", own?.NODE ?? "", "INTERNAL-IP")
        : own?.IP,
    ];
    return [sources.map((source, n) => `(${n + 1}) \`${source}\``).join(" ")];
  },
  "outgoing-source": (reading) => {
    const [outbound, pod] = inCode(reading.words);
    const own = rowsOf(reading, "kubectl get pods").find(({ NAME }) => NAME === pod);
    const node = rowsOf(reading, "kubectl get nodes").find(({ NAME }) => NAME === own?.NODE)?.["INTERNAL-IP"];
    const keeps =
      reading.words.includes("Pod Subnet") ||
      (reading.words.includes("Node Subnet") && reading.words.includes("same VNet"));
    return [`(1) \`${keeps ? own?.IP : node}\` (2) \`${outbound}\``];
  },
  "subnet-addresses": (reading) => addressesOf(reading),
  "subnet-prefix": (reading) => {
    const needed = addressesOf(reading);
    let prefix = 32;
    while (2 ** (32 - prefix) < needed) prefix--;
    return prefix;
  },
  reachable: (reading) => {
    const words = reading.words;
    const [service] = rowsOf(reading, "kubectl get services");
    const [port = "", nodePort = ""] = /^(\d+):(\d+)/.exec(service?.["PORT(S)"] ?? "")?.slice(1) ?? [];
    const listens = /listens on port (\d+)/.exec(words)?.[1];
    const pods = rowsOf(reading, "kubectl get pods").filter(({ NAME = "" }) =>
      NAME.startsWith(`${service?.NAME}-`),
    );
    const url = (who: string, address: string | undefined, at: string | undefined) =>
      `${who}: \`curl http://${address}:${at}/\``;
    return [
      url("Pod", service?.["CLUSTER-IP"], port),
      ...pods.map(({ IP }) => url("Pod", IP, listens)),
      ...rowsOf(reading, "kubectl get nodes").map((node) => url("VM", node["INTERNAL-IP"], nodePort)),
      ...(words.includes("Overlay") ? [] : pods.map(({ IP }) => url("VM", IP, listens))),
    ];
  },
  "pod-subnet-addresses": (reading) => inBatches(reading).reduce((sum, one) => sum + one, 0),
  "vnet-addresses": (reading) => {
    const nodes = rowsOf(reading, "cat pods-per-node.txt");
    const reserved = Number(/--max-pods (\d+)/.exec(reading.words)?.[1]);
    const forPods = reading.words.includes("--pod-subnet-id")
      ? inBatches(reading)
      : nodes.map(() => reserved);
    return forPods.reduce((sum, one) => sum + one, nodes.length);
  },
  "sticky-requests": ({ words }) => {
    const by = [...words.matchAll(/^\d+ +\S+ +(proxy-\d)/gm)].map(([, proxy]) => proxy);
    return by.flatMap((one, a) =>
      by.flatMap((other, b) => (a < b && one === other ? [`${a + 1} and ${b + 1}`] : [])),
    );
  },
  "unclaimed-ingress": (reading) => {
    const [controller = ""] = inCode(reading.words);
    const [name] = /(?<=Ingress `)[^`]+/.exec(reading.words) ?? [];
    const asked = rowsOf(reading, "kubectl get ingresses").find(({ NAME }) => NAME === name);
    const served = rowsOf(reading, "kubectl get ingressclasses").find(
      ({ CONTROLLER }) => CONTROLLER === controller,
    )?.NAME;
    const [{ "EXTERNAL-IP": address } = {}] = rowsOf(reading, "kubectl get services");
    return [
      asked?.CLASS === served
        ? `\`ADDRESS\` is \`${address}\`, and the request gets an answer of \`${name}\``
        : "`ADDRESS` is empty, and the request gets a 404",
    ];
  },
  "nodes-that-fit": ({ words }) => {
    const number = (pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);
    const usable = 2 ** (32 - number(/into a \/(\d+)/)) - 5 - number(/to hold: (\d+)/);
    return Math.floor(usable / (1 + number(/--max-pods (\d+)/))) - number(/--max-surge (\d+)/);
  },
  "dns-answers": (reading) => {
    const [home, ...names] = inCode(reading.words).slice(-4);
    const answers = names.map((name) => {
      const own = rowsOf(reading, "kubectl get services").find(
        ({ NAME, NAMESPACE }) => NAME === name && NAMESPACE === home,
      );
      if (own?.TYPE !== "ExternalName") return own?.["CLUSTER-IP"] ?? "NXDOMAIN";
      return rowsOf(reading, "cat external-names.txt").find(({ NAME }) => NAME === own["EXTERNAL-IP"])
        ?.ADDRESS;
    });
    return [answers.map((answer, n) => `(${n + 1}) \`${answer}\``).join(" ")];
  },
  "stateful-names": (reading) => {
    const home = inCode(reading.words).at(-1);
    const services = rowsOf(reading, "kubectl get services");
    const pods = rowsOf(reading, "kubectl get pods");
    return services.flatMap(({ NAME, NAMESPACE }) => {
      const own = pods.filter(
        (pod) => pod.NAMESPACE === NAMESPACE && new RegExp(`^${NAME}-\\d+$`).test(pod.NAME ?? ""),
      );
      const names = [`${NAME}`, ...own.map((pod) => `${pod.NAME}.${NAME}`)];
      return [...(NAMESPACE === home ? names : []), ...names.map((name) => `${name}.${NAMESPACE}`)].map(
        (name) => `\`${name}\``,
      );
    });
  },
  "local-callers": (reading) => {
    const rows = rowsOf(reading, "kubectl get pods");
    const served = picked(rows, kindOf(reading, "Service").spec.selector)
      .filter(ready)
      .map(({ NODE }) => NODE);
    const clients = rows.filter(({ NAME = "", NODE }) => NAME.startsWith("client-") && served.includes(NODE));
    return [
      list(
        clients.map(({ NAME = "" }) => NAME),
        "none of them",
      ),
    ];
  },
  "port-mapping": (reading) => {
    const listens = Number(/listens on port (\d+)/.exec(reading.words)?.[1]);
    const declared = Number(/which says (\d+)/.exec(reading.words)?.[1]);
    const asked = Number(inCode(reading.words).at(-1)?.split(":")[1]);
    const ports: { port: number; nodePort?: number; targetPort: number | string }[] = kindOf(
      reading,
      "Service",
    ).spec.ports;
    const target = ports.find(({ port, nodePort }) => (nodePort ?? port) === asked)?.targetPort;
    const port = target === "web" ? declared : target;
    return [`it arrives on port \`${port}\` of the Pod, and is ${port === listens ? "answered" : "refused"}`];
  },
  "granted-backend": (reading) => {
    const { pathname } = new URL(inCode(reading.words).at(-1) ?? "");
    const route = kindOf(reading, "HTTPRoute");
    const fitting = (
      route.spec.rules as {
        matches: [{ path: { value: string } }];
        backendRefs: [{ name: string; namespace?: string }];
      }[]
    )
      .filter(({ matches: [{ path }] }) => isPrefix(path.value, pathname))
      .sort((a, b) => b.matches[0].path.value.length - a.matches[0].path.value.length);
    const { name, namespace = route.metadata.namespace } = fitting[0]!.backendRefs[0];
    const granted = reading.manifests.some(
      ({ kind, metadata, spec }) =>
        kind === "ReferenceGrant" &&
        metadata.namespace === namespace &&
        spec.from[0].namespace === route.metadata.namespace &&
        [undefined, name].includes(spec.to[0].name),
    );
    return [
      namespace === route.metadata.namespace || granted
        ? `the Service \`${namespace}/${name}\``
        : "HTTP `500` comes back",
    ];
  },
  "egress-targets": (reading) => {
    const client = inCode(reading.words).at(-1);
    const home = reading.manifests[0]?.metadata.namespace;
    const peers = reading.manifests.flatMap(({ spec }) => spec.egress).flatMap((rule) => rule.to);
    const reached = rowsOf(reading, "kubectl get pods").filter((pod) =>
      peers.some(
        ({ podSelector, namespaceSelector }) =>
          picked([pod], podSelector.matchLabels).length > 0 &&
          pod.NAMESPACE === (namespaceSelector?.matchLabels["kubernetes.io/metadata.name"] ?? home),
      ),
    );
    return [
      list(
        reached.map(({ NAME = "" }) => NAME).filter((name) => name !== client),
        "none of them",
      ),
    ];
  },
  "arrives-on-node": (reading) => [`\`${inCode(reading.words)[0]}\``],
};

/** Sizes of subnets by the rule of thumb: what each node takes, and five that Azure keeps. */
function addressesOf({ words }: Reading): number {
  const number = (pattern: RegExp) => Number(pattern.exec(words)?.[1] ?? 0);
  const nodes = number(/--node-count (\d+)/) + number(/--max-surge (\d+)/);
  const isNodeSubnet = !/network-plugin-mode overlay|--pod-subnet-id/.test(words);
  return nodes * (isNodeSubnet ? 1 + number(/--max-pods (\d+)/) : 1) + number(/to hold: (\d+)/) + 5;
}
