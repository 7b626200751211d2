"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/field.tsx";

/** Where a team's days end. */
export function TimeZoneField({
  chosen,
  timeZones,
  error,
}: {
  chosen: string;
  timeZones: string[];
  error: string | undefined;
}) {
  const t = useTranslations("teams");
  return (
    <SelectField
      label={t("timeZone")}
      hint={t("timeZoneHint")}
      name="timeZone"
      defaultValue={chosen}
      error={error}
    >
      {timeZones.map((timeZone) => (
        <option key={timeZone} value={timeZone}>
          {timeZone.replaceAll("_", " ")}
        </option>
      ))}
    </SelectField>
  );
}
