import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OpenPlayground } from "#components/playground/open.tsx";
import { isSceneId, SCENE_IDS } from "#components/playground/scene-ids.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState, PageHeader } from "#components/ui/surface.tsx";
import { decodeMoment } from "#lib/core/playground/index.ts";
import { Link } from "#lib/i18n/navigation.ts";
import { getTours } from "#lib/server/queries/tours.ts";
import { requestContext } from "#lib/server/request-context.ts";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("playground"))("title") };
}

/** The tours and clusters to choose from; or, by the address, one of the clusters, or what somebody's link shows. */
export default async function PlaygroundPage({ searchParams }: Props) {
  const [{ locale }, { play, scene }, t] = await Promise.all([
    requestContext(),
    searchParams,
    getTranslations("playground"),
  ]);
  if (play !== undefined) {
    const moment = typeof play === "string" ? await decodeMoment(play) : null;
    if (moment) return <FreePlay title={t("title")} start={moment} />;
    return (
      <EmptyState title={t("badLink.title")}>
        <p className="mb-4">{t("badLink.text")}</p>
        <LinkButton href="/playground">{t("badLink.action")}</LinkButton>
      </EmptyState>
    );
  }
  if (typeof scene === "string" && isSceneId(scene))
    return <FreePlay title={t(`scenes.${scene}.title`)} start={scene} />;
  const tours = await getTours();
  return (
    <>
      <PageHeader title={t("title")}>{t("intro")}</PageHeader>
      <section aria-labelledby="tours" className="mb-10">
        <h2 id="tours" className="mb-3 text-xl">
          {t("tours")}
        </h2>
        <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {tours.map(({ id, title, summary, steps }, n) => (
            <Choice
              key={id}
              href={`/playground/${id}`}
              title={`${n + 1}. ${title[locale]}`}
              text={summary[locale]}
              note={t("steps", { count: steps })}
            />
          ))}
        </ol>
      </section>
      <section aria-labelledby="free">
        <h2 id="free" className="text-xl">
          {t("free")}
        </h2>
        <p className="mb-3 text-ink-muted">{t("freeIntro")}</p>
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {SCENE_IDS.map((id) => (
            <Choice
              key={id}
              href={`/playground?scene=${id}`}
              title={t(`scenes.${id}.title`)}
              text={t(`scenes.${id}.text`)}
            />
          ))}
        </ul>
      </section>
    </>
  );
}

function FreePlay({ title, start }: { title: string; start: Parameters<typeof OpenPlayground>[0]["start"] }) {
  return (
    <>
      <PageHeader title={title} />
      <OpenPlayground key={typeof start === "string" ? start : JSON.stringify(start)} start={start} />
    </>
  );
}

function Choice({ href, title, text, note }: { href: string; title: string; text: string; note?: string }) {
  return (
    <li>
      <Link
        href={href}
        className="grid h-full content-start gap-1 rounded-card border border-line bg-raised p-4 shadow-raised hover:border-line-strong"
      >
        <span className="font-semibold text-lg">{title}</span>
        <span>{text}</span>
        {note ? <span className="text-ink-muted text-sm">{note}</span> : null}
      </Link>
    </li>
  );
}
