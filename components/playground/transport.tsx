import { useTranslations } from "next-intl";
import type { Ref } from "react";
import { Button } from "#components/ui/button.tsx";
import { InlineMarkdown } from "#components/ui/markdown.tsx";
import type { Player } from "./use-play.ts";

/** What there is to see now, and the keys of time. It stays in sight while the drawing is scrolled. */
export function Transport({
  player,
  told,
  stepOn,
}: {
  player: Player;
  told: string;
  /** The key that steps on. */
  stepOn?: Ref<HTMLButtonElement> | undefined;
}) {
  const t = useTranslations("playground.time");
  const { at, frames, running, goTo, toggle } = player;
  const last = frames.length - 1;
  return (
    <section
      aria-label={t("label")}
      className="sticky bottom-18 z-[1] grid gap-2 rounded-card border border-line bg-raised p-3 shadow-raised md:bottom-2 @4xl:top-2 @4xl:bottom-auto @4xl:-order-1"
    >
      <p role="status" className="min-h-12 text-sm leading-6" data-testid="now">
        <span className="me-2 inline-block rounded-full bg-sunken px-2 text-ink-muted text-xs tabular-nums leading-5">
          <span className="sr-only">{t("moment", { at: at + 1, count: last + 1 })}</span>
          <span aria-hidden="true">
            {at + 1} / {last + 1}
          </span>
        </span>
        <InlineMarkdown>{told}</InlineMarkdown>
      </p>
      <div className="flex items-center gap-1 sm:gap-2">
        <Key label={t("start")} off={at === 0} onClick={() => goTo(0)}>
          M4 4v12M16 4l-9 6 9 6z
        </Key>
        <Key label={t("back")} off={at === 0} onClick={() => goTo(at - 1)} data-back="">
          M14 4l-9 6 9 6z
        </Key>
        <Key label={running ? t("pause") : t("play")} off={last === 0} onClick={toggle}>
          {running ? "M6 4v12M14 4v12" : "M5 3.5v13L16 10z"}
        </Key>
        <Key label={t("on")} off={at === last} onClick={() => goTo(at + 1)} ref={stepOn} data-on="">
          M6 4l9 6-9 6z
        </Key>
        <Key label={t("end")} off={at === last} onClick={() => goTo(last)} data-end="">
          M16 4v12M4 4l9 6-9 6z
        </Key>
        <input
          type="range"
          aria-label={t("slider")}
          aria-valuetext={t("moment", { at: at + 1, count: last + 1 })}
          min={0}
          max={Math.max(last, 1)}
          disabled={last === 0}
          value={at}
          onChange={(event) => goTo(Number(event.target.value))}
          className="h-11 min-w-12 flex-1 accent-pod"
        />
      </div>
    </section>
  );
}

/** A key that keeps the focus when there is nothing left for it to do. */
function Key({
  label,
  off,
  onClick,
  children,
  ...props
}: {
  label: string;
  off: boolean;
  onClick: () => void;
  children: string;
  /** By which tests find it in any language. */
  ref?: Ref<HTMLButtonElement> | undefined;
  "data-on"?: "";
  "data-back"?: "";
  "data-end"?: "";
}) {
  return (
    <Button
      size="sm"
      aria-label={label}
      title={label}
      pending={off}
      onClick={onClick}
      className="min-h-11 min-w-11 px-0"
      {...props}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5">
        <path
          d={children}
          strokeWidth="1.8"
          strokeLinejoin="round"
          strokeLinecap="round"
          className="fill-current stroke-current"
        />
      </svg>
    </Button>
  );
}
