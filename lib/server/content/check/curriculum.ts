/** Whether there is enough to learn from, in an order that can be learned. */
import { misconceptionsOf } from "#lib/core/questions/index.ts";
import type { Checked } from "./rule.ts";

/** A concept with fewer items cannot be told from luck. */
const MIN_ITEMS = 4;
/** A concept asked in one way only is known in one way only. */
const MIN_KINDS = 2;
/** A belief that one item alone can show is not told from a slip. */
const MIN_USES = 2;

export function* fewItems({ concepts, items }: Checked) {
  for (const { value, at } of concepts) {
    const kinds = items.filter((item) => item.value.concept === value.id).map((item) => item.value.kind);
    const different = new Set(kinds).size;
    if (kinds.length < MIN_ITEMS || different < MIN_KINDS) {
      yield {
        ...at("id"),
        message: `has ${kinds.length} item(s) of ${different} kind(s); a concept needs at least ${MIN_ITEMS} of ${MIN_KINDS} kinds`,
      };
    }
  }
}

export function* misconceptionUse({ misconceptions, items }: Checked) {
  const used = items.flatMap(({ value }) => misconceptionsOf(value));
  for (const { value, at } of misconceptions) {
    const count = used.filter((id) => id === value.id).length;
    if (count < MIN_USES) {
      yield {
        ...at("id"),
        message: `wrong answers of ${count} item(s) show this belief; at least ${MIN_USES} must, or it is to go`,
      };
    }
  }
}

/** Progress of an item is found under its concept's name, by people too. */
export function* idOfConcept({ items }: Checked) {
  for (const { value, at } of items) {
    // Tasks are named by what is to be done, and found by that (`task-name`).
    if (value.kind !== "manifest" && !value.id.startsWith(`${value.concept}-`))
      yield { ...at("id"), message: `begin the id with its concept: \`${value.concept}-…\`` };
  }
}

export function* needsFirst({ areas, concepts }: Checked) {
  const order = areas.flatMap(({ value }) => value.concepts);
  for (const { value, at } of concepts) {
    for (const [index, need] of value.needs.entries()) {
      if (order.indexOf(need) > order.indexOf(value.id)) {
        yield {
          ...at("needs", index),
          message: `\`${need}\` is taught after \`${value.id}\`: move it up in content/areas.yaml, or do without it here`,
        };
      }
    }
  }
}
