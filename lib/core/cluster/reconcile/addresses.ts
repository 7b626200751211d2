import { formatAddress, parseAddress, rangeOf } from "../ip.ts";
import type { Address, Cidr, Cluster, Lease, NetworkInterface, Pod, Subnet } from "../objects.ts";
import type { Rules } from "../rules.ts";
import { all, find, fold, keyOf, put } from "../store.ts";
import type { Controller } from "./controller.ts";

/** The CNI plugin: each Pod on a node that runs gets an address, the next one after that handed out last. */
export const addresses: Controller = (cluster, { rules, tell }) =>
  fold(cluster, all(cluster, "Node"), (before, { metadata: { name } }) => {
    const waiting = all(before, "Pod").filter((pod) => pod.spec.nodeName === name && needsAddress(pod));
    if (
      waiting.length === 0 ||
      name in before.down ||
      !before.azure.interfaces.some(({ node }) => node === name)
    )
      return before;
    return fold(setAside(before, name, rules), waiting, (now, pod) => {
      const address = nextAddress(now, pod, name, rules);
      if (address !== undefined) return withAddress(now, pod, address);
      const message = "no addresses left for Pods on the node";
      if (pod.status?.conditions?.some((one) => one.message === message)) return now;
      tell(
        pod,
        "FailedCreatePodSandBox",
        `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ${message}`,
        "Warning",
      );
      const conditions = [
        ...(pod.status?.conditions ?? []),
        { type: "PodReadyToStartContainers", status: "False" as const, message },
      ];
      return put(now, { ...pod, status: { phase: "Pending", ...pod.status, conditions } });
    });
  });

const needsAddress = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined && status?.podIP === undefined;

const ownerOf = ({ metadata: { namespace, ownerReferences } }: Pod): string | undefined =>
  ownerReferences?.map(({ kind, name }) => `${kind}/${namespace}/${name}`)[0];

function nextAddress(cluster: Cluster, pod: Pod, nodeName: string, rules: Rules): Address | undefined {
  const inUse = new Set(all(cluster, "Pod").map(({ status }) => status?.podIP));
  const earlier = cluster.leases.filter(({ address }) => !inUse.has(address)).reverse();
  const former = rules.formerAddress(pod, ownerOf(pod), earlier);
  if (former !== undefined) return former;
  const { count, at, placeOf } = podAddressesOf(cluster, nodeName, rules);
  const last = cluster.leases.findLast(({ address }) => placeOf(address) >= 0);
  const start = last ? placeOf(last.address) + 1 : 0;
  for (let n = 0; n < count; n++) {
    const address = at((start + n) % count);
    if (!inUse.has(address)) return address;
  }
  return undefined;
}

/** The addresses that Pods on a node may have, by their places. */
interface Addresses {
  count: number;
  at(place: number): Address;
  /** Negative for an address that is none of them. */
  placeOf(address: Address): number;
}

function podAddressesOf(cluster: Cluster, nodeName: string, rules: Rules): Addresses {
  if (rules.podRange(cluster.network) !== "podCidr") {
    const { podAddresses = [] } = cluster.azure.interfaces.find(({ node }) => node === nodeName) ?? {};
    return {
      count: podAddresses.length,
      at: (place) => podAddresses[place] ?? "",
      placeOf: (address) => podAddresses.indexOf(address),
    };
  }
  const podCIDR = find(cluster, "Node", nodeName)?.spec?.podCIDR;
  if (podCIDR === undefined) return { count: 0, at: () => "", placeOf: () => -1 };
  // The first is that of the network, the second the gateway's, the last that of broadcasts.
  const { first, size } = rangeOf(podCIDR);
  const count = Math.max(0, size - 3);
  const placeOf = (address: Address) => {
    const place = (parseAddress(address) ?? -1) - first - 2;
    return place < count ? place : -1;
  };
  return { count, at: (place) => formatAddress(first + 2 + place), placeOf };
}

function withAddress(cluster: Cluster, pod: Pod, address: Address): Cluster {
  const lease: Lease = { address, pod: keyOf(pod), owner: ownerOf(pod) };
  const leases = [...cluster.leases.filter((other) => other.address !== address), lease];
  const conditions = pod.status?.conditions?.filter(({ type }) => type !== "PodReadyToStartContainers");
  const hostIP = cluster.azure.interfaces.find(({ node }) => node === pod.spec.nodeName)?.address;
  return put(
    { ...cluster, leases },
    { ...pod, status: { phase: "Pending", ...pod.status, conditions, podIP: address, hostIP } },
  );
}

