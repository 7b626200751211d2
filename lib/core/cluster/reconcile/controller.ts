import { hash } from "../../questions/random.ts";
import type { Cluster, Event, KubeObject } from "../objects.ts";
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
  return Array.from({ length }, (_, place) => ALPHABET[hash(`${text}#${place}`) % ALPHABET.length]).join("");
}

/** A value as text in which the order of fields says nothing. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
