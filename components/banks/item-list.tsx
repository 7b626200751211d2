"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { useSync } from "#components/study/sync-context.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Kind, Text } from "#lib/core/questions/index.ts";
import { type CardMemory, NEW_MEMORY } from "#lib/core/scheduling/memory.ts";
import { useRouter } from "#lib/i18n/navigation.ts";
import { CardState } from "./card-state.tsx";

interface ListedItem {
  id: string;
  kind: Kind;
  difficulty: number;
  title: Text;
  memory: CardMemory;
}

/** Questions with the state of each card, which can be suspended, taken up again, or started over. */
export function ItemList({
  items,
  now,
  mayChange,
}: {
  items: ListedItem[];
  now: number;
  mayChange: boolean;
}) {
  const t = useTranslations("banks");
  const kinds = useTranslations("kinds");
  const locale = useLocale();
  const router = useRouter();
  const { record } = useSync();
  // What was changed here shows at once; the server has it a moment later.
  const [changed, setChanged] = useState<Record<string, CardMemory>>({});

  const change = (item: ListedItem, memory: CardMemory, type: "suspend" | "unsuspend" | "reset") => {
    setChanged((before) => ({ ...before, [item.id]: memory }));
    void record({ id: uuidv7(), type, itemId: item.id, at: Date.now() }).then(() => router.refresh());
  };

  return (
    <ul className="grid gap-2">
      {items.map((item) => {
        const memory = changed[item.id] ?? item.memory;
        return (
          <li
            key={item.id}
            className="grid gap-2 rounded-lg border border-line bg-raised px-4 py-3 sm:grid-cols-[1fr_auto] sm:items-center"
          >
            <div>
              <p>{item.title[locale]}</p>
              <p className="mt-1 flex flex-wrap items-center gap-2 text-ink-muted text-sm">
                <CardState memory={memory} now={now} />
                {kinds(item.kind)} · {t("difficulty", { level: item.difficulty })}
              </p>
            </div>
            {mayChange && (memory.state !== "new" || memory.suspended) ? (
              <div className="flex gap-1">
                <Button
                  size="sm"
                  variant="quiet"
                  onClick={() =>
                    change(
                      item,
                      { ...memory, suspended: !memory.suspended },
                      memory.suspended ? "unsuspend" : "suspend",
                    )
                  }
                >
                  {memory.suspended ? t("takeUp") : t("suspend")}
                </Button>
                {memory.state !== "new" ? (
                  <Button size="sm" variant="quiet" onClick={() => change(item, NEW_MEMORY, "reset")}>
                    {t("reset")}
                  </Button>
                ) : null}
              </div>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
