import { readFileSync } from "node:fs";

/** A server action as the build lists it. */
interface BuiltAction {
  id: string;
  /** The file that exports it, and as what. */
  filename: string;
  exportedName: string;
  /** The pages that can call it, `app/[locale]/…/page`. */
  pages: string[];
}

/** Every server action of the built app. */
export function builtActions(): BuiltAction[] {
  const manifest = JSON.parse(
    readFileSync(`${process.env.NEXT_DIST ?? ".next"}/server/server-reference-manifest.json`, "utf8"),
  );
  const found = manifest.node as Record<string, { workers: object; filename: string; exportedName: string }>;
  return Object.entries(found).map(([id, { workers, filename, exportedName }]) => ({
    ...{ id, filename, exportedName },
    pages: Object.keys(workers),
  }));
}

/** What a page in a browser sends to call a server action, whose one argument is of JSON. */
export function actionRequest({ id }: Pick<BuiltAction, "id">, input: unknown) {
  return {
    method: "POST",
    headers: {
      ...{ "next-action": id, accept: "text/x-component" },
      "content-type": "text/plain;charset=UTF-8",
    },
    body: JSON.stringify([input]),
  };
}

/** What a server action answered, from all that came back; undefined when it did not answer. */
export function answerIn(body: string): unknown {
  // Rows of React's wire format: the first names the one with the answer.
  const row = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(body)?.[1];
  const place = /"a":"\$@?(\w+)"/.exec(row("0") ?? "")?.[1];
  const answer = place === undefined ? undefined : row(place);
  return answer === undefined ? undefined : JSON.parse(answer);
}

/**
 * Calls a server action as a page in a browser does. Its one argument is of JSON.
 * @param page where it is called from, which must be one of the action's
 * @returns what it answered, and all that came back, which holds the page anew
 */
export async function callAction(
  url: string,
  action: Pick<BuiltAction, "id">,
  { page, input, cookie }: { page: string; input: unknown; cookie: string },
): Promise<{ answer: unknown; body: string }> {
  const { headers, ...request } = actionRequest(action, input);
  const response = await fetch(url + page, {
    ...request,
    redirect: "manual",
    headers: { ...headers, origin: url, cookie },
  });
  const body = await response.text();
  const answer = answerIn(body);
  if (!response.ok || answer === undefined)
    throw new Error(`The action answered ${response.status}: ${body.slice(0, 500)}`);
  return { answer, body };
}
