"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type Outcome, useCommand } from "#components/account/use-command.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { MAX_NEW_PER_DAY, type Settings } from "#lib/core/settings.ts";
import { Feedback } from "./feedback.tsx";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

type StudyChanges = Omit<Settings, "locale">;

/** When a day begins, how much is new on it, and how much of what was learned shall stay. */
export function StudySettings({
  settings,
  timeZones,
  costs,
  learned,
  action,
}: {
  settings: Settings;
  timeZones: string[];
  /** Minutes of review a day for each recall chance to choose from. */
  costs: RetentionCost[];
  /** Cards that the costs are computed from. */
  learned: number;
  action: (changes: StudyChanges) => Promise<Outcome>;
}) {
  const t = useTranslations("settings");
  const command = useCommand();
  const [saved, setSaved] = useState(false);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setSaved(false);
    command.run(
      () =>
        action({
          timeZone: String(data.get("timeZone")),
          dayStartHour: Number(data.get("dayStartHour")),
          // An empty field is no number, not none.
          newPerDay: Number(data.get("newPerDay") || Number.NaN),
          desiredRetention: Number(data.get("desiredRetention")),
        }),
      () => setSaved(true),
    );
  };
  return (
    <form
      ref={command.form}
      onSubmit={save}
      onChange={() => setSaved(false)}
      className="grid gap-6"
      noValidate
    >
      <SelectField
        label={t("timeZone")}
        name="timeZone"
        defaultValue={settings.timeZone}
        error={command.errorOf("timeZone")}
      >
        {timeZones.map((timeZone) => (
          <option key={timeZone} value={timeZone}>
            {timeZone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("dayStartHour")}
        hint={t("dayStartHourHint")}
        name="dayStartHour"
        defaultValue={settings.dayStartHour}
        error={command.errorOf("dayStartHour")}
      >
        {HOURS.map((hour) => (
          <option key={hour} value={hour}>
            {`${String(hour).padStart(2, "0")}:00`}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("newPerDay")}
        hint={t("newPerDayHint", { max: MAX_NEW_PER_DAY })}
        name="newPerDay"
        type="number"
        inputMode="numeric"
        min={0}
        max={MAX_NEW_PER_DAY}
        defaultValue={settings.newPerDay}
        error={command.errorOf("newPerDay", {
          "invalid-input": t("newPerDayError", { max: MAX_NEW_PER_DAY }),
        })}
      />
      <RetentionChoice chosen={settings.desiredRetention} costs={costs} learned={learned} />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="primary" pending={command.pending}>
          {command.pending ? t("saving") : t("save")}
        </Button>
        <Feedback done={saved ? t("saved") : undefined} error={command.errorOf()} />
      </div>
    </form>
  );
}

interface RetentionCost {
  retention: number;
  minutes: number;
}

/** Each recall chance with what it costs, so that nobody aims at 97 % without knowing. */
function RetentionChoice({
  chosen,
  costs,
  learned,
}: {
  chosen: number;
  costs: RetentionCost[];
  learned: number;
}) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const most = Math.max(...costs.map(({ minutes }) => minutes));
  const costOf = (minutes: number) =>
    t("minutesADay", {
      minutes: format.number(minutes, { maximumFractionDigits: minutes < 10 ? 1 : 0 }),
    });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{t("retention")}</legend>
      <p className="mb-1 text-ink-muted text-sm">{t("retentionHint")}</p>
      {costs.map(({ retention, minutes }) => (
        <label
          key={retention}
          className="grid min-h-11 cursor-pointer grid-cols-[auto_3.5rem_1fr_auto] items-center gap-3 rounded-lg border border-line px-4 hover:border-line-strong has-checked:border-pod has-checked:bg-pod-soft has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name="desiredRetention"
            value={retention}
            defaultChecked={retention === chosen}
            className="size-4 accent-pod outline-none"
          />
          <span className="font-semibold tabular-nums">
            {format.number(retention, { style: "percent", maximumFractionDigits: 1 })}
          </span>
          {learned > 0 ? (
            <>
              <svg
                aria-hidden="true"
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                className="h-1.5 w-full rounded-full"
              >
                <rect width={(minutes / most) * 100} height="6" className="fill-pod" />
              </svg>
              <span className="text-right text-sm tabular-nums">{costOf(minutes)}</span>
            </>
          ) : null}
        </label>
      ))}
      <p className="text-ink-muted text-sm">
        {learned > 0 ? t("retentionCost", { count: learned }) : t("retentionCostLater")}
      </p>
    </fieldset>
  );
}
