"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Block, Inline, VerdictRow } from "#components/questions/parts.tsx";
import type { ReviewProps } from "#components/questions/types.ts";
import { Callout } from "#components/ui/surface.tsx";
import { symptom, type Verdict } from "#lib/core/cluster/index.ts";
import type { Locale } from "#lib/core/questions/index.ts";
import { type Finding, judge, type Probe } from "#lib/core/tasks/index.ts";
import { nameIn, stepsOf } from "#lib/core/templates/words.ts";
import { ManifestText } from "./manifest-text.tsx";

/** What came of somebody's manifests: tried out anew, probe by probe. Loads the cluster model. */
export function TaskReview({ item, locale, answer, misconceptions }: ReviewProps<"manifest">) {
  const t = useTranslations("task");
  const { task } = item;
  const { problems, findings, passed, beliefs } = useMemo(
    () => judge(task, answer.manifests),
    [task, answer.manifests],
  );
  const refused = problems.some(({ severity }) => severity === "error");
  const firstFailed = findings.find((finding) => !finding.passed)?.probe;
  const marked = new Set(problems.flatMap(({ line }) => line ?? []));
  return (
    <div className="grid gap-4" data-testid="task-review">
      {problems.length > 0 ? (
        <Callout tone={refused ? "wrong" : "warn"} title={t(refused ? "refused" : "warned")}>
          <ul className="grid gap-1">
            {problems.map(({ line, message }) => (
              <li key={`${line} ${message}`} className="break-words text-sm">
                {line === undefined ? null : <span className="font-medium">{t("line", { line })}: </span>}
                <span lang="en">{message}</span>
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <section className="grid gap-2">
        <h2 className="font-semibold">{t(refused ? "notTried" : "whatCameOfIt")}</h2>
        <ul className="grid gap-2">
          {task.probes.map((probe) => {
            const finding = findings.find(({ probe: id }) => id === probe.id);
            return (
              <VerdictRow
                key={probe.id}
                verdict={finding ? (finding.passed ? "right" : "wrong") : "none"}
                detail={
                  finding && !finding.passed ? (
                    <Failure {...{ probe, finding, locale }} isFirst={probe.id === firstFailed} />
                  ) : undefined
                }
              >
                <Inline text={probe.text} locale={locale} />
              </VerdictRow>
            );
          })}
        </ul>
      </section>
      {beliefs.map((id) => {
        const belief = misconceptions[id];
        return belief ? (
          <Callout key={id} tone="wrong" title={t("belief")}>
            <p className="mb-1 font-medium">
              <q>
                <Inline text={belief.belief} locale={locale} />
              </q>
            </p>
            <Block text={belief.model} locale={locale} />
          </Callout>
        ) : null;
      })}
      <details open={!passed}>
        <summary className="w-fit py-1 font-medium">{t("yours")}</summary>
        <ManifestText label={t("yours")} text={answer.manifests} marked={marked} />
      </details>
      <details>
        <summary className="w-fit py-1 font-medium">{t("solution")}</summary>
        <ManifestText label={t("solution")} text={item.solution} />
      </details>
    </div>
  );
}

/** Why a probe failed: what was wanted, what was seen instead, and the way there. */
function Failure({
  probe,
  finding,
  locale,
  isFirst,
}: {
  probe: Probe;
  finding: Finding;
  locale: Locale;
  /** Its way is unfolded; those of others are often the same. */
  isFirst: boolean;
}) {
  const t = useTranslations("task");
  const { culprit, paths, problems } = finding;
  if (problems.length > 0)
    return (
      <>
        {t("changeFailed")} <span lang="en">{problems.map(({ message }) => message).join("; ")}</span>
      </>
    );
  return (
    <div className="grid gap-2">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <Line name={t("wanted.label")}>
          <Wanted probe={probe} />
        </Line>
        <Line name={t("seen.label")}>
          <Seen finding={finding} />
        </Line>
      </dl>
      {culprit ? (
        <details open={isFirst}>
          <summary className="w-fit py-0.5">
            {paths.length > 1 ? t("oneWay", { count: paths.length }) : t("way")}
          </summary>
          <ol className="mt-1 grid list-decimal gap-0.5 pl-6">
            {stepsOf(culprit).map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
              <li key={index}>
                <Inline text={step} locale={locale} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </div>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt>{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </div>
  );
}

function Wanted({ probe }: { probe: Probe }) {
  const t = useTranslations("task");
  if ("object" in probe) {
    const values = Object.entries(probe.object.has).map(
      ([path, value]) => `${path}: ${JSON.stringify(value)}`,
    );
    return t("wanted.object", {
      object: `${probe.object.kind} ${probe.object.key}`,
      values: values.join(", "),
    });
  }
  const { ends, receivers, source } = probe.connection;
  const parts = [
    ends === "fails" ? t("wanted.fails") : t(`ends.${ENDS[ends]}`),
    receivers && t("wanted.receivers", { labels: labelled(receivers) }),
    source && t(`wanted.source.${source}`),
  ];
  return parts.filter(Boolean).join(t("and"));
}

function Seen({ finding: { culprit, paths, values } }: { finding: Finding }) {
  const t = useTranslations("task");
  if (values) return listOf(values);
  if (!culprit && paths.length === 0) return t("seen.noAddress");
  if (!culprit) {
    const names = paths.flatMap(({ verdict }) => receiverOf(verdict) ?? []);
    return t("seen.notAll", { names: [...new Set(names)].join(t("and")) });
  }
  const { verdict } = culprit;
  if (verdict.kind === "delivered") {
    const name = receiverOf(verdict) ?? "";
    return `${t("ends.answered")}${t("and")}${t("seen.by", { name, source: verdict.source })}`;
  }
  return t(`ends.${ENDS[symptom(verdict) as keyof typeof ENDS]}`);
}

/** What a client sees, by the name that its message has. */
const ENDS = {
  answered: "answered",
  refused: "refused",
  "timed out": "timedOut",
  "unknown host": "unknownHost",
  "HTTP 404": "http404",
  "HTTP 500": "http500",
  "HTTP 502": "http502",
  "HTTP 503": "http503",
  "HTTP 504": "http504",
} as const;

/** Who got a packet. */
function receiverOf(verdict: Verdict): string | undefined {
  if (verdict.kind !== "delivered") return undefined;
  const { to } = verdict;
  return "key" in to ? `${to.kind} ${nameIn(to.key)}` : to.name;
}

const labelled = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");

const listOf = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values)
    .map(([path, value]) => `${path}: ${value === undefined ? "–" : JSON.stringify(value)}`)
    .join(", ");
