/** What a job works with. */
export interface JobContext {
  /** Now, in ms since the epoch. */
  clock(): number;
  /** Aborted when the process is to end: what was begun is finished, nothing more is begun. */
  signal: AbortSignal;
}

/** Work that the server does by itself. It may be cut off anywhere, and must then be right when it is done again. */
export interface Job {
  run(context: JobContext): Promise<void>;
  /**
   * How often, in ms, counted over all processes, of which one does it at a time. Absent for what each process does all the time,
   * because it shares out its work itself.
   */
  everyMs?: number;
}
