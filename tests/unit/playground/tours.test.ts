import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { all, symptom } from "#lib/core/cluster/index.ts";
import { type Frame, playOf, timeline, tourSchema } from "#lib/core/playground/index.ts";

/** What the narration of a step says of its request: how it ends, and whose address the receiver sees as its source. */
const TOLD: Record<string, Record<string, readonly [ends: string, source?: RegExp]>> = {
  "pods-are-disposable": {
    connect: ["answered", /^10\.244\.0\.2$/],
    "old-address": ["timed out"],
  },
  "front-door": {
    send: ["answered", /^10\.244\.0\.2$/],
    ping: ["timed out"],
    "from-outside": ["answered", /^10\.224\.0\./],
    "nobody-there": ["refused"],
  },
  "blueprint-and-architect": {
    shop: ["answered", /^10\.244\./],
    prefix: ["answered", /^10\.244\./],
    host: ["HTTP 404"],
    unreachable: ["timed out"],
  },
  "network-model": {
    "to-pod": ["timed out"],
    "from-pod": ["answered", /^10\.224\.0\.4$/],
    "to-flat-pod": ["answered", /^10\.226\.0\.4$/],
    "from-flat-pod": ["answered", /^10\.224\.0\.4$/],
    "from-pod-subnet": ["answered", /^10\.225\./],
  },
  "outside-and-back": {
    in: ["answered", /^10\.224\.0\./],
    "in-local": ["answered", /^198\.51\.100\.7$/],
    "in-nowhere": ["timed out"],
    out: ["answered", /^203\.0\.113\.1$/],
    "from-vnet": ["answered", /^10\.226\.0\.4$/],
    "from-internet": ["timed out"],
  },
};

describe.each(Object.entries(TOLD))("the tour %s", (id, told) => {
  const tour = tourSchema.parse(parse(readFileSync(`content/tours/${id}.yaml`, "utf8")));
  const frames = timeline(playOf(tour, tour.steps.length));
  const momentOf = (step: string): Frame => {
    const deeds = playOf(
      tour,
      tour.steps.findIndex((one) => one.id === step),
    ).deeds.length;
    return frames.findLast(({ deed }) => deed === deeds - 1)!;
  };

  it("says how each of its requests ends, and which source is seen", () => {
    const sends = tour.steps.filter(({ deed }) => deed?.do === "send").map((step) => step.id);
    expect(Object.keys(told)).toEqual(sends);
    for (const [step, [ends, source]] of Object.entries(told)) {
      const verdict = momentOf(step).journey!.path.verdict;
      expect(symptom(verdict), step).toBe(ends);
      if (source) expect(verdict.kind === "delivered" && verdict.source, step).toMatch(source);
    }
  });

  if (id === "pods-are-disposable")
    it("shows the Pod of the failed node until the node is back", () => {
      const terminating = (step: string) =>
        all(momentOf(step).cluster, "Pod").filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
          .length;
      expect(terminating("node-fails")).toBe(1);
      expect(terminating("node-returns")).toBe(0);
    });
});
