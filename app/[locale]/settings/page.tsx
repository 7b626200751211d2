import type { Metadata } from "next";
import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import { CalendarLink } from "#components/reminders/calendar-link.tsx";
import { MailSettings } from "#components/reminders/mail-settings.tsx";
import { ChangePassword } from "#components/settings/change-password.tsx";
import { DeleteAccount } from "#components/settings/delete-account.tsx";
import { ImportFile } from "#components/settings/import-file.tsx";
import { PersonName } from "#components/settings/person-name.tsx";
import { LanguageChoice, ThemeChoice } from "#components/settings/screen-settings.tsx";
import { SettingsSection } from "#components/settings/section.tsx";
import { Sessions } from "#components/settings/sessions.tsx";
import { StudySettings } from "#components/settings/study-settings.tsx";
import { DownloadButton, LinkButton } from "#components/ui/button.tsx";
import { Badge, PageHeader } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";
import { providerName } from "#lib/server/auth/oidc.ts";
import { isPerson, type Viewer } from "#lib/server/auth/viewer.ts";
import { DELETION_WORDS } from "#lib/server/commands/delete-account.ts";
import { getMailSettings } from "#lib/server/queries/mail-settings.ts";
import { getSettings, type SettingsView } from "#lib/server/queries/settings.ts";
import { requestContext } from "#lib/server/request-context.ts";
import { readTheme } from "#lib/server/theme.ts";
import { timeZonesWith } from "#lib/server/time-zones.ts";
import {
  changeNameAction,
  changePasswordAction,
  deleteAccountAction,
  makeCalendarLinkAction,
  revokeCalendarLinkAction,
  setThemeAction,
  signOutAction,
  signOutEverywhereAction,
  updateMailSettingsAction,
  updateSettingsAction,
} from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage() {
  const { viewer, locale } = await requestContext();
  const [t, own, theme] = await Promise.all([
    getTranslations("settings"),
    getSettings(viewer),
    readTheme(await cookies()),
  ]);
  return (
    <>
      <PageHeader title={t("title")} />
      {viewer.kind === "user" ? null : <Invitation answers={own?.answers ?? 0} />}
      <SettingsSection title={t("screen")} intro={t("screenIntro")}>
        <LanguageChoice locale={locale} {...(own ? { store: updateSettingsAction } : {})} />
        <ThemeChoice theme={theme} action={setThemeAction} />
      </SettingsSection>
      {own && isPerson(viewer) ? (
        <>
          <SettingsSection title={t("study")} intro={t("studyIntro")}>
            <StudySettings
              // What is typed but not saved must not outlive what an import changed.
              key={JSON.stringify(own.settings)}
              settings={own.settings}
              timeZones={timeZonesWith(own.settings.timeZone)}
              costs={own.retentionCosts}
              learned={own.learned}
              action={updateSettingsAction}
            />
          </SettingsSection>
          <MailAndCalendar viewer={viewer} />
          <SettingsSection title={t("teams")} intro={t("teamsIntro")}>
            <PersonName name={viewer.name} action={changeNameAction} />
          </SettingsSection>
          {viewer.kind === "user" ? <SignInMethods own={own} /> : null}
          <SettingsSection title={t("data")} intro={t("dataIntro")}>
            <div className="grid gap-2">
              <h3 className="font-medium text-base">{t("export")}</h3>
              <p className="text-ink-muted text-sm">{t("exportHint")}</p>
              <DownloadButton href="/api/export" className="justify-self-start">
                {t("exportButton", { count: own.answers })}
              </DownloadButton>
            </div>
            <ImportFile />
          </SettingsSection>
          <SettingsSection title={t("erase")} intro={t("eraseIntro")}>
            <DeleteAccount
              userId={viewer.userId}
              action={deleteAccountAction}
              {...(viewer.kind === "user" ? { word: DELETION_WORDS[locale] } : {})}
            />
          </SettingsSection>
        </>
      ) : null}
    </>
  );
}

/** What an account is good for, said to whoever has none. */
async function Invitation({ answers }: { answers: number }) {
  const t = await getTranslations("settings");
  const auth = await getTranslations("auth");
  return (
    <section className="mb-8 grid gap-4 rounded-card border border-pod/30 bg-pod-soft p-5 sm:p-6">
      <div className="grid gap-1">
        <h2 className="text-lg">{answers > 0 ? t("inviteGuest", { count: answers }) : t("inviteNobody")}</h2>
        <p className="max-w-prose">{answers > 0 ? t("inviteGuestText") : t("inviteNobodyText")}</p>
      </div>
      <div className="flex flex-wrap gap-3">
        <LinkButton href="/sign-up" variant="primary">
          {auth("signUp")}
        </LinkButton>
        <LinkButton href="/sign-in">{auth("signIn")}</LinkButton>
      </div>
    </section>
  );
}

/** What reaches an account outside of the app. */
async function MailAndCalendar({ viewer }: { viewer: Viewer }) {
  const settings = await getMailSettings(viewer);
  if (!settings) return null;
  const t = await getTranslations("reminders.settings");
  return (
    <SettingsSection title={t("title")} intro={t("intro")}>
      <MailSettings wishes={settings.wishes} manages={settings.manages} action={updateMailSettingsAction} />
      <div className="grid gap-2">
        <h3 className="font-medium text-base">{t("calendar.title")}</h3>
        <CalendarLink
          exists={settings.hasCalendar}
          make={makeCalendarLinkAction}
          revoke={revokeCalendarLinkAction}
        />
      </div>
    </SettingsSection>
  );
}

async function SignInMethods({ own }: { own: SettingsView }) {
  const t = await getTranslations("settings");
  return (
    <SettingsSection title={t("account")} intro={t("accountIntro")}>
      <dl className="grid gap-3">
        {own.email ? (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="w-36 text-ink-muted text-sm">{t("email")}</dt>
            <dd className="min-w-0 break-words">{own.email}</dd>
            <dd>{own.emailVerified ? <Badge tone="good">{t("verified")}</Badge> : null}</dd>
          </div>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <dt className="w-36 text-ink-muted text-sm">{t("password")}</dt>
          <dd>
            {own.hasPassword ? (
              t("passwordSet")
            ) : (
              <Link href="/reset-password" className="underline underline-offset-4">
                {t("passwordAdd")}
              </Link>
            )}
          </dd>
        </div>
        {own.linkedAccounts.length > 0 ? (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="w-36 text-ink-muted text-sm">{t("linked")}</dt>
            {own.linkedAccounts.map((provider) => (
              <dd key={provider}>
                <Badge>{providerName(provider)}</Badge>
              </dd>
            ))}
          </div>
        ) : null}
      </dl>
      {own.hasPassword ? <ChangePassword action={changePasswordAction} /> : null}
      <Sessions signOut={signOutAction} signOutEverywhere={signOutEverywhereAction} />
    </SettingsSection>
  );
}
