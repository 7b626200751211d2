import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountCard, RequestResetForm, ResetPasswordForm } from "#components/account/account-form.tsx";
import { config } from "#lib/server/config.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { requestResetAction, resetPasswordAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address of this page is a secret: it must not travel on as a referrer.
  return { title: (await getTranslations("auth"))("reset"), referrer: "no-referrer" };
}

export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { locale } = await requestContext();
  const { token } = await searchParams;
  const t = await getTranslations("auth");
  return typeof token === "string" ? (
    <AccountCard title={t("reset")}>
      <ResetPasswordForm action={resetPasswordAction} token={token} />
    </AccountCard>
  ) : (
    <AccountCard title={t("reset")} intro={t("resetIntro")}>
      <RequestResetForm
        action={requestResetAction}
        locale={locale}
        mailIsConfigured={config().smtpUrl !== undefined}
      />
    </AccountCard>
  );
}
