import { z } from "zod";
import { slugSchema, textSchema } from "#lib/core/questions/text.ts";
import { sceneSchema } from "#lib/core/scene/index.ts";
import { deedSchema, type Play } from "./play.ts";
import { ABOUTS } from "./prediction.ts";

const stepSchema = z.strictObject({
  id: slugSchema,
  /** What is said beside the cluster: Markdown, three sentences at most. */
  narration: textSchema,
  /** What the step does. */
  deed: deedSchema.optional(),
  /** What is asked before it is done. */
  predict: z.enum(ABOUTS).optional(),
  /** What to look at once it is done: `Pod/default/web-*`, `Service/default/web`, `Node/node-1`, `Machine/laptop`. */
  focus: z
    .array(z.string().regex(/^[A-Z][A-Za-z]+\/[a-z0-9./-]+\*?$/))
    .max(4)
    .default([]),
});

/** A walk through what a cluster does, from one step to the next. */
export const tourSchema = z.strictObject({
  id: slugSchema,
  /** Order among the tours. */
  position: z.int().min(1),
  title: textSchema,
  /** One sentence. */
  summary: textSchema,
  /** Concepts whose lessons offer it. */
  concepts: z.array(slugSchema).min(1),
  scene: sceneSchema,
  steps: z.array(stepSchema).min(6).max(14),
  sources: z.array(slugSchema).min(1),
});
export type Tour = z.infer<typeof tourSchema>;

/** The play of a tour, up to and with one of its steps, from 0. */
export const playOf = ({ scene, steps }: Pick<Tour, "scene" | "steps">, step: number): Play => ({
  scene,
  deeds: steps.slice(0, step + 1).flatMap(({ deed }) => (deed ? [deed] : [])),
});
