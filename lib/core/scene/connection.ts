import { type Cluster, find, fullKey, type Packet } from "#lib/core/cluster/index.ts";
import { podKey } from "./pod-key.ts";
import type { Connection } from "./schema.ts";

/** The packet that opens a connection, or null while what it goes to has no address. */
export function packetOf(cluster: Cluster, { from, to, ...rest }: Connection): Packet | null {
  const [kind, name] = parted(from);
  const sender: Packet["from"] =
    kind === "Pod"
      ? { kind, key: fullKey("Pod", podKey(cluster, name)) }
      : { kind: kind as "Node" | "Machine", name };
  const address = addressNamed(cluster, to);
  return address === undefined ? null : { from: sender, to: address, ...rest };
}

const parted = (text: string): [string, string] => {
  const slash = text.indexOf("/");
  return [text.slice(0, slash), text.slice(slash + 1)];
};

/** What `to` means by now: the address of a Pod or of an entry from outside, or what it says itself. */
function addressNamed(cluster: Cluster, to: string): string | undefined {
  const [kind, key] = parted(to);
  switch (kind) {
    case "Pod":
      return find(cluster, "Pod", fullKey("Pod", podKey(cluster, key)))?.status?.podIP;
    case "Service":
      return find(cluster, "Service", fullKey("Service", key))?.status?.loadBalancer?.ingress?.[0]?.ip;
    case "Ingress":
      return find(cluster, "Ingress", fullKey("Ingress", key))?.status?.loadBalancer?.ingress?.[0]?.ip;
    case "Gateway":
      return find(cluster, "Gateway", fullKey("Gateway", key))?.status?.addresses?.[0]?.value;
    default:
      return to;
  }
}
