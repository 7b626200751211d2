import { isNode, LineCounter, parseDocument } from "yaml";

/** A spot in a content file. */
export interface Place {
  /** Path below the project's root. */
  file: string;
  /** 1-based. */
  line: number;
}

/** Something wrong with the content, said so that an author can mend it. */
export interface Problem extends Place {
  /** The rule that found it. */
  rule: string;
  severity: "error" | "warning";
  message: string;
}

/** A parsed YAML file that knows where in the file each value stands. */
export interface YamlFile {
  file: string;
  data: unknown;
  /** Syntax errors; `data` is then undefined. */
  problems: Problem[];
  /** The line of the value at a path or, where that is a text, of the first place in it that has the fragment. */
  lineOf(path: readonly PropertyKey[], fragment?: string): number;
}

/** YAML 1.2 with duplicate keys refused. Aliases are not used in content and are limited. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const problems = document.errors.map(
    (error): Problem => ({
      rule: "yaml",
      severity: "error",
      file,
      line: lineAt(error.pos[0]),
      message: error.message.split("\n")[0] ?? error.message,
    }),
  );
  return {
    file,
    data: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 20 }),
    problems,
    lineOf(path, fragment = "") {
      // The value itself may be missing: then its nearest existing parent is where to look.
      for (let depth = path.length; depth > 0; depth--) {
        const node = document.getIn(path.slice(0, depth), true);
        if (!isNode(node) || !node.range) continue;
        const [start, end] = node.range;
        return lineAt(start + Math.max(0, text.slice(start, end).indexOf(fragment)));
      }
      return 1;
    },
  };
}
