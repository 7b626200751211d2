const STEP = 2;

/**
 * How far the next line of YAML is indented, by the part of a line that stands before it: as the field, wherever its name begins, or
 * deeper where the field is still to get what it holds.
 * @returns spaces
 */
export function indentAfter(line: string): number {
  const column = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
  const code = line
    .slice(column)
    .replace(/(^|\s)#.*/, "")
    .trimEnd();
  return code.endsWith(":") ? column + STEP : column;
}
