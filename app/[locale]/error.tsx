"use client";

import { useTranslations } from "next-intl";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/surface.tsx";

/** A bug was met while a page was made. What was answered is safe in the browser, and that is the first thing to say. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("failure");
  return (
    <Card className="mx-auto grid max-w-xl gap-5">
      <div role="alert" className="grid gap-2">
        <h1 className="text-2xl">{t("title")}</h1>
        <p className="text-ink-muted">{t("help")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={reset}>
          {t("retry")}
        </Button>
        <LinkButton href="/">{t("toToday")}</LinkButton>
      </div>
      {error.digest ? (
        <p className="font-mono text-ink-muted text-xs">{t("digest", { digest: error.digest })}</p>
      ) : null}
    </Card>
  );
}
