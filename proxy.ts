import type { NextRequest } from "next/server";
import createIntlMiddleware from "next-intl/middleware";
import { routing } from "#lib/i18n/routing.ts";

/** Sends people to their language and gives each page its nonce. It decides nothing about who may see what. */
const localize = createIntlMiddleware(routing);

const development = process.env.NODE_ENV === "development";

/** Pages say themselves that they are for development only, but too late for the status of a streamed answer. */
const DEVELOPMENT_ONLY = /^\/[^/]+\/author(\/|$)/;

export default function proxy(request: NextRequest) {
  if (!development && DEVELOPMENT_ONLY.test(request.nextUrl.pathname)) {
    return new Response("Not found", { status: 404, headers: SECURITY_HEADERS });
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, request.nextUrl.protocol === "https:");
  // Next reads the nonce for its own scripts from the request's policy.
  request.headers.set("x-nonce", nonce);
  request.headers.set("content-security-policy", policy);
  const response = localize(request);
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
  // Browsers heed this over HTTPS only.
  "strict-transport-security": "max-age=31536000",
};

function contentSecurityPolicy(nonce: string, https: boolean): string {
  return [
    "default-src 'self'",
    // Hot reload evaluates code and injects styles.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

export const config = {
  // Everything but the API, Next's own files, and files with an extension.
  matcher: ["/((?!api|_next|.*\\..*).*)"],
};
