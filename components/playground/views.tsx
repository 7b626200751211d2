import { useTranslations } from "next-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import type { Cluster, Event } from "#lib/core/cluster/index.ts";
import type { Card, Drawing, Line } from "./layout.ts";
import { age, differences, objectOf, type Table, tablesOf } from "./tables.ts";

/** The same cluster without a drawing: as sentences, as tables, and by what it said. */

const CELL = "whitespace-nowrap px-3 py-1.5 text-start align-top";

/** Everything in a drawing, in its order. */
export function AsText({ drawing, id }: { drawing: Drawing; id: string }) {
  const t = useTranslations("playground");
  const { items } = drawing;
  const letters = new Map(
    items.flatMap((item) => (item.type === "card" && item.token ? [[item.token, item]] : [])),
  );
  const pods = items.filter((item) => item.type === "pod");
  const inside = (box: { x: number; y: number; width: number; height: number }) =>
    pods.filter(({ x, y }) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height);
  const line = ({ text, mark, aside }: Line) => {
    const words =
      typeof text === "string" ? text : t(`lines.${text.say}`, { count: text.count, of: text.of ?? 0 });
    if (aside) return `${words} ${aside}`;
    return mark ? `${words} (${t(mark === "yes" ? "words.ready" : "words.notReady")})` : words;
  };
  const podItem = (pod: (typeof pods)[number]) => {
    const services = pod.tokens.map(({ letter, ready }) =>
      t(ready ? "words.receives" : "words.listed", { service: nameOf(letters.get(letter)) }),
    );
    return (
      <li key={pod.id}>
        Pod <code>{pod.name}</code>: {[pod.address, pod.state, ...services].join(t("words.and"))}
      </li>
    );
  };
  const housed = new Set(items.flatMap((item) => (item.type === "node" ? inside(item) : [])));
  const homeless = pods.filter((pod) => !housed.has(pod));
  return (
    <ul id={id} className="grid list-disc gap-1.5 ps-5 text-sm">
      {items.map((item) => {
        if (item.type === "zone")
          return (
            <li key={item.id} className="font-semibold">
              {t(`zones.${item.zone}`)} {item.notes.join(t("words.and"))}
            </li>
          );
        if (item.type === "card") return <li key={item.id}>{item.lines.map(line).join(t("words.and"))}</li>;
        if (item.type === "pod") return null;
        return (
          <li key={item.id}>
            {t("words.node", { name: item.name })}:{" "}
            {[item.address, item.status, ...(item.down ? [t("words.down")] : [])].join(t("words.and"))}
            <ul className="grid list-[circle] gap-1 ps-5">{inside(item).map(podItem)}</ul>
          </li>
        );
      })}
      {homeless.length > 0 ? (
        <li>
          {t("words.noNode")}
          <ul className="grid list-[circle] gap-1 ps-5">{homeless.map(podItem)}</ul>
        </li>
      ) : null}
    </ul>
  );
}

const nameOf = (card: Card | undefined): string => {
  const text = card?.lines[0]?.text;
  return typeof text === "string" ? text : "";
};

/** The cluster as kubectl prints it. What is new since the moment before is marked. */
export function AsTables({ cluster, before }: { cluster: Cluster; before: Cluster | undefined }) {
  const t = useTranslations("playground");
  const tables = tablesOf(cluster);
  const found = before ? differences(tablesOf(before), tables) : [];
  return (
    <div className="grid gap-5">
      {tables.map((table) => (
        <OneTable
          key={table.command}
          table={table}
          caption={
            table.command.startsWith("kubectl") ? table.command : t(`tables.${table.command as "machines"}`)
          }
          isNew={(id, column) =>
            found.some(
              (one) =>
                one.id === id &&
                (one.what === "appears" || (one.what === "changes" && one.column === column)),
            )
          }
        />
      ))}
    </div>
  );
}

function OneTable({
  table,
  caption,
  isNew,
}: {
  table: Table;
  caption: string;
  isNew: (id: string, column: string) => boolean;
}) {
  const t = useTranslations("playground");
  return (
    <ScrollArea label={caption} className="rounded-lg border border-line">
      <table className="w-full text-sm">
        <caption className="px-3 py-2 text-start font-mono text-ink-muted">{caption}</caption>
        <thead className="border-line border-y bg-sunken text-xs">
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col" className={CELL}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="font-mono">
          {table.rows.map(({ id, cells }) => (
            <tr key={id} className="border-line border-b last:border-0">
              {table.columns.map((column, n) => (
                <td key={column} className={CELL}>
                  {isNew(id, column) ? (
                    <mark className="rounded-sm bg-warn-soft px-1 font-semibold text-warn">
                      <span className="sr-only">{t("tables.new")} </span>
                      {cells[n]}
                    </mark>
                  ) : (
                    cells[n]
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** Events that are listed; kubectl forgets old ones too. */
const EVENTS_SHOWN = 40;

/** What the cluster said, as `kubectl get events` shows it, the newest first. */
export function Events({ cluster, fresh }: { cluster: Cluster; fresh: readonly Event[] }) {
  const t = useTranslations("playground.events");
  const events = cluster.events.slice(-EVENTS_SHOWN).toReversed();
  const isFresh = new Set(fresh);
  return (
    <ScrollArea label={t("title")} className="max-h-72 rounded-lg border border-line">
      <table className="w-full text-xs">
        <caption className="px-3 py-2 text-start font-mono text-ink-muted">kubectl get events -A</caption>
        <thead className="border-line border-y bg-sunken">
          <tr>
            {["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"].map((column) => (
              <th key={column} scope="col" className={CELL}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="font-mono">
          {events.map((event, n) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a cluster may say the same twice
              key={cluster.events.length - n}
              className={`border-line border-b last:border-0 ${isFresh.has(event) ? "bg-warn-soft" : ""}`}
            >
              <td className={CELL}>
                {isFresh.has(event) ? <span className="sr-only">{t("new")} </span> : null}
                {age(cluster.time - event.time)}
              </td>
              <td className={`${CELL} ${event.type === "Warning" ? "font-semibold text-wrong" : ""}`}>
                {event.type}
              </td>
              <td className={CELL}>{event.reason}</td>
              <td className={CELL}>{objectOf(event)}</td>
              <td className={CELL}>{event.message}</td>
            </tr>
          ))}
          {events.length === 0 ? (
            <tr>
              <td colSpan={5} className={CELL}>
                {t("none")}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </ScrollArea>
  );
}
