"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ANSWER_LIMIT } from "#lib/core/tasks/task.ts";
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
      <textarea
        aria-label={t("manifest")}
        rows={20}
        spellCheck={false}
        maxLength={ANSWER_LIMIT}
        value={manifests}
        onChange={(event) => setManifests(event.target.value)}
        className="w-full rounded-lg border border-line-strong bg-raised px-3 py-2 font-mono text-sm"
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
