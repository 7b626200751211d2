import "server-only";
import type { z } from "zod";
import { getViewer } from "./auth/get-viewer.ts";
import type { Viewer } from "./auth/viewer.ts";
import { type ErrorCode, type Failure, failed, isErrorCode, type Result } from "./errors.ts";

/**
 * The one way from a page to a command: who is asking, then what, parsed, then the command, whose expected failures come
 * back as values. Next refuses actions from other origins; a command decides what its viewer may do.
 */
export function action<Schema extends z.ZodType, T>(
  schema: Schema,
  command: (viewer: Viewer, input: z.infer<Schema>) => Promise<Result<T>>,
): (input: z.input<Schema>) => Promise<Result<T>> {
  return async (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return invalid(parsed.error);
    return command(await getViewer(), parsed.data);
  };
}

/** Every input that a schema refuses, each with the code that its schema has for a message, or the general one. */
export function invalid({ issues }: z.ZodError): Failure {
  const byField = new Map<string, { error: ErrorCode; field: string }>();
  for (const { path, message } of issues) {
    const field = path.join(".");
    if (!byField.has(field)) {
      byField.set(field, { error: isErrorCode(message) ? message : "invalid-input", field });
    }
  }
  const [first, ...others] = byField.values();
  if (!first?.field) return failed("invalid-input");
  return failed(first.error, { field: first.field, ...(others.length > 0 ? { others } : {}) });
}
