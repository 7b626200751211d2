import { loadEnvironment } from "#lib/server/config.ts";
import { SetupError } from "#lib/server/setup-error.ts";

/**
 * Runs a script's work and ends the process: with 0, or with 1 and the message of what went wrong. Expected failures
 * are `SetupError`s and print their text alone.
 */
export async function runScript(work: () => Promise<void>): Promise<never> {
  try {
    loadEnvironment();
    await work();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exit(1);
  }
}
