"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ManifestEditor } from "#components/editor/manifest-editor.tsx";
import { SubmitButton } from "./parts.tsx";
import type { PlayerProps, ReviewProps } from "./types.ts";
import { useDraft } from "./use-draft.ts";

export function Player({ item, onAnswer, given, onChange, submit }: PlayerProps<"manifest">) {
  const t = useTranslations("kinds");
  const [manifests, setManifests] = useState(given?.manifests ?? item.task.start);
  const answer = manifests.trim() === "" ? null : { manifests };
  useDraft(answer, onChange);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) onAnswer(answer);
      }}
    >
      <ManifestEditor
        label={t("manifest")}
        value={manifests}
        onChange={setManifests}
        onSubmit={() => answer && onAnswer(answer)}
      />
      <SubmitButton disabled={answer === null} label={submit} />
    </form>
  );
}

export function Review({ item, answer }: ReviewProps<"manifest">) {
  return (
    <div className="grid gap-3">
      {[answer.manifests, item.solution].map((manifests) => (
        <pre key={manifests} className="overflow-x-auto rounded-lg border border-line px-4 py-3 text-sm">
          {manifests}
        </pre>
      ))}
    </div>
  );
}
