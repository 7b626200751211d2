"use client";

import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Link, usePathname } from "#lib/i18n/navigation.ts";

const PLACES = [
  ["/", "today"],
  ["/study", "study"],
  ["/quiz", "quiz"],
  ["/banks", "banks"],
  ["/progress", "progress"],
] as const;

/** The five places of the app: along the top where there is room, at the thumb where there is not. */
export function MainNav() {
  const t = useTranslations("nav");
  const pathname = usePathname();
  return (
    <nav
      aria-label={t("main")}
      className="fixed inset-x-0 bottom-0 z-10 border-line border-t bg-raised pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:bg-transparent md:pb-0"
    >
      <ul className="mx-auto flex max-w-lg justify-between px-2 md:max-w-none md:justify-start md:gap-1 md:px-0">
        {PLACES.map(([href, name]) => {
          const here = href === "/" ? pathname === "/" : pathname.startsWith(href);
          return (
            <li key={href} className="flex-1 md:flex-none">
              <Link
                href={href}
                aria-current={here ? "page" : undefined}
                className="flex min-h-14 items-center justify-center border-transparent border-t-2 px-1 text-ink-muted text-sm hover:text-ink aria-[current=page]:border-pod aria-[current=page]:font-semibold aria-[current=page]:text-pod-ink md:min-h-10 md:rounded-lg md:border-0 md:px-3 md:aria-[current=page]:bg-pod-soft"
              >
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
    <Link
      href={query ? `${pathname}?${query}` : pathname}
      locale={other}
      lang={other}
      aria-label={t("otherLanguage")}
      className="inline-flex min-h-11 items-center rounded-lg px-2.5 text-ink-muted text-sm hover:bg-sunken hover:text-ink"
    >
      {other === "ja" ? "日本語" : "English"}
    </Link>
  );
}
