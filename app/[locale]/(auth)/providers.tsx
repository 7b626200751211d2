import { getTranslations } from "next-intl/server";
import { Button } from "#components/ui/button.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { providerName, signInWith } from "#lib/server/auth/oidc.ts";
import { config } from "#lib/server/config.ts";

/** The issuers that this server is configured for; nothing where there are none. */
export async function Providers({ locale, invite }: { locale: Locale; invite: string | undefined }) {
  const t = await getTranslations("auth");
  const { providers } = config();
  const configured = (Object.keys(providers) as (keyof typeof providers)[]).filter((id) => providers[id]);
  if (configured.length === 0) return null;
  return (
    <div className="grid gap-2">
      <p className="text-center text-ink-muted text-sm">{t("or")}</p>
      {configured.map((id) => (
        <form
          key={id}
          action={async () => {
            "use server";
            await signInWith(id, { redirectTo: `/${locale}${invite ? `/join?token=${invite}` : ""}` });
          }}
        >
          <Button type="submit" className="w-full">
            {t("with", { provider: providerName(id) })}
          </Button>
        </form>
      ))}
    </div>
  );
}
