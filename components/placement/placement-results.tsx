import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card, Meter } from "#components/ui/surface.tsx";
import type { Locale, Text } from "#lib/core/questions/index.ts";
import { Link } from "#lib/i18n/navigation.ts";

interface Concept {
  id: string;
  areaId: string;
  title: Text;
  cardIds: string[];
}

/** What a placement found: how much of each area seems known, what comes next, and the way back. */
export function PlacementResults({
  areas,
  concepts,
  known,
  asked,
  undone,
  locale,
  heading,
  onUndo,
}: {
  areas: { id: string; title: Text }[];
  /** In teaching order. */
  concepts: Concept[];
  known: ReadonlySet<string>;
  asked: { id: string; right: boolean }[];
  undone: boolean;
  locale: Locale;
  heading: Ref<HTMLHeadingElement>;
  onUndo: () => void;
}) {
  const t = useTranslations("placement");
  const title = new Map(concepts.map((concept) => [concept.id, concept.title[locale]]));
  const next = concepts.find(({ id, cardIds }) => !known.has(id) && cardIds.length > 0);
  if (undone) {
    return (
      <Card className="mx-auto grid max-w-2xl gap-4">
        <div role="status" className="grid gap-1">
          <h1 className="text-2xl">{t("undone")}</h1>
          <p className="text-ink-muted">{t("undoneHelp")}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <LinkButton href="/study" variant="primary">
            {t("study")}
          </LinkButton>
          <LinkButton href="/">{t("toToday")}</LinkButton>
        </div>
      </Card>
    );
  }
  return (
    <div data-testid="placement-results" className="mx-auto grid max-w-2xl gap-4">
      <Card className="grid gap-6">
        <div>
          <h1 ref={heading} tabIndex={-1} className="mb-1 text-2xl outline-none">
            {t("results")}
          </h1>
          <p className="text-ink-muted">{known.size > 0 ? t("resultsHelp") : t("resultsNone")}</p>
        </div>
        <ul className="grid gap-4 sm:grid-cols-2">
          {areas.map((area) => {
            const own = concepts.filter(({ areaId }) => areaId === area.id);
            const share = own.filter(({ id }) => known.has(id)).length;
            const text = t("areaKnown", { known: share, count: own.length });
            return own.length === 0 ? null : (
              <li key={area.id} className="grid content-start gap-1">
                <span className="font-medium">{area.title[locale]}</span>
                <Meter value={share / own.length} label={text} />
                <span className="text-ink-muted text-sm">{text}</span>
              </li>
            );
          })}
        </ul>
        <div className="border-line border-t pt-5">
          <h2 className="mb-1 font-semibold">{t("next")}</h2>
          {next ? (
            <p>
              <Link
                href={`/concepts/${next.id}`}
                className="underline decoration-line underline-offset-4 hover:text-pod-ink"
              >
                {next.title[locale]}
              </Link>
            </p>
          ) : (
            <p className="text-ink-muted">{t("nothingNext")}</p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          <LinkButton href="/study" variant="primary">
            {t("study")}
          </LinkButton>
          {known.size > 0 ? (
            <Button variant="quiet" onClick={onUndo}>
              {t("undo")}
            </Button>
          ) : null}
        </div>
      </Card>
      {asked.length > 0 ? (
        <Card>
          <h2 className="mb-3 text-lg">{t("asked")}</h2>
          <ol className="grid gap-2">
            {asked.map(({ id, right }) => (
              <li key={id} className="grid grid-cols-[1.5rem_1fr] gap-x-1">
                <span aria-hidden="true" className={right ? "text-good" : "text-wrong"}>
                  {right ? "✓" : "✕"}
                </span>
                <span>
                  <span className="sr-only">{right ? t("right") : t("wrong")}: </span>
                  <Link
                    href={`/concepts/${id}`}
                    className="underline decoration-line underline-offset-4 hover:text-pod-ink"
                  >
                    {title.get(id)}
                  </Link>
                </span>
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
    </div>
  );
}
