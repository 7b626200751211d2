import type { Locale } from "#lib/core/questions/index.ts";
import type { Role, ScopeKind } from "#lib/server/db/generated/client.ts";

/**
 * The made-up company: who there is and what is planted in them. All of it is invented; its addresses end in `.example`, which
 * nobody can own. Days are counted back from the moment for which the company is made.
 */

/** The company's history, in days. */
export const HISTORY_DAYS = 84;

export interface TeamPlan {
  key: string;
  name: string;
  timeZone: string;
  locale: Locale;
  /** How many learners it has in the whole company. */
  learners: number;
  groups: readonly string[];
  assignments: readonly AssignmentPlan[];
  /** Concepts that come hard to the team: what has no like among VMs. */
  weaknesses: readonly string[];
  /**
   * Wrong beliefs about what was assigned, and the share of the team that holds each and does not let go of it: what somebody brings
   * along who has run VMs. Chosen for that alone, and found whatever the people are (`planted.load.test.ts`).
   */
  misconceptions: Readonly<Record<string, number>>;
  /** When learners join: days back, of which each draws one. */
  joins: readonly number[];
}

export interface AssignmentPlan {
  key: string;
  title: string;
  note?: string;
  scope: readonly { kind: ScopeKind; refId: string }[];
  /** Made so many days back. */
  made: number;
  /** Due on the day so many days ahead (negative: back), or so many days after each was assigned. */
  due: { inDays: number } | { afterDays: number };
  /** Everyone, newcomers, or a group of the team. */
  to: "everyone" | "newcomers" | { group: string };
  readinessTarget: number;
  exam?: { minutes: number; itemsPerConcept: number; passMark: number };
  /** Closed so many days back. */
  closed?: number;
  /** So many days back, whoever joined last was given until the day so many days ahead. */
  extension?: { given: number; inDays: number };
}

/** A link by which learners join. */
export interface InvitePlan {
  /** Made so many days back … */
  made: number;
  /** … for so many days. */
  days: number;
  /** How many may join by it; `taken` for as many as joined in that time. */
  seats: number | "taken";
  /** Withdrawn so many days back. */
  revoked?: number;
}

/** What each team has: one that is used up, one that was withdrawn, and one that is open. */
export const INVITES: readonly InvitePlan[] = [
  { made: HISTORY_DAYS, days: 90, seats: "taken" },
  { made: 25, days: 60, seats: 100, revoked: 24 },
  { made: 12, days: 30, seats: 5 },
];

const area = (refId: string) => ({ kind: "area", refId }) as const;
const concepts = (...ids: string[]) => ids.map((refId) => ({ kind: "concept", refId }) as const);

export const TEAMS: readonly TeamPlan[] = [
  {
    key: "platform",
    name: "基盤チーム (Platform)",
    timeZone: "Asia/Tokyo",
    locale: "ja",
    learners: 21,
    groups: ["東京", "大阪", "当番"],
    assignments: [
      {
        key: "service",
        title: "Service",
        note: "Podの前に立つ窓口を、VMのロードバランサーとの違いから押さえましょう。",
        scope: [area("service")],
        made: 80,
        due: { inDays: -21 },
        to: "everyone",
        readinessTarget: 0.85,
        exam: { minutes: 30, itemsPerConcept: 1, passMark: 0.75 },
      },
      {
        key: "cni",
        title: "CNIの選び方とIP設計",
        note: "移行の設計レビューまでに、必要なIPアドレスの数を自分で見積もれるようになりましょう。",
        scope: concepts("cni-role", "flat-vs-overlay", "overlay", "ip-planning", "choose-cni"),
        made: 52,
        due: { inDays: 12 },
        to: "everyone",
        readinessTarget: 0.85,
        extension: { given: 4, inDays: 26 },
      },
      {
        key: "duty",
        title: "障害対応の当番向け",
        scope: concepts("ports", "lb-service", "internal-lb"),
        made: 20,
        due: { inDays: 5 },
        to: { group: "当番" },
        readinessTarget: 0.8,
      },
    ],
    weaknesses: ["ip-planning", "traffic-policy"],
    misconceptions: { "source-is-pod-ip-everywhere": 0.6, "lb-backend-is-pods": 0.5 },
    joins: [83, 82, 82, 81, 81, 60, 38],
  },
  {
    key: "netops",
    name: "Network Operations (Europe)",
    timeZone: "Europe/Berlin",
    locale: "en",
    learners: 16,
    groups: ["Day shift", "Night shift"],
    assignments: [
      {
        key: "ingress",
        title: "Ingress and Gateway API",
        note: "We take over the ingress of the first ten services at the end of the month.",
        scope: [area("ingress")],
        made: 77,
        due: { inDays: 9 },
        to: "everyone",
        readinessTarget: 0.85,
        exam: { minutes: 25, itemsPerConcept: 1, passMark: 0.8 },
      },
      {
        key: "basics",
        title: "Who speaks to whom",
        scope: concepts("pod-ip", "pod-network", "service-role", "clusterip", "ports", "service-dns"),
        made: 77,
        due: { inDays: -42 },
        to: "everyone",
        readinessTarget: 0.8,
        closed: 35,
      },
    ],
    weaknesses: ["gateway-api", "data-plane-place"],
    misconceptions: { "ingress-carries-traffic": 0.65, "infra-team-owns-routes": 0.5 },
    joins: [82, 81, 80, 79, 66],
  },
  {
    key: "newcomers",
    name: "新人研修 (Newcomers)",
    timeZone: "Asia/Tokyo",
    locale: "ja",
    learners: 16,
    groups: ["第1期", "第2期"],
    assignments: [
      {
        key: "onboarding",
        title: "最初の4週間：VMからPodへ",
        note: "毎日15分ずつで終わります。わからないことは、遠慮なく先輩に聞いてください。",
        scope: [area("mindset")],
        made: 83,
        due: { afterDays: 28 },
        to: "newcomers",
        readinessTarget: 0.85,
        exam: { minutes: 20, itemsPerConcept: 1, passMark: 0.7 },
      },
      {
        key: "next",
        title: "次の一歩：Serviceの基本",
        scope: concepts(
          "service-role",
          "clusterip",
          "virtual-ip",
          "kube-proxy",
          "endpoints",
          "readiness",
          "ports",
        ),
        made: 35,
        due: { inDays: 20 },
        to: "everyone",
        readinessTarget: 0.8,
      },
    ],
    weaknesses: ["reconcile", "virtual-ip"],
    misconceptions: { "pod-is-small-vm": 0.65, "imperative-fix-lasts": 0.5 },
    joins: [78, 78, 78, 50, 50],
  },
];

