import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { StudyScreen } from "#components/study/study-screen.tsx";
import { getViewer } from "#lib/server/auth/get-viewer.ts";
import { getStudySession } from "#lib/server/queries/study-session.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("nav");
  return { title: t("study") };
}

export default async function StudyPage() {
  const now = Date.now();
  const session = await getStudySession(await getViewer(), now);
  // Keyed by when it was made: coming back to this page starts from what is due then.
  return <StudyScreen key={now} {...session} locale={await getLocale()} />;
}
