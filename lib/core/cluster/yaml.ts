import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  parseAllDocuments,
  visit,
  type YAMLMap,
  type Node as YamlNode,
} from "yaml";
import { apply, type Problem } from "./apply.ts";
import type { Cluster, KubeObject } from "./objects.ts";
import { RULES, type Rules } from "./rules.ts";
import { validate } from "./validate.ts";
import { YAML_LIMITS } from "./yaml-limits.ts";

/** The edge: text becomes objects here, and hostile text becomes problems and nothing else. */

/** The objects that a text of manifests declares, and what is wrong with it, each with its line. */
export function parseManifests(text: string): { objects: KubeObject[]; problems: Problem[] } {
  const failed = (message: string, line?: number) => ({
    objects: [],
    problems: [{ severity: "error" as const, message, line }],
  });
  if (text.length > YAML_LIMITS.characters)
    return failed(`the text is longer than ${YAML_LIMITS.characters} characters`);
  // The cheapest question first.
  if ((text.match(/^(---|\.\.\.)/gm) ?? []).length > YAML_LIMITS.documents)
    return failed(`more than ${YAML_LIMITS.documents} documents`);
  const tooDeep = deepLine(text);
  if (tooDeep !== undefined) return failed(`nested more than ${YAML_LIMITS.depth} deep`, tooDeep);
  const lineCounter = new LineCounter();
  const lineOf = (offset: number) => lineCounter.linePos(offset).line;
  const documents = parseAllDocuments(text, {
    lineCounter,
    // Seen to below, in one go: the parser compares each key with all before it.
    uniqueKeys: false,
    stringKeys: true,
    merge: false,
    version: "1.2",
    // Each pretty one would look through the text again, and hostile texts have thousands.
    prettyErrors: false,
  });
  if (!Array.isArray(documents)) return { objects: [], problems: [] };
  const objects: KubeObject[] = [];
  const problems: Problem[] = [];
  for (const document of documents) {
    const fault = faultIn(document);
    if (fault) {
      const { message, offset } = fault;
      problems.push({ severity: "error", message: `error parsing YAML: ${message}`, line: lineOf(offset) });
      continue;
    }
    const value: unknown = document.toJS();
    if (value === null) continue;
    const { object, findings } = validate(value);
    if (object) objects.push(object);
    const lineAt = (path: readonly (string | number)[]) => {
      for (let length = path.length; length >= 0; length--) {
        const start = startOf(document.contents, path.slice(0, length));
        if (start !== undefined) return lineOf(start);
      }
      return undefined;
    };
    for (const { path, ...problem } of findings) problems.push({ ...problem, line: lineAt(path) });
  }
  return { objects, problems };
}

/** `kubectl apply -f` of a text. Where anything in it is wrong, nothing is applied. */
export function applyYaml(
  cluster: Cluster,
  text: string,
  rules: Rules = RULES,
): { cluster: Cluster; problems: Problem[] } {
  const { objects, problems } = parseManifests(text);
  if (problems.some(({ severity }) => severity === "error")) return { cluster, problems };
  const applied = apply(cluster, objects, rules);
  return { cluster: applied.cluster, problems: [...problems, ...applied.problems] };
}

interface Fault {
  message: string;
  /** Where, in characters. */
  offset: number;
}

/** What makes a document unreadable. One without a fault is a tree of a size that the text's own length bounds. */
function faultIn(document: Document): Fault | undefined {
  const [error] = document.errors;
  if (error) return { message: error.message, offset: error.pos[0] };
  let fault: Fault | undefined;
  let aliases = 0;
  visit(document, (_, node, above) => {
    if (isMap(node)) fault = repeatedKey(node);
    else if (isAlias(node)) fault = aliasFault(node, document, above, ++aliases);
    return fault && visit.BREAK;
  });
  return fault;
}

function repeatedKey({ items }: YAMLMap): Fault | undefined {
  const seen = new Set<unknown>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value))
      return { message: `key "${key.value}" already set in map`, offset: key.range?.[0] ?? 0 };
    seen.add(key.value);
  }
  return undefined;
}

/** @param above what the alias stands in */
function aliasFault(
  alias: Alias,
  document: Document,
  above: readonly unknown[],
  count: number,
): Fault | undefined {
  const fault = (message: string): Fault => ({ message, offset: alias.range?.[0] ?? 0 });
  if (count > YAML_LIMITS.aliases) return fault(`more than ${YAML_LIMITS.aliases} aliases`);
  const meant = alias.resolve(document);
  if (meant === undefined) return fault(`unknown anchor '${alias.source}' referenced`);
  if (above.includes(meant)) return fault(`anchor '${alias.source}' value contains itself`);
  // What refers to what refers on grows with each step, to any size.
  return holdsAlias(meant) ? fault("aliases of what holds aliases are not read here") : undefined;
}

function holdsAlias(root: YamlNode): boolean {
  let found = false;
  visit(root, (_, node) => {
    found ||= isAlias(node);
    return found ? visit.BREAK : undefined;
  });
  return found;
}

/** The line at which a text nests too deep, found before it is parsed: by indentation, and by brackets. */
function deepLine(text: string): number | undefined {
  const deep = text
    .split("\n")
    .findIndex((line) => (/^[ ?:-]*(?=[^ #])/.exec(line)?.[0].length ?? 0) / 2 > YAML_LIMITS.depth);
  if (deep >= 0) return deep + 1;
  let [line, brackets] = [1, 0];
  // Quoted brackets and those in comments nest nothing: only the lexer knows them.
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === "[" || lexeme === "{") brackets++;
    else if (lexeme === "]" || lexeme === "}") brackets--;
    else line += lexeme.split("\n").length - 1;
    if (brackets > YAML_LIMITS.depth) return line;
  }
  return undefined;
}

/** Where a field starts: its name where it has one, else its value. */
function startOf(contents: unknown, path: readonly (string | number)[]): number | undefined {
  let node = contents as YamlNode | null | undefined;
  let start = node?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      start = (pair?.key as YamlNode | undefined)?.range?.[0];
      node = pair?.value as YamlNode | undefined;
    } else {
      node = (node as { get?: (key: unknown, keep: true) => YamlNode | undefined } | null | undefined)?.get?.(
        part,
        true,
      );
      start = node?.range?.[0];
    }
    if (start === undefined) return undefined;
  }
  return start;
}
