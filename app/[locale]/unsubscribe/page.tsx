import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AccountCard } from "#components/account/account-form.tsx";
import { UnsubscribeForm } from "#components/reminders/unsubscribe-form.tsx";
import { getUnsubscription } from "#lib/server/queries/unsubscription.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { unsubscribeAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address of this page is a secret: it must not travel on as a referrer.
  return { title: (await getTranslations("reminders.unsubscribe"))("title"), referrer: "no-referrer" };
}

export default async function UnsubscribePage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { viewer } = await requestContext();
  const { token } = await searchParams;
  if (typeof token !== "string") notFound();
  const found = await getUnsubscription(viewer, token);
  if (!found) notFound();
  const t = await getTranslations("reminders.unsubscribe");
  return (
    <AccountCard title={t("title")}>
      <UnsubscribeForm action={unsubscribeAction} token={token} scope={found.scope} />
    </AccountCard>
  );
}
