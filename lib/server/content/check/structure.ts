/** Whether the pieces fit together. What breaks one of these rules cannot be served at all. */
import { DIAGRAM_IDS } from "#lib/core/diagrams.ts";
import { LOCALES, misconceptionsOf, splitCloze } from "#lib/core/questions/index.ts";
import { TEMPLATES, type TemplateId } from "#lib/core/templates/index.ts";
import type { Located } from "../load.ts";
import type { Place } from "../place.ts";
import type { Checked, Finding } from "./rule.ts";
import { partsOf } from "./texts.ts";

export function* duplicateId({ concepts, misconceptions, banks, items, sources, areas, tours }: Checked) {
  for (const [what, things] of Object.entries({
    areas,
    concepts,
    misconceptions,
    banks,
    items,
    sources,
    tours,
  })) {
    const first = new Map<string, Place>();
    for (const thing of things as Located<{ id: string }>[]) {
      const earlier = first.get(thing.value.id);
      if (earlier) {
        yield {
          ...thing.at("id"),
          message: `\`${thing.value.id}\` is already used in ${what} at ${earlier.file}:${earlier.line}; give it another id`,
        };
      } else first.set(thing.value.id, thing.at("id"));
    }
  }
}

export function* deadReference({ areas, concepts, misconceptions, banks, items, sources, tours }: Checked) {
  const known = {
    concept: ids(concepts),
    misconception: ids(misconceptions),
    source: ids(sources),
    area: ids(areas),
    diagram: new Set<string>(DIAGRAM_IDS),
  };
  const missing = (kind: keyof typeof known, id: string, place: Place): Finding[] =>
    known[kind].has(id) ? [] : [{ ...place, message: `no ${kind} has the id \`${id}\`` }];

  for (const { value, at } of areas) {
    for (const [index, id] of value.concepts.entries()) yield* missing("concept", id, at("concepts", index));
  }
  for (const { value, at } of concepts) {
    for (const [index, id] of value.needs.entries()) yield* missing("concept", id, at("needs", index));
    for (const [index, id] of value.sources.entries()) yield* missing("source", id, at("sources", index));
    if (value.diagram) yield* missing("diagram", value.diagram, at("diagram"));
  }
  for (const { value, at } of misconceptions) yield* missing("area", value.area, at());
  for (const { value, at } of items) {
    for (const [index, id] of value.sources.entries()) yield* missing("source", id, at("sources", index));
    if (value.diagram) yield* missing("diagram", value.diagram, at("diagram"));
    for (const slug of misconceptionsOf(value)) yield* missing("misconception", slug, at());
  }
  for (const { value, at } of tours) {
    for (const [index, id] of value.concepts.entries()) yield* missing("concept", id, at("concepts", index));
    for (const [index, id] of value.sources.entries()) yield* missing("source", id, at("sources", index));
  }
  if (banks.length === 0) yield { file: "content/banks", line: 1, message: "there is no bank" };
}

/** A template asks about one concept, in whose file its items stand. */
export function* templateConcept({ items }: Checked) {
  for (const { value, at } of items) {
    const asksAbout = value.template && TEMPLATES[value.template.id as TemplateId].concept;
    if (asksAbout && asksAbout !== value.concept)
      yield {
        ...at("template"),
        message: `\`${value.template?.id}\` asks about \`${asksAbout}\`: move it to that concept's file`,
      };
  }
}

/** What `content:new` left to fill in. */
export function* unfilled({ items }: Checked) {
  for (const { value, at } of items) {
    for (const path of blanksIn(value)) yield { ...at(...path), message: "fill in what says TODO" };
  }
}

/** A question is asked only of what was taught. */
export function* lessonFirst({ itemFiles, concepts }: Checked) {
  const taught = ids(concepts);
  for (const { value, at } of itemFiles) {
    if (!taught.has(value.concept)) {
      yield {
        ...at("concept"),
        message: `no lesson teaches \`${value.concept}\`: write content/concepts/${value.concept}.yaml first`,
      };
    }
  }
}

