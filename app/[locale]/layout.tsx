import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { hasLocale, NextIntlClientProvider } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { HeaderLink, LanguageSwitch, MainNav } from "#components/layout/nav.tsx";
import { SyncProvider } from "#components/study/sync-context.tsx";
import { SyncStatus } from "#components/study/sync-status.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { routing } from "#lib/i18n/routing.ts";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { isPerson } from "#lib/server/auth/viewer.ts";
import { config } from "#lib/server/config.ts";
import { mergedGuestIds } from "#lib/server/queries/merged-guests.ts";
import { readTheme } from "#lib/server/theme.ts";
import "../globals.css";

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: "meta" });
  return { title: { default: t("title"), template: `%s · Podshift` }, description: t("description") };
}

/**
 * The whole document is made per request: its scripts carry the nonce of the request's policy, which no prerendered
 * shell can.
 */
export default function RootLayout(props: Props) {
  return (
    <Suspense>
      <Page {...props} />
    </Suspense>
  );
}

async function Page({ children, params }: Props) {
  await connection();
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const [viewer, theme, t, demo] = await Promise.all([
    getViewer(),
    readTheme(await cookies()),
    getTranslations("nav"),
    getTranslations("demo"),
  ]);
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <body className="min-h-dvh pb-20 md:pb-0">
        <NextIntlClientProvider>
          <SyncProvider
            owner={isPerson(viewer) ? viewer.userId : ""}
            formerOwners={await mergedGuestIds(viewer)}
            locale={locale}
          >
            <a
              href="#main"
              className="sr-only z-20 rounded-b-lg bg-pod text-on-pod focus:not-sr-only focus:fixed focus:top-0 focus:left-4 focus:px-4 focus:py-3"
            >
              {t("skip")}
            </a>
            <header className="border-line border-b bg-raised">
              {config().demo ? (
                <p className="bg-warn-soft px-4 py-2 text-center text-sm text-warn">{demo("banner")}</p>
              ) : null}
              <div className="mx-auto flex max-w-6xl flex-wrap items-center px-4 py-1.5">
                <Link
                  href="/"
                  className="mr-2 flex min-h-11 items-center gap-2 font-bold text-lg tracking-tight md:mr-4 lg:mr-8"
                >
                  <Mark />
                  {/* A guest has four words beside it, too many for a phone. */}
                  <span className={viewer.kind === "guest" ? "max-sm:sr-only" : ""}>Podshift</span>
                </Link>
                <MainNav />
                <div className="ml-auto flex items-center lg:gap-1">
                  <LanguageSwitch />
                  {isPerson(viewer) ? <HeaderLink href="/teams">{t("teams")}</HeaderLink> : null}
                  <HeaderLink href="/settings">{t("settings")}</HeaderLink>
                  {viewer.kind === "user" ? null : <HeaderLink href="/sign-up">{t("account")}</HeaderLink>}
                </div>
                <SyncStatus />
              </div>
            </header>
            <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 py-6 outline-none sm:py-8">
              <Suspense>{children}</Suspense>
            </main>
          </SyncProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** One solid square becomes three small ones: the shift, as a mark. */
function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6">
      <rect x="1" y="6" width="10" height="12" rx="2" className="fill-vm" />
      <rect x="13.5" y="3" width="7" height="5" rx="1.5" className="fill-pod" />
      <rect x="15.5" y="9.5" width="7" height="5" rx="1.5" className="fill-pod" />
      <rect x="13.5" y="16" width="7" height="5" rx="1.5" className="fill-pod" />
    </svg>
  );
}
