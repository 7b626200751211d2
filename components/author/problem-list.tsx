import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/surface.tsx";

interface Problem {
  rule: string;
  severity: "error" | "warning";
  file: string;
  line: number;
  message: string;
}

/** What the linter says, each with its place and the rule's name. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const t = useTranslations("author");
  if (problems.length === 0) return null;
  return (
    <ul className="grid gap-2 text-sm">
      {problems.map(({ rule, severity, file, line, message }) => (
        <li key={`${rule} ${file}:${line} ${message}`} className="grid gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={severity === "error" ? "wrong" : "warn"}>{t(`severity.${severity}`)}</Badge>
            <code className="text-ink-muted">
              {file}:{line}
            </code>
            <code className="text-ink-muted">{rule}</code>
          </span>
          <span lang="en">{message}</span>
        </li>
      ))}
    </ul>
  );
}