export function* conceptInOneArea({ areas, concepts }: Checked) {
  const homes = new Map<string, string>();
  for (const { value, at } of areas) {
    for (const [index, id] of value.concepts.entries()) {
      const home = homes.get(id);
      if (home)
        yield {
          ...at("concepts", index),
          message: `\`${id}\` is already in the area \`${home}\`; keep one`,
        };
      homes.set(id, value.id);
    }
  }
  for (const { value, at } of concepts) {
    if (!homes.has(value.id)) {
      yield {
        ...at("id"),
        message: `\`${value.id}\` is in no area; add it to the \`concepts\` of one in content/areas.yaml`,
      };
    }
  }
}

export function* circularNeeds({ concepts }: Checked) {
  const needs = new Map(concepts.map(({ value }) => [value.id, value.needs]));
  for (const { value, at } of concepts) {
    const circle = findPath(needs, value.id, value.id);
    if (circle) yield { ...at("needs"), message: `needs itself: ${circle.join(" → ")}` };
  }
}

export function* uniqueParts({ items }: Checked) {
  for (const { value, at } of items) {
    for (const [field, parts] of Object.entries(partsOf(value))) {
      const seen = new Set<string>();
      for (const [index, part] of parts.entries()) {
        if (seen.has(part.id))
          yield { ...at(field, index, "id"), message: `\`${part.id}\` occurs twice in \`${field}\`` };
        seen.add(part.id);
      }
    }
  }
}

export function* clozeGaps({ items }: Checked) {
  for (const { value, at } of items) {
    if (value.kind !== "cloze") continue;
    const declared = value.gaps.map((gap) => gap.id).sort();
    for (const locale of LOCALES) {
      const used = splitCloze(value.text[locale])
        .flatMap((piece) => ("gap" in piece ? [piece.gap] : []))
        .sort();
      if (used.join() !== declared.join()) {
        yield {
          ...at("text", locale),
          message: `the text uses the gaps [${used}], but \`gaps\` declares [${declared}]; each exactly once`,
        };
      }
    }
  }
}

export function* classifyBuckets({ items }: Checked) {
  for (const { value, at } of items) {
    if (value.kind !== "classify") continue;
    const buckets = new Set(value.buckets.map((bucket) => bucket.id));
    for (const [index, card] of value.cards.entries()) {
      if (!buckets.has(card.bucket))
        yield { ...at("cards", index, "bucket"), message: `no bucket \`${card.bucket}\` here` };
    }
  }
}

/** A trap of an ordering names two of its steps, the later one first: what is in the right order shows no belief. */
export function* orderingTraps({ items }: Checked) {
  for (const { value, at } of items) {
    if (value.kind !== "ordering") continue;
    const place = (id: string) => value.steps.findIndex((step) => step.id === id);
    for (const [index, { step, before }] of (value.traps ?? []).entries()) {
      if (place(before) < 0 || place(step) <= place(before))
        yield { ...at("traps", index), message: `\`${step}\` does not come after \`${before}\` here` };
    }
  }
}

const ids = (things: Located<{ id: string }>[]): Set<string> => new Set(things.map(({ value }) => value.id));

/** The first way from `from` along `edges` back to `target`, both ends named. */
function findPath(edges: Map<string, string[]>, from: string, target: string): string[] | null {
  const visited = new Set<string>();
  const walk = (id: string): string[] | null => {
    for (const next of edges.get(id) ?? []) {
      if (next === target) return [id, next];
      if (visited.has(next)) continue;
      visited.add(next);
      const rest = walk(next);
      if (rest) return [id, ...rest];
    }
    return null;
  };
  return walk(from);
}

/** The paths of texts and ids that say TODO. */
function blanksIn(value: unknown, path: PropertyKey[] = []): PropertyKey[][] {
  if (typeof value === "string") return /\btodo\b/i.test(value) ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    blanksIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
