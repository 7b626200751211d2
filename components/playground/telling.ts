import { useLocale, useTranslations } from "next-intl";
import type { Deed, Frame } from "#lib/core/playground/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { stepsOf } from "#lib/core/templates/words.ts";
import { MODES } from "./layout.ts";
import { type Difference, differences, tablesOf } from "./tables.ts";

/** `Kind/namespace/name` as one says it: the namespace `default` goes without saying. Markdown. */
export function sayId(id: string): string {
  const slash = id.indexOf("/");
  const [kind, key] = [id.slice(0, slash), id.slice(slash + 1)];
  return `${kind} \`${key.replace(/^default\//, "")}\``;
}

/** As a sentence begins; steps are told as parts of one. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Differences that are told of one moment; tables and drawing show all. */
const TOLD = 3;

/** Tells deeds and moments in the reader's language, as Markdown. */
export function useTelling() {
  const t = useTranslations("playground");
  const locale = useLocale() as Locale;

  const difference = (one: Difference): string => {
    const thing = sayId(one.id);
    return one.what === "changes"
      ? t("differs.changes", { thing, column: one.column, from: one.from || "—", to: one.to || "—" })
      : t(`differs.${one.what}`, { thing });
  };

  const deed = (one: Deed): string => {
    switch (one.do) {
      case "apply":
        return t("did.apply");
      case "remove":
        return t("did.remove", { thing: sayId(`${one.kind}/${one.key}`) });
      case "failNode":
      case "restoreNode":
      case "addNode":
        return t(`did.${one.do}`, { node: one.node });
      case "cordon":
        return t(one.on ? "did.cordon" : "did.uncordon", { node: one.node });
      case "setReady":
        return t(one.ready ? "did.mend" : "did.break", { thing: sayId(`Pod/${one.pod}`) });
      case "restartContainer":
        return t("did.restartContainer", { thing: sayId(`Pod/${one.pod}`) });
      case "relabel":
        return t("did.relabel", {
          thing: sayId(`${one.kind}/${one.key}`),
          labels: Object.entries(one.labels)
            .map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
            .join(" "),
        });
      case "scale":
        return t("did.scale", { thing: sayId(`${one.kind}/${one.key}`), count: one.replicas });
      case "setImage":
        return t("did.setImage", { thing: sayId(`${one.kind}/${one.key}`), image: one.image });
      case "send":
        return t("did.send", {
          from: sayId(one.connection.from),
          to: `${one.connection.to}:${one.connection.port}${one.connection.http?.path ?? ""}`,
        });
      case "switchNetwork":
        return t("did.switchNetwork", { mode: MODES[one.mode], dataPlane: one.dataPlane });
    }
  };

  /** What there is to see in a frame, after the one before it. */
  const moment = (frame: Frame, before: Frame | undefined, done: Deed | undefined): string => {
    if (!done) return t("now.begin");
    const [problem] = frame.problems;
    if (problem)
      return t(problem.severity === "error" ? "now.failed" : "now.warned", { problem: problem.message });
    if (frame.journey) {
      const { path, hops, ended, paths } = frame.journey;
      const step = ended ? stepsOf(path).at(-1) : stepsOf(path)[hops - 1];
      const said = step ? capital(step[locale]) : deed(done);
      return ended && paths > 1 ? t("now.oneOf", { said, paths }) : said;
    }
    const isFirst = before?.deed !== frame.deed;
    const found =
      before && done.do !== "switchNetwork"
        ? differences(tablesOf(before.cluster), tablesOf(frame.cluster))
        : [];
    const told = found.slice(0, TOLD).map(difference);
    if (found.length > TOLD) told.push(t("differs.more", { count: found.length - TOLD }));
    return [...(isFirst ? [deed(done)] : []), ...told].join(t("now.join")) || t("now.nothing");
  };

  return { deed, moment };
}
