import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import type { EditorProblem } from "./problems.ts";

/** What is said of a problem, in the reader's language where it is ours to say. */
export type TellProblem = (problem: EditorProblem) => string;

/** More at once are no help. */
const TOLD = 5;

/** What is wrong with a text, in words; read out when it changes. */
export function ProblemList({
  problems,
  tell,
  onGoTo,
  onRepair,
}: {
  /** Null while nobody has looked yet. */
  problems: readonly EditorProblem[] | null;
  tell: TellProblem;
  onGoTo: (problem: EditorProblem) => void;
  /** Puts what was meant in place of characters that only look like it. */
  onRepair?: (() => void) | undefined;
}) {
  const t = useTranslations("editor");
  const told = problems?.slice(0, TOLD) ?? [];
  return (
    <div className="grid justify-items-start gap-2 text-sm">
      <div role="status" data-testid="editor-problems" className="w-full">
        {problems === null ? null : problems.length === 0 ? (
          <p className="text-ink-muted">
            <span aria-hidden="true">✓</span> {t("noProblems")}
          </p>
        ) : (
          <>
            <p className="sr-only">{t("problems", { count: problems.length })}</p>
            <ul className="grid gap-1">
              {told.map((problem) => (
                <li key={`${problem.from} ${tell(problem)}`}>
                  <ProblemLine problem={problem} words={tell(problem)} onGoTo={onGoTo} />
                </li>
              ))}
            </ul>
            {problems.length > TOLD ? (
              <p className="pt-1 text-ink-muted">{t("more", { count: problems.length - TOLD })}</p>
            ) : null}
          </>
        )}
      </div>
      {onRepair && problems?.some(({ kind }) => kind !== "said") ? (
        <Button size="sm" onClick={onRepair}>
          {t("repair")}
        </Button>
      ) : null}
    </div>
  );
}

const TONES = {
  error: { symbol: "✕", className: "bg-wrong-soft text-wrong" },
  warning: { symbol: "!", className: "bg-warn-soft text-warn" },
};

function ProblemLine({
  problem,
  words,
  onGoTo,
}: {
  problem: EditorProblem;
  words: string;
  onGoTo: (problem: EditorProblem) => void;
}) {
  const t = useTranslations("editor");
  const { symbol, className } = TONES[problem.severity];
  return (
    <button
      type="button"
      onClick={() => onGoTo(problem)}
      className={`grid min-h-9 w-full grid-cols-[1.25rem_auto_1fr] items-baseline gap-2 rounded-lg px-3 py-1.5 text-left hover:underline ${className}`}
    >
      <span aria-hidden="true" className="text-center font-bold">
        {symbol}
      </span>
      <span className="whitespace-nowrap font-medium tabular-nums">
        <span className="sr-only">{t(problem.severity)} </span>
        {t("line", { line: problem.line })}
      </span>
      {/* The API server's own words are English in any language. */}
      <span lang={problem.kind === "said" ? "en" : undefined} className="min-w-0 break-words text-ink">
        {words}
      </span>
    </button>
  );
}
