import { rm } from "node:fs/promises";
import { TestServer } from "./server.ts";

/** Before all browser tests: one data folder as a first start leaves it. Servers begin with a copy: a first start takes three times as long. */
export default async function prepareData(): Promise<() => Promise<void>> {
  const server = await TestServer.create();
  await server.stop();
  process.env.PODSHIFT_PREPARED_DATA = server.folder;
  return () => rm(server.folder, { recursive: true, force: true });
}
