import { z } from "zod";
import type { Packet } from "#lib/core/cluster/index.ts";

/** Who opens a connection: `Pod/default/client` (or `Pod/client`), `Node/node-1`, `Machine/laptop`. */
const senderSchema = z.string().regex(/^(Pod|Node|Machine)\/[a-z0-9]([a-z0-9./-]{0,300})$/, {
  error: 'Write Pod/namespace/name, Node/name or Machine/name, as "Pod/default/client"',
});

/** A connection to try, as content and links write it. */
export const connectionSchema = z.strictObject({
  from: senderSchema,
  /** A name or an address. `Service/namespace/name` stands for the address that its load balancer has by then. */
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

/** The packet that opens a connection. */
export function packetOf({ from, ...connection }: Connection): Packet {
  const slash = from.indexOf("/");
  const [kind, name] = [from.slice(0, slash), from.slice(slash + 1)];
  const sender: Packet["from"] =
    kind === "Pod"
      ? { kind, key: name.includes("/") ? name : `default/${name}` }
      : { kind: kind as "Node" | "Machine", name };
  return { from: sender, ...connection };
}
