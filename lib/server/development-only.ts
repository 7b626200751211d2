import "server-only";
import { notFound } from "next/navigation";

/** Said first in a page or route for developers and authors: outside of `npm run dev` there is no such address. */
export function developmentOnly(): void {
  if (process.env.NODE_ENV !== "development") notFound();
}
