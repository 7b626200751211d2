import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementScreen } from "#components/placement/placement-screen.tsx";
import { getPlacement } from "#lib/server/queries/placement.ts";
import { requestContext } from "#lib/server/request-context.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placement"))("title") };
}

export default async function PlacementPage() {
  const { viewer, now, locale } = await requestContext();
  const seed = now % 2 ** 32;
  return <PlacementScreen key={now} {...(await getPlacement(viewer, seed))} seed={seed} locale={locale} />;
}
