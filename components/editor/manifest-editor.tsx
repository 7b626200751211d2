"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useLoaded } from "#components/ui/use-loaded.ts";
import type { CodeEditor } from "./code-editor.ts";
import { ProblemList, type TellProblem } from "./problem-list.tsx";
import type { EditorProblem } from "./problems.ts";
import { usePlainText } from "./use-plain-text.ts";

const loadEditor = () => import("./code-editor.ts");
const loadProblems = () => import("./problems.ts");
/** A pause in typing after which a text is looked through. */
const PAUSE_MS = 600;

/**
 * Edits manifests, with completion and marks from the schema of what the cluster model knows. The editor proper comes when it is
 * loaded; until then, and always for those who want it so, the same text is in a plain field.
 */
export function ManifestEditor({
  value,
  onChange,
  label,
  onSubmit,
}: {
  value: string;
  onChange: (value: string) => void;
  /** Read out as the name of the field. */
  label: string;
  /** Called for Ctrl+Enter or ⌘+Enter with the text as it is then: `value` may be a moment behind. */
  onSubmit?: ((value: string) => void) | undefined;
}) {
  const t = useTranslations("editor");
  const help = useId();
  const [isPlain, setPlain] = usePlainText();
  const loaded = useLoaded(!isPlain && loadEditor);
  const checks = useLoaded(loadProblems);
  /** Whether an input method is at work: the field is not taken away from under it. */
  const [composing, setComposing] = useState(false);
  const [tabLeaves, setTabLeaves] = useState(false);
  const [problems, setProblems] = useState<readonly EditorProblem[] | null>(null);
  /** Whether the editor has taken the plain field's place. */
  const [isEditing, setEditing] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const canSubmit = onSubmit !== undefined;
  const module = isPlain || loaded === "loading" || composing ? null : loaded;

  const tell: TellProblem = (problem) =>
    problem.kind === "said" ? problem.message : t(`strays.${problem.kind}`);
  // What the editor calls, as it was last rendered.
  const latest = useRef({ value, onChange, onSubmit, t });
  useEffect(() => {
    latest.current = { value, onChange, onSubmit, t };
  });

  // Both fields are on the page for a moment, which nobody sees: focus and selection go from one to the other.
  useLayoutEffect(() => {
    const [parent, plain] = [host.current, field.current];
    if (!module || !parent || !plain) return;
    const { t } = latest.current;
    const hadFocus = document.activeElement === plain;
    parent.hidden = false;
    const made = module.createCodeEditor({
      parent,
      text: latest.current.value,
      selection: { from: plain.selectionStart, to: plain.selectionEnd },
      label,
      describedBy: help,
      words: { required: t("required"), usual: t("usual"), completions: t("completions") },
      onChange: (text) => latest.current.onChange(text),
      onSubmit: canSubmit ? (text) => latest.current.onSubmit?.(text) : undefined,
      onTabLeaves: setTabLeaves,
    });
    editor.current = made;
    if (hadFocus) made.focus();
    setEditing(true);
    return () => {
      editor.current = null;
      made.destroy();
      setEditing(false);
    };
  }, [module, label, help, canSubmit]);

  useEffect(() => editor.current?.setText(value), [value]);

  useEffect(() => {
    if (!checks || checks === "loading") return;
    const timer = setTimeout(() => setProblems(checks.problemsIn(value)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [checks, value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor is marked as well
  useEffect(() => {
    editor.current?.setMarks((problems ?? []).map((problem) => ({ ...problem, message: tell(problem) })));
  }, [problems, isEditing]);

  const goTo = ({ from, to }: EditorProblem) => {
    if (editor.current) return editor.current.select(from, to);
    field.current?.focus();
    field.current?.setSelectionRange(from, to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit?.(value);
  };

  return (
    <div className="grid gap-2">
      <div ref={host} hidden={!isEditing} />
      {isEditing ? null : (
        <textarea
          ref={field}
          aria-label={label}
          aria-describedby={help}
          rows={16}
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          className="w-full rounded-lg border border-line-strong bg-raised px-3 py-2 font-mono text-[0.9375rem] leading-[1.6]"
        />
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 text-ink-muted text-sm">
        <p id={help} className="min-w-0 flex-1 basis-60 py-1.5">
          {isEditing ? t(tabLeaves ? "tabLeaves" : "tabIndents") : t("tabMovesOn")}{" "}
          {onSubmit ? t("submits") : null}
        </p>
        <Button
          size="sm"
          aria-pressed={isPlain}
          className="aria-pressed:border-pod aria-pressed:bg-pod-soft aria-pressed:text-pod-ink"
          onClick={() => setPlain(!isPlain)}
        >
          {t("plainText")}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {tabLeaves ? t("tabLeaves") : null}
      </p>
      <ProblemList
        problems={problems}
        tell={tell}
        onGoTo={goTo}
        onRepair={
          checks && checks !== "loading"
            ? () => onChange(checks.withoutStrays(latest.current.value))
            : undefined
        }
      />
    </div>
  );
}
