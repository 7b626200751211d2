/** Whether a tour shows what it says: it is played. */
import { all, type Cluster, keyOf } from "#lib/core/cluster/index.ts";
import { playOf, predict, timeline } from "#lib/core/playground/index.ts";
import type { Checked } from "./rule.ts";

export function* tourDeeds({ tours }: Checked) {
  for (const { value, at } of tours) {
    for (const { deed, problems } of timeline(playOf(value, value.steps.length))) {
      const step = value.steps.filter((one) => one.deed)[deed];
      const path = step ? ["steps", value.steps.indexOf(step), "deed"] : ["scene"];
      for (const { message, severity } of problems)
        if (severity === "error") yield { ...at(...path), message: `this cannot be done: ${message}` };
    }
  }
}

/** Where every belief expects what happens there is nothing to ask. */
export function* tourPredictions({ tours }: Checked) {
  for (const { value, at } of tours) {
    for (const [index, { deed, predict: about }] of value.steps.entries()) {
      if (!about) continue;
      const before = playOf(value, index - 1);
      const cluster = timeline(before).at(-1)?.cluster;
      if (!deed || !cluster || !predict(before, cluster, deed, about))
        yield { ...at("steps", index, "predict"), message: "no wrong belief expects anything else here" };
    }
  }
}

export function* tourFocus({ tours }: Checked) {
  for (const { value, at } of tours) {
    for (const [index, { focus }] of value.steps.entries()) {
      const cluster = timeline(playOf(value, index)).at(-1)?.cluster;
      for (const [n, named] of focus.entries()) {
        if (cluster && !isThere(cluster, named))
          yield {
            ...at("steps", index, "focus", n),
            message: `there is no \`${named}\` in the cluster by then`,
          };
      }
    }
  }
}

function isThere(cluster: Cluster, named: string): boolean {
  const [kind = "", ...rest] = named.split("/");
  const name = rest.join("/");
  const names =
    kind === "Machine"
      ? cluster.azure.machines.map((machine) => machine.name)
      : all(cluster, kind as "Pod")?.map(keyOf);
  return (
    names?.some((one) => (name.endsWith("*") ? one.startsWith(name.slice(0, -1)) : one === name)) ?? false
  );
}
