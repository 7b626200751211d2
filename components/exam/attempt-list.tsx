import { useFormatter, useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Badge } from "#components/ui/surface.tsx";
import { Link } from "#lib/i18n/navigation.ts";

interface Attempt {
  number: number;
  startedAt: number;
  endedAt: number;
  timeUp: boolean;
  right: number;
  items: number;
  score: number;
  passed: boolean;
}

/** The attempts that have ended, with the way to their questions where those may be read. */
export function AttemptList({
  assignmentId,
  attempts,
  mayReview,
  timeZone,
}: {
  assignmentId: string;
  attempts: readonly Attempt[];
  mayReview: boolean;
  timeZone: string;
}) {
  const t = useTranslations("exam");
  const format = useFormatter();
  const head = "px-3 py-2 text-start font-semibold";
  const cell = "px-3 py-2";
  return (
    <ScrollArea label={t("attempts")} className="rounded-lg border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">{t("attempts")}</caption>
        <thead className="bg-sunken">
          <tr>
            <th scope="col" className={head}>
              {t("attempt")}
            </th>
            <th scope="col" className={head}>
              {t("score")}
            </th>
            <th scope="col" className={head}>
              {t("result")}
            </th>
            {mayReview ? (
              <th scope="col" className={head}>
                {t("questions")}
              </th>
            ) : null}
            <th scope="col" className={head}>
              {t("when")}
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ number, startedAt, endedAt, timeUp, right, items, score, passed }) => (
            <tr key={number} className="border-line border-t">
              <th scope="row" className="px-3 py-2 text-start font-medium tabular-nums">
                {number}
              </th>
              <td className={`${cell} tabular-nums`}>
                {t("scoreOf", { share: format.number(score, { style: "percent" }), right, count: items })}
              </td>
              <td className={cell}>
                <Badge tone={passed ? "good" : "wrong"}>{passed ? t("passed") : t("notPassed")}</Badge>
              </td>
              {mayReview ? (
                <td className={cell}>
                  <Link
                    href={`/exams/${assignmentId}/${number}`}
                    className="inline-flex min-h-6 items-center whitespace-nowrap text-pod-ink underline underline-offset-4"
                    aria-label={t("reviewAttempt", { number })}
                  >
                    {t("review")}
                  </Link>
                </td>
              ) : null}
              <td className={`${cell} whitespace-nowrap`}>
                {format.dateTime(new Date(startedAt), { dateStyle: "medium", timeStyle: "short", timeZone })}
                <span className="text-ink-muted">
                  {" "}
                  · {t("took", { minutes: Math.max(1, Math.round((endedAt - startedAt) / 60_000)) })}
                  {timeUp ? ` · ${t("timeUp")}` : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
