import { accessSync, constants } from "node:fs";
import path from "node:path";
import chromium from "@sparticuz/chromium";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Nothing of the browser's own goes out to the network. Root has no sandbox to give. */
const FLAGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** A browser: the one on PATH, else the one inside an npm package. Throws where neither can be had. */
export async function launchOptions(): Promise<{
  launchOptions: { executablePath: string; args: string[] };
}> {
  const found = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .find(isExecutable);
  if (found) return { launchOptions: { executablePath: found, args: FLAGS } };
  const unpacked = await chromium.executablePath().catch((error: Error) => {
    throw new Error(
      `No browser on PATH, and the packaged one cannot be unpacked: ${error.message}\nInstall Chromium.`,
    );
  });
  // Without the package's own flags: they switch off the web's security, which we test.
  return { launchOptions: { executablePath: unpacked, args: FLAGS } };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
