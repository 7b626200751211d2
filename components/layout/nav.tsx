"use client";

import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Link, usePathname } from "#lib/i18n/navigation.ts";

/** Where one can go: address, name, and the lines of its icon on a ground of 20 by 20. */
const PLACES = [
  ["/", "today", "M3 5.5h14v11H3zM3 9h14M7 3.5v4M13 3.5v4"],
  ["/study", "study", "M3 7h10v10H3zM6.5 7V3.5H17V14h-4"],
  ["/quiz", "quiz", "M7 7.5a3 3 0 1 1 4.6 2.5c-1 .6-1.6 1.2-1.6 2.3M10 15.4v.2"],
  ["/playground", "lab", "M7.5 3v5L4 15a1.7 1.7 0 0 0 1.5 2.5h9A1.7 1.7 0 0 0 16 15l-3.5-7V3M6 3h8M6 12.5h8"],
  ["/banks", "banks", "M4 3.5v13M8 3.5v13M11.3 4.2l4.4 12.2"],
  ["/progress", "progress", "M3 17h14M5.5 13.5V10M10 13.5V6.5M14.5 13.5V3"],
] as const;

/** The places of the app: along the top where there is room, at the thumb where there is not. */
export function MainNav() {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("main")}
      className="fixed inset-x-0 bottom-0 z-10 border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:bg-transparent md:pb-0"
    >
      <ul className="mx-auto flex max-w-lg justify-between px-2 md:max-w-none md:justify-start md:gap-1 md:px-0">
        {PLACES.map(([href, name, icon]) => {
          const here = href === "/" ? pathname === "/" : pathname.startsWith(href);
          return (
            <li key={href} className="flex-1 md:flex-none">
              <Link
                href={href}
                aria-current={here ? "page" : undefined}
                className="flex min-h-14 flex-col items-center justify-center gap-0.5 border-transparent border-t-2 px-1 text-ink-muted text-xs hover:text-ink aria-[current=page]:border-pod aria-[current=page]:font-semibold aria-[current=page]:text-pod-ink md:min-h-10 md:rounded-lg md:border-0 md:px-3 md:text-sm md:aria-[current=page]:bg-pod-soft"
              >
                <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 md:hidden">
                  <path
                    d={icon}
                    fill="none"
                    strokeWidth="1.5"
                    strokeLinecap="round"
                    strokeLinejoin="round"
                    className="stroke-current"
                  />
                </svg>
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The same page in the other language. */
export function LanguageSwitch() {
  const t = useTranslations("nav");
  const locale = useLocale();
  const pathname = usePathname();
  const query = useSearchParams().toString();
  const other = locale === "ja" ? "en" : "ja";
  return (
    <HeaderLink
      href={query ? `${pathname}?${query}` : pathname}
      locale={other}
      lang={other}
      aria-label={t("otherLanguage")}
    >
      {other === "ja" ? "日本語" : "English"}
    </HeaderLink>
  );
}

/** One of the words at the end of the header. Narrow enough for three of them and the name on a phone. */
export function HeaderLink(props: ComponentProps<typeof Link>) {
  return (
    <Link
      className="inline-flex min-h-11 items-center whitespace-nowrap rounded-lg px-1.5 text-ink-muted text-sm hover:bg-sunken hover:text-ink sm:px-2.5"
      {...props}
    />
  );
}
