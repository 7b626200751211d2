import { z } from "zod";
import { type Cluster, createCluster, RULES, type Rules, settle } from "#lib/core/cluster/index.ts";
import { YAML_LIMITS } from "#lib/core/cluster/yaml.ts";
import { BOUNDS, type Problem } from "./bounds.ts";
import { type Change, changeSchema, keySchema, makeChange } from "./change.ts";

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

/** The cluster of a scene, settled; with what of it could not be made. */
export function buildScene(
  { manifests, changes, ...options }: Scene,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  const all: Change[] = [{ do: "apply", manifests }, ...changes];
  const problems: Problem[] = [];
  // `undefined` where the schema allows it means what leaving it out means.
  let cluster = settle(createCluster(options as Parameters<typeof createCluster>[0]), { rules });
  for (const change of all) {
    const made = makeChange(cluster, change, rules);
    problems.push(...made.problems);
    cluster = settle(made.cluster, { rules });
  }
  return { cluster, problems };
}
