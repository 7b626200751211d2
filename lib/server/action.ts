import "server-only";
import type { z } from "zod";
import { getViewer } from "./auth/get-viewer.ts";
import type { Viewer } from "./auth/viewer.ts";
import { failed, type Result } from "./errors.ts";

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
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join(".");
      return failed("invalid-input", field ? { field } : {});
    }
    return command(await getViewer(), parsed.data);
  };
}
