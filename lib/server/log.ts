import pino from "pino";
import { config } from "./config.ts";

/** The structured log of this process. Never give it addresses, names or answers: ids are enough. */
export const log = pino({ level: config().logLevel, base: { app: "podshift" } });
