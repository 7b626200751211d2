import { uuidv7 } from "uuidv7";
import type { Locale } from "#lib/core/questions/index.ts";
import { db } from "#lib/server/db/client.ts";

/** Makes a guest, enrolled in every bank there is. @returns the guest's id */
export async function createGuest(options: { locale: Locale; timeZone: string }): Promise<string> {
  const banks = await db().bank.findMany({ where: { retiredAt: null }, select: { id: true } });
  const { id } = await db().user.create({
    data: { id: uuidv7(), ...options, enrollments: { create: banks.map((bank) => ({ bankId: bank.id })) } },
    select: { id: true },
  });
  return id;
}
