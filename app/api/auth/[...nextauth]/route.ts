import { handlers } from "#lib/server/auth/oidc.ts";

export const { GET, POST } = handlers;
