import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountCard, SignInForm } from "#components/account/account-form.tsx";
import { Link, redirect } from "#lib/i18n/navigation.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { signInAction } from "../actions.ts";
import { Providers } from "../providers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn") };
}

export default async function SignInPage() {
  const { viewer, locale } = await requestContext();
  if (viewer.kind === "user") redirect({ href: "/", locale });
  const t = await getTranslations("auth");
  return (
    <AccountCard title={t("signIn")} intro={t("signInIntro")}>
      <SignInForm action={signInAction} />
      <Providers locale={locale} />
      <p className="flex flex-wrap justify-between gap-3 text-sm">
        <Link href="/reset-password" className="underline underline-offset-4">
          {t("forgot")}
        </Link>
        <span>
          {t("noAccount")}{" "}
          <Link href="/sign-up" className="underline underline-offset-4">
            {t("signUp")}
          </Link>
        </span>
      </p>
    </AccountCard>
  );
}
