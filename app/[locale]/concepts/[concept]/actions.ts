"use server";

import { getLocale } from "next-intl/server";
import { redirect } from "#lib/i18n/navigation.ts";
import { action } from "#lib/server/action.ts";
import { readLesson, readLessonSchema } from "#lib/server/commands/mark-lessons.ts";

const markRead = action(readLessonSchema, (viewer, input) => readLesson(viewer, input, Date.now()));

/** The form of a concept page, which works without JavaScript too: marks the lesson and shows the page again. */
export async function readLessonAction(form: FormData): Promise<void> {
  const conceptId = String(form.get("conceptId"));
  await markRead({ conceptId });
  redirect({ href: `/concepts/${encodeURIComponent(conceptId)}`, locale: await getLocale() });
}
