"use server";

import { cookies } from "next/headers";
import { declinePlacement } from "#lib/server/placement-offer.ts";

/** The form on Today that declines the offer. It changes nothing but a cookie of the browser that asks. */
export async function declinePlacementAction(): Promise<void> {
  declinePlacement(await cookies());
}
