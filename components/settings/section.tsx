import type { ReactNode } from "react";

/** One subject of the settings: what it is about on the left, what can be done on the right. */
export function SettingsSection({
  title,
  intro,
  children,
}: {
  title: string;
  intro?: string;
  children: ReactNode;
}) {
  return (
    <section className="grid gap-4 border-line border-t py-8 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)] md:gap-10">
      <header className="grid content-start gap-1">
        <h2 className="text-lg">{title}</h2>
        {intro ? <p className="text-ink-muted text-sm">{intro}</p> : null}
      </header>
      <div className="grid max-w-xl content-start gap-6">{children}</div>
    </section>
  );
}
