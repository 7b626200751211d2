import { z } from "zod";
import { type Cluster, find, type Packet } from "#lib/core/cluster/index.ts";

/** Who opens a connection: `Pod/default/client` (or `Pod/client`), `Node/node-1`, `Machine/laptop`. */
const senderSchema = z.string().regex(/^(Pod|Node|Machine)\/[a-z0-9]([a-z0-9./-]{0,300})$/, {
  error: 'Write Pod/namespace/name, Node/name or Machine/name, as "Pod/default/client"',
});

/** A connection to try, as content and links write it. */
export const connectionSchema = z.strictObject({
  from: senderSchema,
  /** A name or an address; or `Pod/namespace/name` for its address, and `Service/…`, `Ingress/…`, `Gateway/…` for that of the entry from outside. */
  to: z.string().min(1).max(253),
  port: z.int().min(0).max(65_535),
  protocol: z.enum(["TCP", "UDP", "ICMP"]).optional(),
  http: z
    .strictObject({
      host: z.string().max(253).optional(),
      path: z.string().max(500).default("/"),
      method: z.string().max(16).optional(),
      headers: z.record(z.string().max(100), z.string().max(500)).optional(),
    })
    .optional(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** The packet that opens a connection, or null while what it goes to has no address. */
export function packetOf(cluster: Cluster, { from, to, ...rest }: Connection): Packet | null {
  const [kind, name] = parted(from);
  const sender: Packet["from"] =
    kind === "Pod"
      ? { kind, key: name.includes("/") ? name : `default/${name}` }
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
      return find(cluster, "Pod", key)?.status?.podIP;
    case "Service":
      return find(cluster, "Service", key)?.status?.loadBalancer?.ingress?.[0]?.ip;
    case "Ingress":
      return find(cluster, "Ingress", key)?.status?.loadBalancer?.ingress?.[0]?.ip;
    case "Gateway":
      return find(cluster, "Gateway", key)?.status?.addresses?.[0]?.value;
    default:
      return to;
  }
}
