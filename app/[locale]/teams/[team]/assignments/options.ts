import type { AssignmentOptions } from "#components/assignments/assignment-form.tsx";
import type { Locale } from "#lib/core/questions/index.ts";
import { dayOf } from "#lib/core/scheduling/index.ts";
import type { AssignmentChoices } from "#lib/server/queries/assignments.ts";

/** What the form of an assignment offers, in the reader's language. */
export function optionsFor(
  { timeZone, areas, banks, groups, people, learners }: AssignmentChoices,
  { now, locale, unnamed }: { now: number; locale: Locale; unnamed: string },
): AssignmentOptions {
  return {
    today: dayOf(now, { timeZone, dayStartHour: 0 }),
    areas: areas.map(({ id, title, concepts }) => ({
      id,
      title: title[locale],
      concepts: concepts.map((concept) => ({ ...concept, title: concept.title[locale] })),
    })),
    banks: banks.map(({ id, title, concepts }) => ({ id, title: title[locale], concepts })),
    groups,
    people: people.map(({ id, name, email }) => ({ id, name: name ?? email ?? unnamed })),
    learners,
  };
}
