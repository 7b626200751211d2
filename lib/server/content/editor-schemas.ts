import { z } from "zod";
import { editorSchemas } from "./schema.ts";

/** The JSON Schemas that editors complete content files from, by file name: made from the zod schemas, so never apart. */
export function editorSchemaFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(editorSchemas).map(([name, schema]) => [
      `${name}.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`,
    ]),
  );
}
