"use client";

import { useTranslations } from "next-intl";
import { Link, usePathname } from "#lib/i18n/navigation.ts";

/** The pages of a team, of those that the viewer may see. On a phone they scroll sideways. */
export function TeamTabs({ teamId, tabs }: { teamId: string; tabs: { segment: string; label: string }[] }) {
  const t = useTranslations("teams");
  const pathname = usePathname();
  const root = `/teams/${teamId}`;
  return (
    <nav
      aria-label={t("pages")}
      className="-mx-4 mb-6 overflow-x-auto border-line border-b px-4 print:hidden"
    >
      <ul className="flex gap-1">
        {tabs.map(({ segment, label }) => {
          const href = segment ? `${root}/${segment}` : root;
          const here = pathname === href || (segment !== "" && pathname.startsWith(`${href}/`));
          return (
            <li key={segment}>
              <Link
                href={href}
                aria-current={here ? "page" : undefined}
                ref={here ? showFromTheStart : undefined}
                className="inline-flex min-h-11 items-center whitespace-nowrap border-transparent border-b-2 px-3 text-ink-muted text-sm hover:text-ink aria-[current=page]:border-pod aria-[current=page]:font-semibold aria-[current=page]:text-pod-ink"
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The page one is on may be beyond the edge of a small screen. */
function showFromTheStart(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
