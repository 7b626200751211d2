import type { Hop, Path, Place, Verdict } from "../cluster/index.ts";
import type { Locale, Text } from "../questions/text.ts";

/** What templates say, in both languages. What looks alike in both is a plain string. */

export const text = (ja: string, en: string): Text => ({ ja, en });

/** A text with parts in it: `say("Service {0}は…", "The Service {0} …", name)`. A part may stand in it more than once, or elsewhere. */
export function say(ja: string, en: string, ...parts: readonly (Text | string | number)[]): Text {
  const fill = (words: string, locale: Locale) =>
    words.replace(/\{(\d)\}/g, (_, place: string) => {
      const part = parts[Number(place)];
      if (part === undefined) throw new Error(`Part ${place} is missing in "${words}"`);
      return typeof part === "object" ? part[locale] : String(part);
    });
  return { ja: fill(ja, "ja"), en: fill(en, "en") };
}

const mapText = (of: (locale: Locale) => string): Text => ({ ja: of("ja"), en: of("en") });

const inLocale = (part: Text | string, locale: Locale) => (typeof part === "string" ? part : part[locale]);

export const paragraphs = (...parts: readonly (Text | string)[]): Text =>
  mapText((locale) => parts.map((part) => inLocale(part, locale)).join("\n\n"));

/** Sentences one after the other: Japanese has no space between them. */
export const sentences = (...parts: readonly Text[]): Text =>
  mapText((locale) => parts.map((part) => part[locale]).join(locale === "ja" ? "" : " "));

export const code = (value: string | number): string => `\`${value}\``;

/** A block of code. */
export const block = (body: string, language = ""): string => `\`\`\`${language}\n${body.trimEnd()}\n\`\`\``;

/** Names in code, in the order given. */
export function listed(values: readonly (string | number)[], none: Text = text("なし", "none")): Text {
  if (values.length === 0) return none;
  const all = values.map(code);
  return text(all.join("、"), all.join(", "));
}

/** The same in the order of their names, where order means nothing. */
export const listedSorted = (values: readonly string[], none?: Text): Text =>
  listed([...new Set(values)].toSorted(), none);

export const nameIn = (key: string): string => key.slice(key.indexOf("/") + 1);

function tellPlace(place: Place): Text {
  switch (place.kind) {
    case "Pod":
      return text("Pod", "the Pod");
    case "Node":
      return say("ノード{0}", "node {0}", code(place.name));
    case "Machine":
      return say("{0}", "{0}", code(place.name));
    case "Service":
      return say("Service {0}", "Service {0}", code(nameIn(place.key)));
    case "AzureProxy":
      return text("Azure側のプロキシ", "the proxy in Azure");
  }
}

const VIA = {
  clusterIP: text("仮想IP", "virtual IP"),
  nodePort: text("nodePort", "node port"),
  loadBalancer: text("フロントエンドIP", "front-end IP"),
};

/** One step of a packet's way, as a sentence without its end. */
function tellHop({ deed, before, after }: Hop): Text {
  switch (deed.kind) {
    case "lookUp":
      return say("{0}を{1}に解決", "{0} resolves to {1}", code(deed.name), listed(deed.addresses));
    case "service":
      return say(
        "{0}への宛先を{1}に書き換え",
        "rules rewrite the {0} to {1}",
        VIA[deed.via],
        code(`${after.destination}:${after.port}`),
      );
    case "masquerade":
      return say(
        "送信元を{0}から{1}に変換",
        "the source changes from {0} to {1}",
        code(before.source),
        code(after.source),
      );
    case "outbound":
      return say("送信元を公開の{0}に変換", "the source becomes the public {0}", code(deed.address));
    case "loadBalancer":
      return say("ロードバランサーがノード{0}を選択", "the load balancer picks node {0}", code(deed.node));
    case "networkPolicy":
      return say("NetworkPolicyの{0}の規則を確認", "network policy is asked for {0}", code(deed.direction));
    case "nsg":
      return say("NSG {0}の規則{1}を適用", "NSG {0} applies its rule {1}", code(deed.nsg), code(deed.rule));
    case "proxy":
      return say(
        "プロキシが規則に従い{0}へ接続",
        "the proxy connects to {0} by its rule",
        code(nameIn(deed.service)),
      );
  }
}

/** The steps of a way that a packet takes, and how it ends. */
export const stepsOf = ({ hops, verdict }: Path): Text[] => [...hops.map(tellHop), tellVerdict(verdict)];

/** A way that a packet takes, step by step, as a list. */
export const tellPath = (path: Path): Text =>
  mapText((locale) =>
    stepsOf(path)
      .map((step, n) => `${n + 1}. ${step[locale]}`)
      .join("\n"),
  );

/** A way with the name of whose it is. */
export interface Way {
  name: string;
  path: Path;
}

/** The first step at which ways part from what somebody believes, as it really is; undefined where none is told otherwise. */
export function tellParting(real: readonly Way[], believed: readonly Way[]): Text | undefined {
  for (const [n, { name, path }] of real.entries()) {
    const others = believed[n] ? stepsOf(believed[n].path) : [];
    const step = stepsOf(path).find(({ ja }, at) => ja !== others[at]?.ja);
    if (step) return say("分かれ目（{0}）: {1}。", "Where it parts ({0}): {1}.", name, step);
  }
  return undefined;
}
/** How a connection ends. */
function tellVerdict(verdict: Verdict): Text {
  switch (verdict.kind) {
    case "delivered":
      return say(
        "{0}のポート{1}に届く",
        "it reaches port {1} of {0}",
        tellPlace(verdict.to),
        code(verdict.port),
      );
    case "refused":
      return verdict.why === "no endpoints"
        ? text("宛先のPodがなく、拒否される", "there is no Pod to send it to, and it is refused")
        : say(
            "{0}で待ち受けがなく、拒否される",
            "nothing listens on {0}, and it is refused",
            tellPlace(verdict.by),
          );
    case "timedOut":
      return text("応答がなく、タイムアウトする", "nothing answers, and it times out");
    case "noRoute":
      return text("経路がなく、タイムアウトする", "there is no way there, and it times out");
    case "denied":
      return verdict.by === "nsg"
        ? say(
            "NSG {0}の規則{1}が捨て、タイムアウトする",
            "rule {1} of NSG {0} drops it, and it times out",
            code(verdict.nsg),
            code(verdict.rule),
          )
        : say("NetworkPolicyが捨て、タイムアウトする", "network policy drops it, and it times out");
    case "noName":
      return say("{0}という名前が見つからない", "the name {0} is not found", code(verdict.name));
    case "http":
      return say("HTTP {0}が返る", "HTTP {0} comes back", code(verdict.status));
  }
}