/** Who leads: an owner of all three teams, and managers. */
export const LEADERS: readonly {
  name: Record<Locale, string>;
  mailbox: string;
  roles: Readonly<Record<string, Role>>;
}[] = [
  {
    name: { ja: "雲井 千晴", en: "Chiharu Kumoi" },
    mailbox: "owner",
    roles: { platform: "owner", netops: "owner", newcomers: "owner" },
  },
  {
    name: { ja: "門脇 亘", en: "Wataru Kadowaki" },
    mailbox: "manager",
    roles: { platform: "manager", newcomers: "manager" },
  },
  {
    name: { ja: "ノーラ・ブリッジズ", en: "Nora Bridges" },
    mailbox: "nora.bridges",
    roles: { netops: "owner" },
  },
  { name: { ja: "オットー・カナル", en: "Otto Kanal" }, mailbox: "otto.kanal", roles: { netops: "manager" } },
  { name: { ja: "舟橋 澪", en: "Mio Funabashi" }, mailbox: "mio.funabashi", roles: { newcomers: "manager" } },
  // Leads one team and learns in another.
  {
    name: { ja: "辻 航平", en: "Kohei Tsuji" },
    mailbox: "kohei.tsuji",
    roles: { platform: "manager", netops: "learner" },
  },
  {
    name: { ja: "灯 あかり", en: "Akari Tomoshi" },
    mailbox: "akari.tomoshi",
    roles: { newcomers: "manager", platform: "learner" },
  },
];

/** Names that could be, of people who are not: what crosses, joins and opens, in two languages. */
export const SURNAMES = {
  ja: pairs(
    "網野 Amino, 橋爪 Hashizume, 関口 Sekiguchi, 港 Minato, 帆足 Hoashi, 筒井 Tsutsui, 道下 Michishita, 波戸 Hato, 渡 Watari, 結城 Yuki, 水門 Suimon, 峠 Toge, 浮田 Ukita, 線崎 Senzaki",
  ),
  en: "Gates Harbour Wharf Lockwood Rivers Beacon Ferryman Quay Tunnell Crossley".split(" "),
};

export const GIVEN = {
  ja: pairs(
    "葵 Aoi, 蓮 Ren, 陽菜 Hina, 颯太 Sota, 結衣 Yui, 悠真 Yuma, 凛 Rin, 大和 Yamato, 紬 Tsumugi, 樹 Itsuki, 芽依 Mei, 朝陽 Asahi, 詩 Uta, 律 Ritsu",
  ),
  en: "Petra Leo Mia Sam Iris Ian Greta Noel Ada Felix".split(" "),
};

/** Names as written and in letters. */
function pairs(names: string): [string, string][] {
  return names.split(", ").map((name) => name.split(" ") as [string, string]);
}
