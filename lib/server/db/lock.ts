import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { explainDiskError, SetupError } from "../setup-error.ts";

/**
 * The exclusive lock on a data folder. Two processes on one embedded database lose rows silently, so a second one must
 * never open it. The lock is a folder, whose creation is atomic, with a file that says who holds it; a holder that died
 * is recognised by its pid and the moment its process started, and its lock is taken over.
 */
export interface DataLock {
  release(): void;
}

interface Holder {
  pid: number;
  /** When the process started, as the kernel tells it: a reused pid has another. Empty where it cannot be told. */
  started: string;
}

/** Takes the lock. Throws `SetupError` naming the pid of a living holder. */
export function lockDataFolder(folder: string): DataLock {
  const lock = path.join(folder, "lock");
  const holderFile = path.join(lock, "holder.json");
  const self: Holder = { pid: process.pid, started: startOf(process.pid) };

  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      mkdirSync(folder, { recursive: true });
      mkdirSync(lock);
      writeFileSync(holderFile, JSON.stringify(self));
      return { release: () => release(lock, holderFile, self) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw explainDiskError(error, folder);
      }
    }
    const holder = readHolder(holderFile);
    if (holder && isAlive(holder)) {
      throw new SetupError(
        `The data folder ${folder} is in use by process ${holder.pid}.\nStop that process first (a server that runs counts), or set PODSHIFT_DATA to another folder.`,
      );
    }
    takeAway(lock);
  }
  throw new SetupError(
    `The data folder ${folder} is being opened by several processes at once.\nStart one at a time.`,
  );
}

/**
 * Removes a dead holder's lock. Renaming first lets exactly one of several takers win; the losers find nothing to
 * rename and try again from the start.
 */
function takeAway(lock: string): void {
  const grave = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, grave);
  } catch {
    return;
  }
  rmSync(grave, { recursive: true, force: true });
}

function release(lock: string, holderFile: string, self: Holder): void {
  const holder = readHolder(holderFile);
  if (holder?.pid === self.pid && holder.started === self.started)
    rmSync(lock, { recursive: true, force: true });
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as somebody else.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startOf(pid) === started;
}

/** Field 22 of /proc/PID/stat (proc(5)): start time in clock ticks since boot. The name before it may hold spaces. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
