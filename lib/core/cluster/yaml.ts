import { isAlias, isMap, isScalar, LineCounter, parseAllDocuments, visit, type Node as YamlNode } from "yaml";
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
  const tooDeep = deepLine(text);
  if (tooDeep !== undefined) return failed(`nested more than ${YAML_LIMITS.depth} deep`, tooDeep);
  if ((text.match(/^---/gm) ?? []).length > YAML_LIMITS.documents)
    return failed(`more than ${YAML_LIMITS.documents} documents`);
  const lineCounter = new LineCounter();
  const lineOf = (offset: number) => lineCounter.linePos(offset).line;
  const documents = parseAllDocuments(text, {
    lineCounter,
    uniqueKeys: true,
    stringKeys: true,
    merge: false,
    version: "1.2",
  });
  if (!Array.isArray(documents)) return { objects: [], problems: [] };
  const objects: KubeObject[] = [];
  const problems: Problem[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const [message = ""] = error.message.split(" at line ");
      problems.push({
        severity: "error",
        message: `error parsing YAML: ${message}`,
        line: lineOf(error.pos[0]),
      });
      continue;
    }
    let aliases = 0;
    visit(document, (_, node) => {
      if (isAlias(node)) aliases++;
    });
    if (aliases > YAML_LIMITS.aliases) return failed(`more than ${YAML_LIMITS.aliases} aliases`);
    const value: unknown = document.toJS({ maxAliasCount: YAML_LIMITS.aliases });
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

/** The line at which a text nests too deep, found before it is parsed: by brackets, and by indentation. */
function deepLine(text: string): number | undefined {
  let brackets = 0;
  for (const [place, line] of text.split("\n").entries()) {
    const indented = (/^[ -]*/.exec(line)?.[0].length ?? 0) / 2;
    for (const character of line) {
      if (character === "[" || character === "{") brackets++;
      else if ((character === "]" || character === "}") && brackets > 0) brackets--;
      if (brackets + indented > YAML_LIMITS.depth) return place + 1;
    }
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
