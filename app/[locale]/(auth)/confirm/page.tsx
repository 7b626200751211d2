import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountCard, ConfirmForm } from "#components/account/account-form.tsx";
import { inviteSchema } from "#lib/server/auth/tokens.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { confirmSignUpAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address of this page is a secret: it must not travel on as a referrer.
  return { title: (await getTranslations("auth"))("confirm"), referrer: "no-referrer" };
}

export default async function ConfirmPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[]; invite?: string | string[] }>;
}) {
  await requestContext();
  const { token, invite } = await searchParams;
  if (typeof token !== "string") notFound();
  const t = await getTranslations("auth");
  return (
    <AccountCard title={t("confirm")}>
      <ConfirmForm action={confirmSignUpAction} token={token} invite={inviteSchema.parse(invite)} />
    </AccountCard>
  );
}
