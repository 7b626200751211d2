import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { setLessons } from "#components/study/lesson.tsx";
import { StudyScreen } from "#components/study/study-screen.tsx";
import { getStudySession } from "#lib/server/queries/study-session.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("nav");
  return { title: t("study") };
}

export default async function StudyPage() {
  const { viewer, now, locale } = await requestContext();
  const session = await getStudySession(viewer, now);
  return (
    <WithDiagrams items={session.cards.map(({ item }) => item)}>
      {/* Keyed by when it was made: coming back to this page starts from what is due then. */}
      <StudyScreen key={now} {...session} lessons={setLessons(session.lessons, locale)} locale={locale} />
    </WithDiagrams>
  );
}
