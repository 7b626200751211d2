"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ManifestEditor } from "#components/editor/manifest-editor.tsx";
import { SceneView } from "#components/tasks/scene-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useLoaded } from "#components/ui/use-loaded.ts";
import { useUnfolded } from "#components/ui/use-unfolded.ts";
import { hash } from "#lib/core/questions/index.ts";
import { ANSWER_LIMIT } from "#lib/core/tasks/task.ts";
import { Inline, SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";
import { useKeptText } from "./use-kept-text.ts";

export function Player({ item, locale, onAnswer, given, onChange, submit }: PlayerProps<"manifest">) {
  const t = useTranslations("task");
  const { start, scene, probes } = item.task;
  const [manifests, setManifests, forget] = useKeptText(
    `podshift.draft.${hash(JSON.stringify(item.task))}`,
    given?.manifests ?? start,
  );
  /** What was there before somebody started again. */
  const [dropped, setDropped] = useState<string | null>(null);
  const answer = answerOf(manifests);
  useDraft(answer, onChange);
  const give = (text: string) => {
    const given = answerOf(text);
    if (!given) return;
    forget();
    // The page is long; what came of it begins at its top.
    window.scrollTo({ top: 0 });
    onAnswer(given);
  };
  const replace = (text: string) => {
    setDropped(manifests);
    setManifests(text);
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        give(manifests);
      }}
    >
      <section aria-labelledby="tried" className="grid gap-1.5">
        <h2 id="tried" className="font-semibold">
          {t("tried")}
        </h2>
        <ol className="grid list-decimal gap-1 pl-6 marker:text-ink-muted">
          {probes.map(({ id, text }) => (
            <li key={id}>
              <Inline text={text} locale={locale} />
            </li>
          ))}
        </ol>
      </section>
      <SceneView scene={scene} />
      <section aria-labelledby="manifests" className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id="manifests" className="font-semibold">
            {t("manifests")}
          </h2>
          <div className="flex flex-wrap gap-1">
            {dropped === null ? null : (
              <Button size="sm" variant="quiet" onClick={() => replace(dropped)}>
                {t("bringBack")}
              </Button>
            )}
            <Button
              size="sm"
              variant="quiet"
              aria-disabled={manifests === start}
              onClick={() => manifests !== start && replace(start)}
            >
              {t("startAgain")}
            </Button>
          </div>
        </div>
        <ManifestEditor label={t("manifests")} value={manifests} onChange={setManifests} onSubmit={give} />
        <p role="status" className="font-medium text-sm text-wrong empty:hidden">
          {manifests.length > ANSWER_LIMIT
            ? t("tooLong", { count: manifests.length, limit: ANSWER_LIMIT })
            : null}
        </p>
      </section>
      <div>
        <SubmitButton disabled={answer === null} label={submit ?? t("submit")} />
      </div>
    </form>
  );
}

/** What a text is as an answer: null where it cannot be one. */
const answerOf = (manifests: string) =>
  manifests.trim() === "" || manifests.length > ANSWER_LIMIT ? null : { manifests };

const loadReview = () => import("#components/tasks/task-review.tsx");

/** Tried out again when it is looked at: in a long list of answers most are folded away. */
export function Review(props: ReviewProps<"manifest">) {
  const [place, isUnfolded] = useUnfolded<HTMLDivElement>();
  const loaded = useLoaded(isUnfolded && loadReview);
  return (
    <div ref={place}>
      {loaded && loaded !== "loading" ? (
        <loaded.TaskReview {...props} />
      ) : (
        // Of the height that it will about have: what is below does not jump.
        <Skeleton className="h-80" />
      )}
    </div>
  );
}