/** The next free block of the pod CIDR for a node. */
export function nextBlock(cluster: Cluster, rules: Rules): Cidr | undefined {
  const { first, size } = rangeOf(cluster.network.podCidr);
  const length = rules.podBlock(cluster.network);
  const block = 2 ** (32 - length);
  const taken = new Set(all(cluster, "Node").map(({ spec }) => spec?.podCIDR));
  for (let start = first; start + block <= first + size; start += block) {
    const cidr = `${formatAddress(start)}/${length}`;
    if (!taken.has(cidr)) return cidr;
  }
  return undefined;
}

/** Gives a node its address, and in Node Subnet those for its Pods: all of them, or there is no node. */
export function takeAddresses(cluster: Cluster, node: string, rules: Rules): Cluster {
  const { network } = cluster;
  const forPods = rules.podRange(network) === "nodeSubnet" ? rules.setAside(network, 0) : 0;
  const [address, ...podAddresses] = freeAddresses(cluster, network.nodeSubnet, 1 + forPods, rules);
  if (address === undefined || podAddresses.length < forPods) return cluster;
  return setAside(withInterface(cluster, { node, address, podAddresses }), node, rules);
}

/** Sets further addresses aside for Pods on a node, as far as there are any. */
function setAside(cluster: Cluster, nodeName: string, rules: Rules): Cluster {
  const { network, azure } = cluster;
  const own = azure.interfaces.find(({ node }) => node === nodeName);
  const range = rules.podRange(network);
  if (!own || range === "podCidr") return cluster;
  const pods = all(cluster, "Pod").filter(({ spec }) => spec.nodeName === nodeName).length;
  const missing = Math.max(pods, rules.setAside(network, pods)) - own.podAddresses.length;
  if (missing <= 0) return cluster;
  const more = freeAddresses(
    cluster,
    range === "podSubnet" ? (network.podSubnet ?? "") : network.nodeSubnet,
    missing,
    rules,
  );
  // A batch comes whole or not at all.
  if (more.length < missing && range === "podSubnet") return cluster;
  return withInterface(cluster, { ...own, podAddresses: [...own.podAddresses, ...more] });
}

function withInterface(cluster: Cluster, own: NetworkInterface): Cluster {
  const others = cluster.azure.interfaces.filter(({ node }) => node !== own.node);
  return {
    ...cluster,
    azure: { ...cluster.azure, interfaces: [...others, own].sort((a, b) => (a.node < b.node ? -1 : 1)) },
  };
}

export const findSubnet = ({ azure, network }: Cluster, name: string): Subnet | undefined =>
  azure.vnets.find((vnet) => vnet.name === network.vnet)?.subnets.find((one) => one.name === name);

/** A subnet of the cluster's VNet, which is known to be there. */
export function subnetOf(cluster: Cluster, name: string): Subnet {
  const subnet = findSubnet(cluster, name);
  if (!subnet) throw new Error(`VNet ${cluster.network.vnet} has no subnet ${name}`);
  return subnet;
}

/** Addresses taken in a subnet of the cluster's VNet: by nodes, for Pods, by front-ends and by machines. */
export function vnetAddresses(cluster: Cluster, subnet: string): Address[] {
  const { azure } = cluster;
  const { first, size } = rangeOf(subnetOf(cluster, subnet).cidr);
  const taken = [
    ...azure.interfaces.flatMap(({ address, podAddresses }) => [address, ...podAddresses]),
    ...azure.loadBalancers.flatMap(({ frontEnds }) => frontEnds.map(({ address }) => address)),
    ...azure.machines.map(({ address }) => address),
  ].map((address) => parseAddress(address) ?? -1);
  return taken
    .filter((value) => value >= first && value < first + size)
    .sort((a, b) => a - b)
    .map(formatAddress);
}

/** Whether an address of a subnet may be taken. */
export function isFreeAddress(cluster: Cluster, subnet: string, address: Address, rules: Rules): boolean {
  const { first, size } = rangeOf(subnetOf(cluster, subnet).cidr);
  const reserved = rules.azureReserved();
  const value = parseAddress(address) ?? -1;
  const inside = value >= first + reserved.first && value < first + size - reserved.last;
  return inside && !vnetAddresses(cluster, subnet).includes(address);
}

/** Up to so many free addresses of a subnet, the lowest first. */
export function freeAddresses(cluster: Cluster, subnet: string, count: number, rules: Rules): Address[] {
  const { first, size } = rangeOf(subnetOf(cluster, subnet).cidr);
  const reserved = rules.azureReserved();
  const taken = new Set(vnetAddresses(cluster, subnet));
  const free: Address[] = [];
  for (
    let value = first + reserved.first;
    value < first + size - reserved.last && free.length < count;
    value++
  ) {
    const address = formatAddress(value);
    if (!taken.has(address)) free.push(address);
  }
  return free;
}
