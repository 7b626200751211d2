import { z } from "zod";
import { changeSchema, connectionSchema, sceneSchema } from "#lib/core/scene/index.ts";

/** What may be done in the playground: a change, a request that is sent, or the same manifests in a cluster of another network. */
export const deedSchema = z.discriminatedUnion("do", [
  ...changeSchema.options,
  z.strictObject({ do: z.literal("send"), connection: connectionSchema }),
  z.strictObject({
    do: z.literal("switchNetwork"),
    mode: z.enum(["overlay", "podSubnet", "nodeSubnet", "kubenet"]),
    dataPlane: z.enum(["iptables", "cilium"]).default("iptables"),
  }),
]);
export type Deed = z.infer<typeof deedSchema>;

/** Deeds that one play may have. */
export const DEEDS_AT_MOST = 60;

/** A cluster and what was done to it, in order: all that is needed to see the same again. */
export const playSchema = z.strictObject({
  scene: sceneSchema,
  deeds: z.array(deedSchema).max(DEEDS_AT_MOST),
});
export type Play = z.infer<typeof playSchema>;
