import type { ReactNode } from "react";
import { ReloadOnSave } from "#components/author/reload-on-save.tsx";

/** Pages for authors: under `npm run dev` alone. */
export default function AuthorLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <ReloadOnSave />
      {children}
    </>
  );
}
