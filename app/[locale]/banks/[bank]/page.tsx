import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EnrolButton } from "#components/banks/enrol-button.tsx";
import { ItemList } from "#components/banks/item-list.tsx";
import { PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { getBank } from "#lib/server/queries/banks.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { setEnrollmentAction } from "./actions.ts";

interface Props {
  params: Promise<{ bank: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { viewer, locale } = await requestContext();
  const bank = await getBank(viewer, (await params).bank);
  return bank ? { title: bank.title[locale] } : {};
}

export default async function BankPage({ params }: Props) {
  const { viewer, now, locale } = await requestContext();
  const bank = await getBank(viewer, (await params).bank);
  if (!bank) notFound();
  const t = await getTranslations("banks");
  return (
    <>
      <PageHeader title={bank.title[locale]}>{bank.description[locale]}</PageHeader>
      {isPerson(viewer) ? (
        <div className="mb-6">
          <EnrolButton bankId={bank.id} enrolled={bank.enrolled} action={setEnrollmentAction} />
        </div>
      ) : null}
      <div className="grid gap-8">
        {bank.concepts.map(({ id, title, items }) => (
          <section key={id}>
            <h2 className="mb-3 flex flex-wrap items-baseline gap-3 text-lg">
              {title[locale]}
              <Link
                href={`/concepts/${id}`}
                className="font-normal text-pod-ink text-sm underline underline-offset-4"
              >
                {t("readLesson")}
              </Link>
            </h2>
            <ItemList items={items} now={now} mayChange={isPerson(viewer)} />
          </section>
        ))}
      </div>
    </>
  );
}
