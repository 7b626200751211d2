import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountCard, SignInForm } from "#components/account/account-form.tsx";
import { Link, redirect } from "#lib/i18n/navigation.ts";
import { inviteSchema } from "#lib/server/auth/tokens.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { signInAction } from "../actions.ts";
import { Providers } from "../providers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn") };
}

export default async function SignInPage({
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
    <AccountCard title={t("signIn")} intro={t("signInIntro")}>
      <SignInForm action={signInAction} invite={invite} />
      <Providers locale={locale} invite={invite} />
      <p className="flex flex-wrap justify-between gap-3 text-sm">
        <Link href="/reset-password" className="underline underline-offset-4">
          {t("forgot")}
        </Link>
        <span>
          {t("noAccount")}{" "}
          <Link
            href={{ pathname: "/sign-up", query: invite ? { invite } : {} }}
            className="underline underline-offset-4"
          >
            {t("signUp")}
          </Link>
        </span>
      </p>
    </AccountCard>
  );
}
