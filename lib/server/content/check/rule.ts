import type { Content } from "../load.ts";
import type { Place } from "../place.ts";

/** What a rule sees: the content, and the day it is checked on. */
export interface Checked extends Content {
  /** `YYYY-MM-DD`. */
  today: string;
}

/** What a rule has to say, and where. An error unless it says otherwise. */
export type Finding = Place & { message: string; severity?: "warning" };

/** One thing that content must hold to. */
export type Rule = (content: Checked) => Iterable<Finding>;
