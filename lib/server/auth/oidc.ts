import "server-only";
import NextAuth, { type Profile } from "next-auth";
import type { Provider } from "next-auth/providers";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import MicrosoftEntraId from "next-auth/providers/microsoft-entra-id";
import { signInWithAccount } from "#lib/server/commands/sign-in-with-account.ts";
import { config } from "#lib/server/config.ts";
import { getViewer } from "./get-viewer.ts";
import { SESSION_SECONDS } from "./session.ts";

const PROVIDER_NAMES: Record<string, string> = {
  "microsoft-entra-id": "Microsoft",
  github: "GitHub",
  google: "Google",
};

/** What people call an issuer. */
export function providerName(id: string): string {
  return (id === "oidc" ? config().providers.oidc?.name : PROVIDER_NAMES[id]) ?? id;
}

/** Auth.js does the conversation with issuers; whom it leads to is our own command. Set up per request, from settings. */
export const { handlers, signIn: signInWith } = NextAuth(() => ({
  providers: configuredProviders(),
  secret: config().authSecret,
  trustHost: true,
  useSecureCookies: config().appUrl.startsWith("https:"),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/ja/sign-in", error: "/ja/sign-in" },
  callbacks: {
    async jwt({ token, account, profile }) {
      if (!account) return token;
      const { userId, version } = await signInWithAccount(
        await getViewer(),
        {
          provider: account.provider,
          providerAccountId: account.providerAccountId,
          email: profile?.email?.toLowerCase() ?? null,
          emailVerified: profile?.email_verified === true,
          name: profile?.name ?? null,
          groups: groupsOf(profile),
        },
        Date.now(),
      );
      return { sub: userId, version };
    },
  },
}));

/** More than this many are of no use to a team, and could fill the database. */
const MAX_GROUPS = 500;

/** The claim `groups` as issuers have it who are set up to send one. */
function groupsOf(profile: Profile | undefined): string[] {
  const claim: unknown = profile?.groups;
  const groups = Array.isArray(claim) ? claim : [];
  return groups
    .filter((group): group is string => typeof group === "string" && group.length <= 200)
    .slice(0, MAX_GROUPS);
}

function configuredProviders(): Provider[] {
  const { providers } = config();
  const { github, google, oidc, "microsoft-entra-id": entra } = providers;
  return [
    ...(entra ? [MicrosoftEntraId(entra)] : []),
    ...(github ? [GitHub(github)] : []),
    ...(google ? [Google(google)] : []),
    ...(oidc ? [{ id: "oidc", type: "oidc" as const, ...oidc }] : []),
  ];
}
