import { z } from "zod";
import {
  addNode,
  type Cluster,
  cordon,
  failNode,
  RULES,
  type Rules,
  relabel,
  remove,
  restartContainer,
  restoreNode,
  scale,
  setImage,
  setReady,
} from "#lib/core/cluster/index.ts";
import { applyYaml, YAML_LIMITS } from "#lib/core/cluster/yaml.ts";
import { type Problem, withinBounds } from "./bounds.ts";

/** The name of an object, with its namespace where it has one: `shop/web-5d4`, or `web` for one in `default`. */
export const keySchema = z.string().min(1).max(320);
const nameSchema = z.string().min(1).max(253);
const scalable = z.enum(["Deployment", "StatefulSet", "ReplicaSet"]);
const removable = z.enum([
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
]);

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
    replicas: z.int().min(0).max(100),
  }),
  z.strictObject({
    do: z.literal("setImage"),
    kind: scalable.default("Deployment"),
    key: keySchema,
    image: nameSchema,
  }),
]);
export type Change = z.infer<typeof changeSchema>;

/**
 * Makes a change; no step is taken after it. What cannot be done (an object that is not there, a manifest with an error) comes back
 * as problems, and the cluster as it was.
 */
export function makeChange(
  cluster: Cluster,
  change: Change,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  if (change.do === "apply") {
    const applied = applyYaml(cluster, change.manifests, rules);
    const problems = [...applied.problems, ...withinBounds(applied.cluster)];
    const failed = problems.some(({ severity }) => severity === "error");
    return { cluster: failed ? cluster : applied.cluster, problems };
  }
  try {
    const changed = changeOne(cluster, change, rules);
    const problems = withinBounds(changed);
    return { cluster: problems.length > 0 ? cluster : changed, problems };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { cluster, problems: [{ severity: "error", message: error.message }] };
  }
}

function changeOne(cluster: Cluster, change: Exclude<Change, { do: "apply" }>, rules: Rules): Cluster {
  switch (change.do) {
    case "remove":
      return remove(cluster, change.kind, change.key);
    case "failNode":
      return failNode(cluster, change.node);
    case "restoreNode":
      return restoreNode(cluster, change.node);
    case "addNode":
      return addNode(cluster, change.node);
    case "cordon":
      return cordon(cluster, change.node, change.on);
    case "setReady":
      return setReady(cluster, change.pod, change.ready);
    case "restartContainer":
      return restartContainer(cluster, change.pod, rules);
    case "relabel":
      return relabel(cluster, change.kind, change.key, change.labels);
    case "scale":
      return scale(cluster, change.kind, change.key, change.replicas);
    case "setImage":
      return setImage(cluster, change.kind, change.key, change.image);
  }
}
