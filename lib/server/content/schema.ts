import { z } from "zod";
import { tourSchema } from "#lib/core/playground/index.ts";
import { bankItemSchema, manifestItemSchema, slugSchema, textSchema } from "#lib/core/questions/index.ts";
import { ANSWER_LIMIT, taskSchema } from "#lib/core/tasks/index.ts";
import { TEMPLATE_IDS } from "#lib/core/templates/instance.ts";

/** The form of each content file. Together with `bankItemSchema` this is what `content/schema/*.json` is made from. */

export const areasFileSchema = z.array(
  z.strictObject({
    id: slugSchema,
    title: textSchema,
    description: textSchema,
    /** The area's concepts, in teaching order. */
    concepts: z.array(slugSchema),
  }),
);
export type Area = z.infer<typeof areasFileSchema>[number];

export const conceptFileSchema = z.strictObject({
  id: slugSchema,
  title: textSchema,
  /** Concepts to be learned first. */
  needs: z.array(slugSchema),
  /** One sentence. */
  summary: textSchema,
  /** Markdown, read in two or three minutes. */
  lesson: textSchema,
  diagram: slugSchema.optional(),
  sources: z.array(slugSchema).min(1),
});
export type Concept = z.infer<typeof conceptFileSchema>;

export const misconceptionSchema = z.strictObject({
  id: slugSchema,
  /** The wrong belief, as somebody who holds it would say it. */
  belief: textSchema,
  /** What is right. */
  model: textSchema,
  /** What exposes the belief in practice. */
  symptom: textSchema,
});
export const misconceptionsFileSchema = z.array(misconceptionSchema);
export type Misconception = z.infer<typeof misconceptionSchema>;

export const sourcesFileSchema = z.record(
  slugSchema,
  z
    .strictObject({
      title: z.string().trim().min(1),
      /** A section of the article; documentation has an address instead. */
      section: z.string().trim().min(1).optional(),
      url: z.url({ protocol: /^https$/ }).optional(),
      /** The day on which it was read. */
      read: z.iso.date(),
    })
    .refine((source) => source.url !== undefined || source.section !== undefined, "give `url` or `section`"),
);

export const glossaryFileSchema = z.array(
  z.strictObject({
    en: z.string().trim().min(1),
    ja: z.string().trim().min(1),
    /** Spellings that are found fault with. */
    avoid: z.array(z.string().trim().min(1)).optional(),
  }),
);
export type GlossaryTerm = z.infer<typeof glossaryFileSchema>[number];

export const bankFileSchema = z.strictObject({
  id: slugSchema,
  /** Order among the banks. */
  position: z.int().min(1),
  title: textSchema,
  description: textSchema,
});
export type Bank = z.infer<typeof bankFileSchema>;

/** An item whose questions a template draws. */
const madeItemSchema = z.strictObject({
  id: slugSchema,
  /** Raised by hand, as that of any item. */
  revision: z.int().min(1),
  template: z.enum(TEMPLATE_IDS),
  difficulty: z.literal([1, 2, 3, 4, 5]),
  asOf: z.iso.date(),
});

export const itemsFileSchema = z.strictObject({
  concept: slugSchema,
  items: z.array(bankItemSchema).min(1),
  made: z.array(madeItemSchema).optional(),
});

const manifestsSchema = z.string().trim().min(1).max(ANSWER_LIMIT);

const { kind: _, task: __, solution: ___, ...writtenOfItem } = manifestItemSchema.shape;
/** A task, with solutions that prove it: whatever is said of them here is tried. */
export const taskFileSchema = z.strictObject({
  concept: slugSchema,
  ...writtenOfItem,
  ...taskSchema.shape,
  solutions: z.strictObject({
    /** Different ways; the first is shown to learners afterwards. */
    right: z.array(z.strictObject({ manifests: manifestsSchema })).min(2),
    wrong: z
      .array(
        z
          .strictObject({
            manifests: manifestsSchema,
            /** The probes that do not pass … */
            fails: z.array(slugSchema).min(1).optional(),
            /** … or a part of what the API server says. */
            error: z.string().trim().min(1).optional(),
            /** What they show. */
            belief: slugSchema.optional(),
            /** For whoever reads this file. */
            why: z.string().trim().min(1),
          })
          .refine(
            ({ fails, error }) => (fails === undefined) !== (error === undefined),
            "give either `fails` or `error`",
          ),
      )
      .min(4),
  }),
});
export type TaskFile = z.infer<typeof taskFileSchema>;

/** The schemas that editors complete content files from, by the name of the JSON Schema file. */
export const editorSchemas = {
  areas: areasFileSchema,
  concept: conceptFileSchema,
  misconceptions: misconceptionsFileSchema,
  sources: sourcesFileSchema,
  glossary: glossaryFileSchema,
  bank: bankFileSchema,
  items: itemsFileSchema,
  task: taskFileSchema,
  tour: tourSchema,
} as const;
