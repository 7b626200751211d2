import { useFormatter, useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { SendAgain, type SendAgainAction } from "./send-again.tsx";

/** Letters that were given up. Shows nothing where all went out. */
export function FailedReminders({
  teamId,
  failed,
  sendAgain,
}: {
  teamId: string;
  failed: readonly {
    id: string;
    name: string | null;
    email: string | null;
    /** `YYYY-MM-DD` */
    day: string;
    kinds: readonly ("overdue" | "dueSoon" | "assigned" | "weekly" | "cardsDue")[];
    attempts: number;
    error: string;
  }[];
  sendAgain: SendAgainAction;
}) {
  const t = useTranslations("reminders.failed");
  const format = useFormatter();
  if (failed.length === 0) return null;
  return (
    <section className="mb-8 grid gap-4 rounded-card border border-wrong/40 bg-wrong-soft p-4 sm:p-6">
      <div className="grid gap-1">
        <h2 className="text-lg">{t("title", { count: failed.length })}</h2>
        <p className="max-w-prose text-sm">{t("intro")}</p>
      </div>
      <ScrollArea label={t("table")}>
        <table className="w-full min-w-xl border-collapse text-left text-sm">
          <thead>
            <tr className="border-line-strong border-b">
              {(["person", "day", "about", "reason", "action"] as const).map((column) => (
                <th key={column} scope="col" className="py-2 pr-4 font-semibold">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {failed.map(({ id, name, email, day, kinds, attempts, error }) => (
              <tr key={id} className="border-line border-b align-top last:border-0">
                <th scope="row" className="py-2 pr-4 font-medium">
                  {name ?? email}
                  {name ? <span className="block font-normal text-ink-muted">{email}</span> : null}
                </th>
                <td className="whitespace-nowrap py-2 pr-4 tabular-nums">
                  {format.dateTime(new Date(day), { dateStyle: "medium", timeZone: "UTC" })}
                </td>
                <td className="py-2 pr-4">{kinds.map((kind) => t(`kinds.${kind}`)).join(t("and"))}</td>
                <td className="py-2 pr-4">
                  {t("why", { attempts })} <code className="font-mono">{error}</code>
                </td>
                <td className="py-2">
                  <SendAgain teamId={teamId} mailId={id} name={name ?? email ?? ""} action={sendAgain} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
}
