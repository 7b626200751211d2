import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { explainDiskError, SetupError } from "./setup-error.ts";

/**
 * Every setting, parsed once from the environment. `.env.example` and the README document the same list. All have
 * defaults that work; secrets are made at the first start unless a database server says that this is a real deployment.
 */

const optional = z.string().trim().optional();

const environmentSchema = z.object({
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be 1 or more")
    .max(65_535, "must be 65535 or less")
    .default(3000),
  HOSTNAME_TO_BIND: z.string().default("0.0.0.0"),
  DATABASE_URL: optional.refine((url) => !url || (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)), {
    message: "must be the address of a PostgreSQL server, e.g. postgresql://user:password@host:5432/podshift",
  }),
  PODSHIFT_DATA: z.string().default(".data"),
  PODSHIFT_DEMO: z.stringbool("must be true or false").default(false),
  AUTH_SECRET: optional.refine((secret) => !secret || secret.length >= 32, {
    message: "must have at least 32 characters, e.g. from `openssl rand -base64 33`",
  }),
  APP_URL: z
    .url({ protocol: /^https?$/, message: "must be an address such as https://podshift.example.com" })
    .optional(),
  TRUST_PROXY: z.stringbool("must be true or false").default(false),
  SMTP_URL: optional.refine((url) => !url || /^smtps?:\/\//.test(url), {
    message: "must look like smtp://user:password@host:587 or smtps://…",
  }),
  MAIL_FROM: z.string().default("Podshift <podshift@localhost>"),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"], "must be silent, error, warn, info or debug")
    .default("info"),
  AUTH_MICROSOFT_ENTRA_ID_ID: optional,
  AUTH_MICROSOFT_ENTRA_ID_SECRET: optional,
  AUTH_MICROSOFT_ENTRA_ID_ISSUER: optional,
  AUTH_GITHUB_ID: optional,
  AUTH_GITHUB_SECRET: optional,
  AUTH_GOOGLE_ID: optional,
  AUTH_GOOGLE_SECRET: optional,
  AUTH_OIDC_ISSUER: optional,
  AUTH_OIDC_ID: optional,
  AUTH_OIDC_SECRET: optional,
  AUTH_OIDC_NAME: z.string().default("SSO"),
});

/** The names of all settings, as `.env.example` documents them. */
export const SETTINGS = environmentSchema.keyof().options;

export interface OidcCredentials {
  clientId: string;
  clientSecret: string;
  issuer?: string;
}

export interface Config {
  port: number;
  host: string;
  /** The PostgreSQL server; absent, an embedded database lives under `dataFolder`. */
  databaseUrl: string | undefined;
  /** Absolute. Holds the embedded database, the secrets and, without SMTP, the outbox. */
  dataFolder: string;
  /** Whether everybody in the database is made up, which every page then says. */
  demo: boolean;
  /** Signs sessions. Read when first used: building needs none and must not make one. */
  readonly authSecret: string;
  /** Where people reach the app; used in mails and to decide on secure cookies. */
  appUrl: string;
  /** Whether `X-Forwarded-*` headers come from a proxy of ours. */
  trustProxy: boolean;
  smtpUrl: string | undefined;
  mailFrom: string;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** Ways to sign in besides e-mail and password; only complete ones are here. */
  providers: {
    "microsoft-entra-id"?: OidcCredentials;
    github?: OidcCredentials;
    google?: OidcCredentials;
    oidc?: OidcCredentials & { name: string };
  };
}

/**
 * Reads the configuration. A setting left blank is not set. Throws `SetupError` naming the setting and what it should be.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.entries(environment).filter(([, value]) => value?.trim());
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SetupError(`The setting ${issue?.path.join(".")} is not valid: it ${issue?.message}.`);
  }
  const env = parsed.data;
  const dataFolder = path.resolve(env.PODSHIFT_DATA);
  let secret = env.AUTH_SECRET;
  const credentials = (
    clientId?: string,
    clientSecret?: string,
    issuer?: string,
  ): OidcCredentials | undefined =>
    clientId && clientSecret ? { clientId, clientSecret, ...(issuer ? { issuer } : {}) } : undefined;
  const oidc = credentials(env.AUTH_OIDC_ID, env.AUTH_OIDC_SECRET, env.AUTH_OIDC_ISSUER);
  return {
    port: env.PORT,
    host: env.HOSTNAME_TO_BIND,
    databaseUrl: env.DATABASE_URL,
    dataFolder,
    demo: env.PODSHIFT_DEMO,
    get authSecret() {
      secret ??= ownSecret(env.DATABASE_URL, dataFolder);
      return secret;
    },
    appUrl: (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/$/, ""),
    trustProxy: env.TRUST_PROXY,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
    providers: {
      "microsoft-entra-id": credentials(
        env.AUTH_MICROSOFT_ENTRA_ID_ID,
        env.AUTH_MICROSOFT_ENTRA_ID_SECRET,
        env.AUTH_MICROSOFT_ENTRA_ID_ISSUER,
      ),
      github: credentials(env.AUTH_GITHUB_ID, env.AUTH_GITHUB_SECRET),
      google: credentials(env.AUTH_GOOGLE_ID, env.AUTH_GOOGLE_SECRET),
      oidc: oidc?.issuer ? { ...oidc, name: env.AUTH_OIDC_NAME } : undefined,
    },
  };
}

/** Takes what `.env` sets and the environment does not. For commands, before they ask for the configuration. */
export function loadEnvironment(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

let current: Config | undefined;

/** The configuration of this process. */
export const config = (): Config => {
  current ??= readConfig();
  return current;
};

/** With the embedded database the secret is made once and kept beside it, readable by its owner alone. */
function ownSecret(databaseUrl: string | undefined, dataFolder: string): string {
  if (databaseUrl) {
    throw new SetupError(
      "AUTH_SECRET is not set. With DATABASE_URL every process needs the same one:\nset AUTH_SECRET to e.g. the output of `openssl rand -base64 33`.",
    );
  }
  const file = path.join(dataFolder, "secrets.json");
  try {
    return z.object({ authSecret: z.string().min(32) }).parse(JSON.parse(readFileSync(file, "utf8")))
      .authSecret;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
      throw new SetupError(
        `${file} cannot be read.\nGive this user access to it, or remove it (everyone signs in again).`,
      );
    }
  }
  const authSecret = randomBytes(33).toString("base64");
  try {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(file, `${JSON.stringify({ authSecret })}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw explainDiskError(error, dataFolder);
  }
  return authSecret;
}
