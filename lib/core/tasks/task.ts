import { z } from "zod";
import { slugSchema, textSchema } from "#lib/core/questions/text.ts";
import {
  changeSchema,
  connectionSchema,
  keySchema,
  kindSchema,
  sceneSchema,
} from "#lib/core/scene/schema.ts";

/** Characters that the manifests of an answer may have. */
export const ANSWER_LIMIT = 16_384;

/** What must be true of a connection. */
const connectionTest = z.strictObject({
  connection: connectionSchema,
  /** What the client must see, on every path that the connection may take; `fails` is anything but an answer. */
  ends: z.enum(["answered", "refused", "timed out", "HTTP 404", "HTTP 503", "fails"]),
  /** Labels of the Pods that must answer: only such, and each of them that is there. */
  receivers: z.record(z.string(), z.string()).optional(),
  /** Whose address the receiver must see: the client's own, or another. */
  source: z.enum(["client", "another"]).optional(),
});

/** What must be true of an object: values by their path, such as `spec.type`. Only for what shows in no connection. */
const objectTest = z.strictObject({
  kind: kindSchema,
  key: keySchema,
  has: z.record(z.string(), z.json()),
});

const probe = {
  id: slugSchema,
  /** What is asked for, as it is read before and after. */
  text: textSchema,
  /** What happens before it is asked, in a cluster of this probe's own. */
  after: z.array(changeSchema).max(5).default([]),
  /**
   * How much later it is asked, in seconds after each of these: a node that is lost is noticed after 50, its Pods are made anew elsewhere
   * after 350. Once all is over when left out.
   */
  seconds: z.int().min(0).max(3600).optional(),
};
export const probeSchema = z.union([
  z.strictObject({ ...probe, connection: connectionTest }),
  z.strictObject({ ...probe, object: objectTest }),
]);
export type ConnectionTest = z.infer<typeof connectionTest>;
export type ObjectTest = z.infer<typeof objectTest>;
export type Probe = z.infer<typeof probeSchema>;

/** What a task adds to a question: a cluster, and what must be true once the learner's manifests are applied to it. */
export const taskSchema = z.strictObject({
  /** The cluster before; its manifests and changes are not the learner's to edit. */
  scene: sceneSchema,
  /** What the editor holds at first. */
  start: z.string().max(ANSWER_LIMIT),
  probes: z.array(probeSchema).min(1).max(8),
  /** Wrong beliefs (`VARIANTS`) under which a learner's manifests may do what is asked for though they do not. */
  beliefs: z.array(slugSchema).default([]),
});
export type Task = z.infer<typeof taskSchema>;
