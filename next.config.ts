import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  // Native or WebAssembly, and one instance for the server and its start script: never bundled.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "pino",
    "pg",
    "nodemailer",
    "nspell",
    "dictionary-en-gb",
  ],
  poweredByHeader: false,
  // 30 kB that browsers would load and never use.
  turbopack: { resolveAlias: { zod: { browser: "./lib/browser/no-zod.ts" } } },
  // Every document is made per request, for its nonce: there is no instant shell to warn about while developing.
  experimental: { instantInsights: { validationLevel: "manual-warning" } },
  // Browser tests and benchmarks build into folders of their own.
  distDir: process.env.NEXT_DIST ?? ".next",
};

const withIntl = createNextIntlPlugin({
  requestConfig: "./lib/i18n/request.ts",
  // Messages are parsed while building: browsers get no parser.
  experimental: {
    messages: { path: "./content/messages", format: "json", locales: "infer", precompile: true },
  },
});

export default withIntl(config);
