"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useLoaded } from "#components/ui/use-loaded.ts";
import type { Moment } from "#lib/core/playground/index.ts";
import type { Text } from "#lib/core/questions/index.ts";
import type { SceneId } from "./scene-ids.ts";
import type { TourPlace, TourPlayed } from "./tour-screen.tsx";

// The cluster model and its screens are large, and run in the browser alone: they come when they are needed.
const loadScreens = () => import("./screens.ts");

/** A cluster to try things on: from a link, or one of ours. */
export function OpenPlayground({ start }: { start: Moment | SceneId }) {
  const screens = useLoaded(loadScreens);
  if (screens === null || screens === "loading") return <Waiting />;
  const { Playground, SCENES } = screens;
  return (
    <Playground
      moment={typeof start === "string" ? { play: { scene: SCENES[start], deeds: [] }, at: 0 } : start}
    />
  );
}

/** A tour as a page of its own. Its address follows it, so that a reload comes back to the same place. */
export function OpenTour({ tour, place }: { tour: TourPlayed; place: TourPlace }) {
  const screens = useLoaded(loadScreens);
  const remember = useCallback(({ step }: TourPlace) => {
    const url = new URL(window.location.href);
    const before = url.search;
    url.search = step === 0 ? "" : `?step=${step + 1}`;
    if (url.search !== before) window.history.replaceState(null, "", url);
  }, []);
  if (screens === null || screens === "loading") return <Waiting />;
  return <screens.TourScreen tour={tour} place={place} onPlace={remember} />;
}

/** A tour offered in place, beside a lesson; nothing of it is loaded before it is opened. */
export function TourEmbed({ id, title, summary }: { id: string; title: Text["en"]; summary: Text["en"] }) {
  const t = useTranslations("playground.embed");
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={title} className="mt-6 rounded-card border border-line bg-raised p-4">
      <p className="text-ink-muted text-sm">{t("label")}</p>
      <h2 className="font-semibold text-lg">{title}</h2>
      <p className="mb-3">{summary}</p>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "close" : "open")}
      </Button>
      {open ? <Embedded id={id} onLeave={() => setOpen(false)} /> : null}
    </section>
  );
}

const BEGINNING: TourPlace = { step: 0 };

function Embedded({ id, onLeave }: { id: string; onLeave: () => void }) {
  const load = useCallback(async () => {
    const response = await fetch(`/api/tours/${id}`);
    if (!response.ok) throw new Error(`The tour ${id} did not come: ${response.status}`);
    return (await response.json()) as TourPlayed;
  }, [id]);
  const screens = useLoaded(loadScreens);
  const tour = useLoaded(load);
  // The keys that are pressed in here are no shortcuts of the page around it.
  const keepKeys = useCallback((element: HTMLElement | null) => {
    const keep = (event: KeyboardEvent) => event.stopPropagation();
    element?.addEventListener("keydown", keep);
    return () => element?.removeEventListener("keydown", keep);
  }, []);
  return (
    <div ref={keepKeys} className="mt-4">
      {screens === null || screens === "loading" || tour === null || tour === "loading" ? (
        <Waiting />
      ) : (
        <screens.TourScreen tour={tour} place={BEGINNING} onLeave={onLeave} />
      )}
    </div>
  );
}

function Waiting() {
  const t = useTranslations("playground");
  return (
    <div className="grid gap-3">
      <p role="status" className="text-ink-muted text-sm">
        {t("loading")}
      </p>
      <noscript>{t("needsJavaScript")}</noscript>
      <Skeleton className="h-96" />
    </div>
  );
}
