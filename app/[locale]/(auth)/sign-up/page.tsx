import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountCard, SignUpForm } from "#components/account/account-form.tsx";
import { Link, redirect } from "#lib/i18n/navigation.ts";
import { inviteSchema } from "#lib/server/auth/tokens.ts";
import { config } from "#lib/server/config.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { signUpAction } from "../actions.ts";
import { Providers } from "../providers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUp") };
}

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ invite?: string | string[] }>;
}) {
  const { viewer, locale } = await requestContext();
  const invite = inviteSchema.parse((await searchParams).invite);
  const next = invite ? { pathname: "/join", query: { token: invite } } : "/";
  if (viewer.kind === "user") redirect({ href: next, locale });
  const t = await getTranslations("auth");
  return (
    <AccountCard title={t("signUp")} intro={t("signUpIntro")}>
      <SignUpForm
        action={signUpAction}
        locale={locale}
        mailIsConfigured={config().smtpUrl !== undefined}
        invite={invite}
      />
      <Providers locale={locale} invite={invite} />
      <p className="text-sm">
        {t("haveAccount")}{" "}
        <Link
          href={{ pathname: "/sign-in", query: invite ? { invite } : {} }}
          className="underline underline-offset-4"
        >
          {t("signIn")}
        </Link>
      </p>
    </AccountCard>
  );
}
