import { useTranslations } from "next-intl";
import type { ReactNode, Ref } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card, Kbd } from "#components/ui/surface.tsx";

/** The lesson of a concept as a step of a session: before its first cards, or once more when asked for. */
export function LessonStep({
  title,
  heading,
  again,
  onLeave,
  children,
}: {
  title: string;
  heading: Ref<HTMLHeadingElement>;
  /** Whether it was opened from a card, which waits behind it. */
  again: boolean;
  onLeave: (skipped: boolean) => void;
  /** The lesson itself, set on the server. */
  children: ReactNode;
}) {
  const t = useTranslations("lesson");
  return (
    <>
      <div data-testid="lesson">
        <Card as="article">
          <h1 ref={heading} tabIndex={-1} className="mb-2 text-2xl outline-none">
            {title}
          </h1>
          {children}
        </Card>
      </div>
      <div className="sticky bottom-18 flex gap-2 rounded-card border border-line bg-raised p-2 shadow-raised md:bottom-4">
        <Button variant="primary" className="flex-1" data-next="" onClick={() => onLeave(false)}>
          {again ? t("back") : t("done")} <Kbd>Enter</Kbd>
        </Button>
        {again ? null : (
          <Button variant="quiet" onClick={() => onLeave(true)}>
            {t("skip")} <Kbd>S</Kbd>
          </Button>
        )}
      </div>
    </>
  );
}
