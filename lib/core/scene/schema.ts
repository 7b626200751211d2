import { z } from "zod";
import { YAML_LIMITS } from "#lib/core/cluster/yaml-limits.ts";
import { BOUNDS } from "./limits.ts";

// Forms alone: what has them is checked where no cluster model is to be loaded.

/** The name of an object, with its namespace where it has one: `shop/web-5d4`, or `web` for one in `default`. */
export const keySchema = z.string().min(1).max(320);
const nameSchema = z.string().min(1).max(253);
const scalable = z.enum(["Deployment", "StatefulSet", "ReplicaSet"]);
const REMOVABLE = [
  "Namespace",
  "Pod",
  "ReplicaSet",
  "Deployment",
  "StatefulSet",
  "Service",
  "IngressClass",
  "Ingress",
  "GatewayClass",
  "Gateway",
  "HTTPRoute",
  "ReferenceGrant",
  "NetworkPolicy",
] as const;
const removable = z.enum(REMOVABLE);
export const kindSchema = z.enum([...REMOVABLE, "Node", "EndpointSlice"]);

/** What somebody does to a cluster, as data: tasks, tours and links are made of it. */
export const changeSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("apply"), manifests: z.string().max(YAML_LIMITS.characters) }),
  z.strictObject({ do: z.literal("remove"), kind: removable, key: keySchema }),
  z.strictObject({ do: z.literal("failNode"), node: nameSchema }),
  z.strictObject({ do: z.literal("restoreNode"), node: nameSchema }),
  z.strictObject({ do: z.literal("addNode"), node: nameSchema }),
  z.strictObject({ do: z.literal("cordon"), node: nameSchema, on: z.boolean().default(true) }),
  z.strictObject({ do: z.literal("setReady"), pod: keySchema, ready: z.boolean() }),
  z.strictObject({ do: z.literal("restartContainer"), pod: keySchema }),
  z.strictObject({
    do: z.literal("relabel"),
    kind: removable,
    key: keySchema,
    labels: z.record(nameSchema, z.string().max(63).nullable()),
  }),
  z.strictObject({
    do: z.literal("scale"),
    kind: scalable.default("Deployment"),
    key: keySchema,
    replicas: z.int().min(0).max(BOUNDS.replicas),
  }),
  z.strictObject({
    do: z.literal("setImage"),
    kind: scalable.default("Deployment"),
    key: keySchema,
    image: nameSchema,
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/** Who opens a connection: `Pod/default/client` (or `Pod/client`), `Node/node-1`, `Machine/laptop`. */
const senderSchema = z.string().regex(/^(Pod|Node|Machine)\/[a-z0-9]([a-z0-9./-]{0,300}\*?)$/, {
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

const name = z.string().min(1).max(63);
const cidr = z.cidrv4();
const address = z.ipv4();

/**
 * A cluster as one would order it, and what is in it from the start. What is left out is as in `createCluster`. Limits are for links,
 * which anybody may write.
 */
export const sceneSchema = z.strictObject({
  nodes: z.int().min(1).max(BOUNDS.nodes).optional(),
  mode: z.enum(["overlay", "podSubnet", "nodeSubnet", "kubenet"]).optional(),
  dataPlane: z.enum(["iptables", "cilium"]).optional(),
  policyEngine: z.enum(["none", "azure", "calico", "cilium"]).optional(),
  maxPods: z.int().min(10).max(250).optional(),
  podCidr: cidr.optional(),
  serviceCidr: cidr.optional(),
  vnet: name.optional(),
  nodeSubnet: name.optional(),
  podSubnet: name.optional(),
  vnets: z
    .array(
      z.strictObject({
        name,
        addressSpace: z.array(cidr).min(1).max(4),
        subnets: z.array(z.strictObject({ name, cidr, nsg: name.optional() })).max(8),
      }),
    )
    .max(4)
    .optional(),
  peerings: z
    .array(z.strictObject({ between: z.tuple([name, name]), gatewayTransit: z.boolean().optional() }))
    .max(4)
    .optional(),
  onPremises: z.strictObject({ addressSpace: z.array(cidr).min(1).max(4), gatewayIn: name }).optional(),
  securityGroups: z
    .array(
      z.strictObject({
        name,
        rules: z
          .array(
            z.strictObject({
              name,
              priority: z.int().min(100).max(4096),
              direction: z.enum(["Inbound", "Outbound"]),
              access: z.enum(["Allow", "Deny"]),
              protocol: z.enum(["Tcp", "Udp", "Icmp", "*"]),
              source: z.string().max(64),
              destination: z.string().max(64),
              destinationPort: z.string().max(16),
            }),
          )
          .max(20),
      }),
    )
    .max(4)
    .optional(),
  /** VMs, servers and clients outside the cluster. */
  machines: z
    .array(
      z.strictObject({
        name,
        address,
        listens: z.array(z.int().min(1).max(65_535)).max(10).optional(),
        hostname: z.string().max(253).optional(),
      }),
    )
    .max(10)
    .optional(),
  controllers: z
    .array(
      z.discriminatedUnion("dataPlane", [
        z.strictObject({
          name: z.string().max(100),
          dataPlane: z.literal("pods"),
          service: keySchema.optional(),
        }),
        z.strictObject({ name: z.string().max(100), dataPlane: z.literal("azure"), subnet: name }),
      ]),
    )
    .max(4)
    .optional(),
  /** What programs do, by image. */
  images: z
    .record(
      z.string().max(100),
      z.strictObject({
        listens: z.array(z.int().min(1).max(65_535)).max(10).optional(),
        healthy: z.boolean().optional(),
      }),
    )
    .optional(),
  /** Applied first; each change after that once all is quiet again. */
  manifests: z.string().max(YAML_LIMITS.characters).default(""),
  changes: z.array(changeSchema).max(50).default([]),
});
export type Scene = z.infer<typeof sceneSchema>;
