import { addressAt, parseAddress } from "./ip.ts";
import type { Address, Cluster, Endpoint, Key, Service } from "./objects.ts";
import type { Place } from "./packet.ts";
import { slicesOf } from "./reconcile/endpoints.ts";
import { RULES, type Rules } from "./rules.ts";
import { all, find } from "./store.ts";

/** What looking a name up comes to. */
export type Answer =
  | {
      kind: "addresses";
      /** The name that was answered, in full. */
      name: string;
      addresses: readonly Address[];
      /** Names that stood for another one on the way: those of ExternalName Services. */
      aliases: readonly string[];
      /** The Service whose name it is; absent for one outside. */
      service?: Key;
    }
  | { kind: "noName"; asked: readonly string[]; aliases: readonly string[] };

const CLUSTER_DOMAIN = ".svc.cluster.local";
/** A name with fewer dots is tried with the search domains first (K8s: DNS for Services and Pods). */
const NDOTS = 5;
const ALIASES_AT_MOST = 8;

/** Looks a name up, as a Pod does with the cluster's DNS; who is elsewhere knows only names of machines. */
export function resolve(cluster: Cluster, from: Place, name: string, rules: Rules = RULES): Answer {
  const pod = from.kind === "Pod" ? find(cluster, "Pod", from.key) : undefined;
  const absolute = name.endsWith(".");
  const given = name.replace(/\.$/, "");
  const searched = pod
    ? rules.searchDomains(pod.metadata.namespace ?? "", cluster).map((domain) => `${given}.${domain}`)
    : [];
  const isShort = given.split(".").length - 1 < NDOTS;
  const candidates = absolute || !pod ? [given] : isShort ? [...searched, given] : [given, ...searched];
  for (const candidate of candidates) {
    const answer = answerTo(cluster, candidate, pod !== undefined, [], rules);
    if (answer) return answer;
  }
  return { kind: "noName", asked: candidates, aliases: [] };
}

/** What a name in full stands for; undefined where there is no such name. */
function answerTo(
  cluster: Cluster,
  name: string,
  inside: boolean,
  aliases: readonly string[],
  rules: Rules,
): Answer | undefined {
  const found = (addresses: readonly Address[], service?: Key): Answer => ({
    kind: "addresses",
    name,
    addresses,
    aliases,
    service,
  });
  const machine = cluster.azure.machines.find(({ hostname }) => hostname === name);
  if (machine) return found([machine.address]);
  if (!inside) return undefined;
  const podByAddress = /^(\d+-\d+-\d+-\d+)\.([^.]+)\.pod\.cluster\.local$/
    .exec(name)?.[1]
    ?.replaceAll("-", ".");
  if (podByAddress && parseAddress(podByAddress) !== null) return found([podByAddress]);
  if (!name.endsWith(CLUSTER_DOMAIN)) return undefined;
  const [namespace = "", serviceName = "", ...hostname] = name
    .slice(0, -CLUSTER_DOMAIN.length)
    .split(".")
    .reverse();
  const builtIn = hostname.length === 0 ? builtInAddress(cluster, `${namespace}/${serviceName}`) : undefined;
  if (builtIn !== undefined) return found([builtIn]);
  const service = find(cluster, "Service", `${namespace}/${serviceName}`);
  if (!service || hostname.length > 1) {
    const pod = rules.podNameResolves() ? find(cluster, "Pod", `${namespace}/${serviceName}`) : undefined;
    return pod?.status?.podIP === undefined ? undefined : found([pod.status.podIP]);
  }
  const { clusterIP, type, externalName = "" } = service.spec;
  const key = `${namespace}/${serviceName}`;
  if (type === "ExternalName" && !clusterIP) {
    const alias = [...aliases, name];
    const behind =
      alias.length > ALIASES_AT_MOST ? undefined : answerTo(cluster, externalName, inside, alias, rules);
    return behind ?? { kind: "noName", asked: [externalName], aliases: alias };
  }
  const addresses = endpointAddresses(cluster, service, hostname[0]);
  if (clusterIP === undefined || clusterIP === "None")
    return addresses.length > 0 ? found(addresses, key) : undefined;
  if (!rules.resolvesWithoutEndpoints() && addresses.length === 0) return undefined;
  return found([clusterIP], key);
}

/** The addresses of Services that every cluster has, and which are no objects here. */
const builtInAddress = ({ network }: Cluster, key: Key): Address | undefined =>
  ({ "default/kubernetes": addressAt(network.serviceCidr, 1), "kube-system/kube-dns": network.dnsServiceIP })[
    key
  ];

/** Addresses of a Service's ready endpoints; with a host name only those that have it. */
const endpointAddresses = (cluster: Cluster, service: Service, hostname: string | undefined): Address[] =>
  slicesOf(cluster, service)
    .flatMap(({ endpoints }) => endpoints)
    .filter(
      (endpoint) =>
        endpoint.conditions?.ready !== false && (hostname ?? nameOf(endpoint)) === nameOf(endpoint),
    )
    .flatMap(({ addresses }) => addresses);

/** The name of an endpoint below its Service's: that of its Pod, if it has one, or its address with dashes. */
const nameOf = ({ hostname, addresses }: Endpoint): string =>
  hostname ?? addresses[0]?.replaceAll(".", "-") ?? "";

/** The Service that has a virtual address. */
export const serviceAt = (cluster: Cluster, address: Address): Service | undefined =>
  all(cluster, "Service").find(({ spec }) => spec.clusterIP === address);
