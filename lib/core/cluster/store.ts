import type { Cluster, Key, Kind, KubeObject, LabelSelector, Labels, Metadata, Objects } from "./objects.ts";

/** Reading and changing what a cluster holds. What changes nothing returns the very cluster it was given. */

export const keyOf = ({ metadata }: { metadata: Metadata }): Key =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

export const namespaceOf = ({ metadata }: { metadata: Metadata }): string => metadata.namespace ?? "";

/** "Pod/default/web-0": how an object is named where its kind is not known otherwise. */
export const nameOf = (object: KubeObject): string => `${object.kind}/${keyOf(object)}`;

export const all = <K extends Kind>(cluster: Cluster, kind: K): readonly Objects[K][] =>
  cluster.objects[kind];

/** The place of a key in a list, which is sorted by keys: that of its object, or where one would be put. */
function placeOf(objects: readonly KubeObject[], key: Key): number {
  let [from, to] = [0, objects.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (keyOf(objects[middle]!) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function at<O extends KubeObject>(objects: readonly O[], place: number, key: Key): O | undefined {
  const object = objects[place];
  return object && keyOf(object) === key ? object : undefined;
}

export function find<K extends Kind>(cluster: Cluster, kind: K, key: Key): Objects[K] | undefined {
  const objects = all(cluster, kind);
  return at(objects, placeOf(objects, key), key);
}

/** Adds an object, or puts it in the place of the one of its kind and key. */
export function put<O extends KubeObject>(cluster: Cluster, object: O): Cluster {
  const objects: readonly KubeObject[] = cluster.objects[object.kind];
  const key = keyOf(object);
  const place = placeOf(objects, key);
  const before = at(objects, place, key);
  if (before && isEqual(before, object)) return cluster;
  const changed = objects.toSpliced(place, before ? 1 : 0, object);
  return { ...cluster, objects: { ...cluster.objects, [object.kind]: changed } };
}

/** Takes an object out at once, as the API server does when nothing holds it any longer. */
export function drop(cluster: Cluster, kind: Kind, key: Key): Cluster {
  if (!find(cluster, kind, key)) return cluster;
  const left = (cluster.objects[kind] as readonly KubeObject[]).filter((object) => keyOf(object) !== key);
  return { ...cluster, objects: { ...cluster.objects, [kind]: left } };
}

/** The cluster after each of some things was dealt with in turn. */
export const fold = <T>(
  cluster: Cluster,
  things: Iterable<T>,
  step: (cluster: Cluster, thing: T) => Cluster,
): Cluster => {
  let now = cluster;
  for (const thing of things) now = step(now, thing);
  return now;
};

/** Whether two plain values say the same. Fields that are undefined count as absent. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in left) if (!isEqual(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/** Each condition of a selector, and whether labels meet it. An empty selector has none. */
export function requirements(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Labels = {},
): boolean[] {
  const equalities = Object.entries(matchLabels ?? {}).map(([key, value]) => labels[key] === value);
  const expressions = (matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const value = labels[key];
    if (operator === "Exists" || operator === "DoesNotExist")
      return (value !== undefined) === (operator === "Exists");
    return (value !== undefined && values.includes(value)) === (operator === "In");
  });
  return [...equalities, ...expressions];
}

/** Whether labels meet a selector: all of its conditions. */
export function matches(selector: LabelSelector, labels: Labels = {}): boolean {
  const { matchLabels, matchExpressions } = selector;
  for (const key in matchLabels) if (labels[key] !== matchLabels[key]) return false;
  return matchExpressions === undefined || requirements({ matchExpressions }, labels).every(Boolean);
}

/** The status of a condition, such as Ready of a Pod. */
export const isTrue = (
  object: { status?: { conditions?: readonly { type: string; status: string }[] } },
  type: string,
): boolean => object.status?.conditions?.some((one) => one.type === type && one.status === "True") ?? false;
