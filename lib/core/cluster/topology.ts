import { addressAt, inRange } from "./ip.ts";
import type { Address, Cluster, Pod, Subnet } from "./objects.ts";
import type { Place } from "./packet.ts";
import { subnetOf } from "./reconcile/addresses.ts";
import type { Zone } from "./rules.ts";
import { all, find, keyOf } from "./store.ts";

/** What is where: addresses, subnets, and which networks are connected. */

export const podAt = (cluster: Cluster, address: Address): Pod | undefined =>
  all(cluster, "Pod").find(({ status }) => status?.podIP === address);

/** The name of the node that has an address. */
export const nodeAt = (cluster: Cluster, address: Address): string | undefined =>
  cluster.azure.interfaces.find((one) => one.address === address)?.node;

export const nodeAddress = (cluster: Cluster, node: string): Address | undefined =>
  cluster.azure.interfaces.find((one) => one.node === node)?.address;

/** The address that a place sends from, if it has one yet. */
export function addressOf(cluster: Cluster, place: Place): Address | undefined {
  if (place.kind === "Pod") return find(cluster, "Pod", place.key)?.status?.podIP;
  if (place.kind === "Node") return nodeAddress(cluster, place.name);
  return place.kind === "Machine"
    ? cluster.azure.machines.find(({ name }) => name === place.name)?.address
    : undefined;
}

/** The node on which a place is, where it is in the cluster. */
export const nodeOf = (cluster: Cluster, place: Place): string | undefined =>
  place.kind === "Node"
    ? place.name
    : place.kind === "Pod"
      ? find(cluster, "Pod", place.key)?.spec.nodeName
      : undefined;

const INTERNET = "internet";
const ON_PREMISES = "on-premises";

/** The network an address is of: a VNet by its name, on-premises, or the internet. */
function networkOf({ azure }: Cluster, address: Address): string {
  const vnet = azure.vnets.find(({ addressSpace }) => addressSpace.some((cidr) => inRange(address, cidr)));
  if (vnet) return vnet.name;
  return azure.onPremises?.addressSpace.some((cidr) => inRange(address, cidr)) ? ON_PREMISES : INTERNET;
}

/** Where an address outside the cluster is, as seen from it. */
export function zoneOf(cluster: Cluster, address: Address): Exclude<Zone, "cluster"> {
  const network = networkOf(cluster, address);
  if (network === cluster.network.vnet) return "vnet";
  return network === INTERNET ? "internet" : network === ON_PREMISES ? "onPremises" : "peer";
}

/**
 * Whether packets get from one address to another by the networks between. A peering joins two VNets and no third; on-premises
 * is reached through the VNet of the gateway, and from those that may use it. From the internet private addresses are not.
 */
export function areConnected(cluster: Cluster, from: Address, to: Address): boolean {
  const [a, b] = [networkOf(cluster, from), networkOf(cluster, to)];
  if (a === b || b === INTERNET) return true;
  if (a === INTERNET) return false;
  const { peerings, onPremises } = cluster.azure;
  const peering = (one: string, other: string) =>
    peerings.find(({ between }) => between.includes(one) && between.includes(other));
  if (a !== ON_PREMISES && b !== ON_PREMISES) return peering(a, b) !== undefined;
  const vnet = a === ON_PREMISES ? b : a;
  const gatewayIn = onPremises?.gatewayIn ?? "";
  return vnet === gatewayIn || peering(vnet, gatewayIn)?.gatewayTransit === true;
}

/** The subnet whose security group sees what a place sends and gets. */
export function subnetOfPlace(cluster: Cluster, place: Place): Subnet | undefined {
  const { network, azure } = cluster;
  const own = (name: string | undefined) =>
    azure.vnets.find((vnet) => vnet.name === network.vnet)?.subnets.find((subnet) => subnet.name === name);
  if (place.kind === "Pod" && network.mode === "podSubnet") return own(network.podSubnet);
  if (place.kind === "Pod" || place.kind === "Node") return own(network.nodeSubnet);
  if (place.kind === "Machine") {
    const address = addressOf(cluster, place);
    return azure.vnets
      .flatMap(({ subnets }) => subnets)
      .find(({ cidr }) => address !== undefined && inRange(address, cidr));
  }
  const controller =
    place.kind === "AzureProxy" ? cluster.controllers.find(({ name }) => name === place.name) : undefined;
  return controller?.dataPlane === "azure" ? own(controller.subnet) : undefined;
}

export const placeOf = (pod: Pod): Place => ({ kind: "Pod", key: keyOf(pod) });

/** An address of the cluster's VNet: that of a node, or the first of its subnet. */
export const vnetAddress = (cluster: Cluster): Address =>
  cluster.azure.interfaces[0]?.address ?? addressAt(subnetOf(cluster, cluster.network.nodeSubnet).cidr, 4);
