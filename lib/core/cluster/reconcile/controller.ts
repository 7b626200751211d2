import { hash, randomFrom } from "../../questions/random.ts";
import type { Cluster, Event, KubeObject, PodTemplate } from "../objects.ts";
import type { Rules } from "../rules.ts";

/** What a controller is told in a step beside the cluster. */
export interface Turn {
  rules: Rules;
  /** Notes an event about an object. */
  tell(
    object: Pick<KubeObject, "kind" | "metadata">,
    reason: string,
    message: string,
    type?: Event["type"],
  ): void;
}

/** Compares the state there is with the state there should be, and takes the next step towards it. */
export type Controller = (cluster: Cluster, turn: Turn) => Cluster;

/** The characters that Kubernetes makes names of: no vowels, so that no words come out. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Some characters drawn from a text, such as the end of a Pod's name. */
export function draw(text: string, length: number): string {
  const random = randomFrom(hash(text));
  return Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");
}

/** A value as text in which the order of fields says nothing. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );

const hashes = new WeakMap<PodTemplate, string>();

/** What tells a template from others, in the names of what is made from it. */
export function hashOf(template: PodTemplate): string {
  const known = hashes.get(template);
  if (known) return known;
  const drawn = draw(canonical(template), 9);
  hashes.set(template, drawn);
  return drawn;
}
