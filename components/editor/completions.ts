import { isMap, isPair, isScalar, isSeq, parseDocument, visit, type YAMLMap } from "yaml";
import {
  type Fields,
  fieldsOf,
  isLeaf,
  isList,
  KINDS,
  type Leaf,
  type Shape,
} from "#lib/core/cluster/schema.ts";

/** Something that may be written where the cursor is. */
export interface Completion {
  label: string;
  /** What takes the place of the word before the cursor; of a field as far as where its value begins. */
  insert: string;
  /** Whether nothing is valid without it. */
  required: boolean;
  /** Whether it is what leaving the field out means. */
  usual: boolean;
}

/** Stands where the cursor is while the text is read. Nobody writes a private-use character. */
const CURSOR = "\uE000";
/** What is longer or has more brackets is not read: completion is for texts that somebody types. */
const READABLE = { characters: 16_384, brackets: 500 };

/**
 * The fields or values that the schema has for a place in a text of manifests, which need not be complete. Fields that are there
 * already and those that the cluster model knows nothing of are left out.
 * @param offset of the cursor, in UTF-16 code units
 * @returns what is replaced from where, or null where nothing is known to complete
 */
export function completionsAt(
  text: string,
  offset: number,
): { from: number; options: readonly Completion[] } | null {
  const { start, end } = documentAround(text, offset);
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const word = /[A-Za-z][\w./-]*$/.exec(line)?.[0] ?? "";
  const from = offset - word.length;
  const before = line.slice(0, line.length - word.length);
  const rest = /^.*/.exec(text.slice(offset))?.[0] ?? "";
  if (/(^|\s)#/.test(before) || (before.match(/["']/g)?.length ?? 0) % 2 === 1 || /^[\w./-]/.test(rest))
    return null;
  const named = /^\s*:/.test(rest);
  const opensLine = /^ *(?:- +)*$/.test(before);
  const document = `${text.slice(start, from)}${CURSOR}${opensLine && !named ? ":" : ""}${text.slice(offset, end)}`;
  if (document.length > READABLE.characters) return null;
  if ((document.match(/[[{]/g)?.length ?? 0) > READABLE.brackets) return null;
  const place = placeOfCursor(document);
  if (!place) return null;
  const shape = shapeAt(rootShape(place.root), place.path);
  if (!shape || isList(shape)) return null;
  if (isLeaf(shape)) {
    const options = valuesOf(shape);
    return options.length > 0 ? { from, options } : null;
  }
  if (!place.isField) return null;
  const options = fieldOptions(shape, place.siblings, (field) =>
    named ? "" : opensLine ? beginningOf(field, before.length + 2) : ": ",
  );
  return { from, options };
}

/** The one document of several that an offset is in. */
function documentAround(text: string, offset: number): { start: number; end: number } {
  let start = 0;
  for (const { index } of text.matchAll(/^---.*$/gm)) {
    if (index >= offset) return { start, end: index };
    start = index + (/^.*\n?/.exec(text.slice(index))?.[0].length ?? 0);
  }
  return { start, end: text.length };
}

interface CursorPlace {
  root: Readonly<Record<string, unknown>>;
  /** Names of fields, and numbers of items. */
  path: readonly (string | number)[];
  /** Whether the name of a field stands there, and which are beside it. */
  isField: boolean;
  siblings: ReadonlySet<string>;
}

function placeOfCursor(document: string): CursorPlace | null {
  const parsed = parseDocument(document, { uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  let place: CursorPlace | null = null;
  visit(parsed, {
    Scalar(role, node, above) {
      if (node.value !== CURSOR) return;
      const isField = role === "key";
      const parents = isField ? above.slice(0, -1) : above;
      const path = parents.flatMap((parent, at): (string | number)[] => {
        if (isPair(parent)) return isScalar(parent.key) ? [String(parent.key.value)] : [];
        const child = parents[at + 1] ?? node;
        return isSeq(parent) ? [parent.items.indexOf(child)] : [];
      });
      const around = parents.at(-1);
      place = {
        root: isMap(parsed.contents) ? scalarsOf(parsed.contents) : {},
        path,
        isField,
        siblings: new Set(isField && isMap(around) ? Object.keys(scalarsOf(around)) : []),
      };
      return visit.BREAK;
    },
  });
  return place;
}

const scalarsOf = ({ items }: YAMLMap): Record<string, unknown> =>
  Object.fromEntries(
    items.flatMap(({ key, value }) =>
      isScalar(key) && key.value !== CURSOR
        ? [[String(key.value), isScalar(value) ? value.value : undefined]]
        : [],
    ),
  );

/** What a manifest may have at its top, by what it says that it is. */
function rootShape({ kind, apiVersion }: Readonly<Record<string, unknown>>): Fields {
  const all = Object.entries(KINDS);
  const known = all.find(([name]) => name === kind)?.[1];
  const kinds = all.filter(([, shape]) => shape.apiVersion === apiVersion);
  const versions = (known ? [known] : all.map(([, shape]) => shape)).map((shape) => shape.apiVersion);
  return {
    "apiVersion!": { type: "choice", values: [...new Set(versions)] },
    "kind!": { type: "choice", values: (kinds.length > 0 ? kinds : all).map(([name]) => name) },
    ...(known?.fields ?? { "metadata!": KINDS.Pod.fields["metadata!"] }),
  };
}

/** @returns undefined where the schema has no such place */
function shapeAt(root: Shape, path: readonly (string | number)[]): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const part of path) {
    if (!shape) return undefined;
    if (isList(shape)) shape = typeof part === "number" ? shape[0] : undefined;
    else shape = isLeaf(shape) ? undefined : fieldsOf(shape).get(String(part))?.shape;
  }
  return shape;
}

function valuesOf(leaf: Leaf): Completion[] {
  const values = leaf.type === "choice" ? leaf.values : leaf.type === "boolean" ? ["true", "false"] : [];
  return values.map((value) => ({
    label: value,
    insert: value,
    required: false,
    usual: leaf.default === value,
  }));
}

const fieldOptions = (
  shape: Fields,
  taken: ReadonlySet<string>,
  after: (field: Shape) => string,
): Completion[] =>
  [...fieldsOf(shape)]
    .filter(
      ([name, field]) => !taken.has(name) && !(isLeaf(field.shape) && field.shape.type === "unmodelled"),
    )
    .map(([name, field]) => ({
      label: name,
      insert: name + after(field.shape),
      required: field.required,
      usual: false,
    }));

/** What comes after the name of a field that has a line of its own. @param column where what it holds is indented to */
function beginningOf(field: Shape, column: number): string {
  if (isLeaf(field) && field.type !== "map") return ": ";
  const next = `:\n${" ".repeat(column)}`;
  return isList(field) ? `${next}- ` : next;
}
