/** An error answer of a route handler: RFC 9457 problem details. */
export function problem(status: number, title: string, extras: Record<string, unknown> = {}): Response {
  const { retryAfter, ...rest } = extras;
  return Response.json(
    { type: "about:blank", status, title, ...rest },
    {
      status,
      headers: {
        "content-type": "application/problem+json",
        ...(typeof retryAfter === "number" ? { "retry-after": String(retryAfter) } : {}),
      },
    },
  );
}
