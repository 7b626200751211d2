import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WithDiagrams } from "#components/diagrams/index.tsx";
import { QuizScreen } from "#components/quiz/quiz-screen.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/surface.tsx";
import { getQuiz, quizOptionsSchema } from "#lib/server/queries/quiz.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("nav"))("quiz") };
}

export default async function QuizPlayPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { viewer, now, locale } = await requestContext();
  const options = quizOptionsSchema.parse(await searchParams);
  const quiz = await getQuiz(viewer, options, now);
  if (quiz.cards.length === 0) {
    const t = await getTranslations("quiz");
    return (
      <EmptyState title={t("none")}>
        <LinkButton href="/quiz">{t("chooseAgain")}</LinkButton>
      </EmptyState>
    );
  }
  return (
    <WithDiagrams items={quiz.cards.map(({ item }) => item)}>
      <QuizScreen
        key={now}
        {...quiz}
        mode={options.mode}
        feedback={options.feedback}
        minutes={options.minutes}
        locale={locale}
      />
    </WithDiagrams>
  );
}
