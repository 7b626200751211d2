import {
  all,
  type Cluster,
  inRange,
  keyOf,
  type MisconceptionId,
  RULES,
  type Rules,
  slicesOf,
  symptom,
  trace,
  VARIANTS,
  vnetAddresses,
  withVariant,
} from "#lib/core/cluster/index.ts";
import { packetOf } from "#lib/core/scene/index.ts";
import { shuffle } from "../questions/random.ts";
import type { Text } from "../questions/text.ts";
import { BELIEFS } from "../templates/beliefs.ts";
import { code, listed, listedSorted, nameIn, say, text } from "../templates/words.ts";
import type { Deed, Play } from "./play.ts";
import { outcome } from "./timeline.ts";

/** What can be asked about a deed before it is done. */
export const ABOUTS = ["ends", "source", "pods", "endpoints", "entries", "network"] as const;
export type About = (typeof ABOUTS)[number];

export interface PredictedOption {
  id: string;
  text: Text;
  /** The wrong belief by which one comes to it … */
  belief?: MisconceptionId;
  /** … and where it parts from what happens. */
  why?: Text;
}

/** A question about what a deed will do, with what wrong beliefs expect among the options. */
export interface Prediction {
  about: About;
  question: Text;
  options: readonly PredictedOption[];
  /** The id of the right one. */
  key: string;
}

/** The deed that is about to be done to a cluster, and the play before it. */
interface Ahead {
  play: Play;
  before: Cluster;
  deed: Deed;
}
/** What somebody with some rules expects, by what it is about. */
type Expected = ReadonlyMap<string, Text>;
interface Look {
  question: (subject: string) => Text;
  expect: (ahead: Ahead, rules: Rules) => Expected;
  /** Beliefs that may expect something else. */
  beliefs: readonly MisconceptionId[];
}

const EVERY = Object.keys(VARIANTS) as MisconceptionId[];

const LOOKS: Record<About, Look> = {
  ends: {
    question: () => text("このリクエストは、どうなりますか。", "What becomes of this request?"),
    expect: ({ before, deed }, rules) => aboutRequest(before, deed, rules, tellEnds),
    beliefs: EVERY,
  },
  source: {
    question: () =>
      text("受け取った側のログに、送信元はどう出ますか。", "Which source does the receiver log?"),
    expect: ({ before, deed }, rules) => aboutRequest(before, deed, rules, tellSource),
    beliefs: EVERY,
  },
  pods: {
    question: () =>
      text("落ち着いたあと、Podはどうなっていますか。", "What has become of the Pods once all is quiet?"),
    expect: ({ play, before, deed }, rules) =>
      new Map([["", tellPods(before, outcome(play, before, deed, rules))]]),
    beliefs: [
      "pod-ip-is-stable",
      "pod-moves",
      "reconcile-is-one-shot",
      "statefulset-keeps-ip",
      "container-restart-changes-ip",
      "selector-is-or",
    ],
  },
  endpoints: {
    question: (subject) =>
      say(
        "落ち着いたあと、Service {0}のトラフィックを受け取るアドレスはどれですか。",
        "Once all is quiet, which addresses get the traffic of the Service {0}?",
        code(nameIn(subject)),
      ),
    expect: ({ play, before, deed }, rules) => endpoints(outcome(play, before, deed, rules)),
    beliefs: [
      "running-is-ready",
      "register-backends",
      "pod-ip-is-stable",
      "selector-is-or",
      "reconcile-is-one-shot",
    ],
  },
  entries: {
    question: (subject) =>
      say(
        "落ち着いたあと、{0}のアドレスはどうなりますか。",
        "Once all is quiet, what is the address of {0}?",
        code(subject),
      ),
    expect: ({ play, before, deed }, rules) => entries(outcome(play, before, deed, rules)),
    beliefs: [
      "ingress-works-alone",
      "class-is-optional-decoration",
      "default-class-fills-existing",
      "external-ip-is-public",
      "one-ingress-per-cluster",
    ],
  },
  network: {
    question: () =>
      text("Podのアドレスは、どこから取られますか。", "Where do the Pods get their addresses from?"),
    expect: ({ play, before, deed }, rules) =>
      new Map([["", tellNetwork(outcome(play, before, deed, rules))]]),
    beliefs: [
      "overlay-uses-vnet-ips",
      "flat-means-node-subnet",
      "dataplane-changes-ipam",
      "node-subnet-ips-on-demand",
      "pod-subnet-ips-on-demand",
    ],
  },
};

/** What is worth asking about each deed, the first that beliefs differ on. */
const ASKED: Record<Deed["do"], readonly About[]> = {
  send: ["ends", "source"],
  remove: ["pods", "endpoints", "entries"],
  apply: ["entries", "endpoints", "pods"],
  failNode: ["pods", "endpoints"],
  restoreNode: ["pods", "endpoints"],
  addNode: ["pods"],
  cordon: ["pods"],
  setReady: ["endpoints"],
  restartContainer: ["pods"],
  relabel: ["endpoints", "pods"],
  scale: ["endpoints", "pods"],
  setImage: ["pods", "endpoints"],
  switchNetwork: ["network"],
};

const WRONG_AT_MOST = 3;

/**
 * What to ask before a deed is done; null where every belief expects what happens.
 * @param about what to ask about; else the first that something wrong can be expected of
 */
export function predict(play: Play, before: Cluster, deed: Deed, about?: About): Prediction | null {
  for (const each of about ? [about] : ASKED[deed.do]) {
    const { question, expect, beliefs } = LOOKS[each];
    const ahead = { play, before, deed };
    const truth = expect(ahead, RULES);
    const expected = beliefs.map((belief) => ({ belief, by: expect(ahead, withVariant(belief)) }));
    for (const [subject, right] of truth) {
      const wrong = new Map<string, PredictedOption>();
      for (const { belief, by } of expected) {
        const told = by.get(subject);
        if (!told || told.en === right.en || wrong.has(told.en) || wrong.size === WRONG_AT_MOST) continue;
        const why: Text | undefined = (BELIEFS as Partial<Record<MisconceptionId, Text>>)[belief];
        wrong.set(told.en, { id: belief, text: told, belief, ...(why && { why }) });
      }
      if (wrong.size === 0) continue;
      const options = shuffle(
        [{ id: "right", text: right }, ...wrong.values()],
        before.tick + play.deeds.length,
      );
      return { about: each, question: question(subject), options, key: "right" };
    }
  }
  return null;
}

function aboutRequest(
  cluster: Cluster,
  deed: Deed,
  rules: Rules,
  tell: (paths: ReturnType<typeof trace>["paths"], rules: Rules) => Text | null,
): Expected {
  const packet = deed.do === "send" ? packetOf(cluster, deed.connection) : null;
  const told = packet && tell(trace(cluster, packet, rules).paths, rules);
  return new Map(told ? [["", told]] : []);
}

const SYMPTOMS: Record<string, Text> = {
  refused: text("拒否される", "It is refused"),
  "timed out": text("応答がなく、タイムアウトする", "Nothing answers, and it times out"),
  "unknown host": text("名前が引けない", "The name is not found"),
};

function tellEnds(paths: ReturnType<typeof trace>["paths"], rules: Rules): Text | null {
  const receivers = paths.flatMap(({ verdict }) => {
    if (verdict.kind !== "delivered") return [];
    const { to } = verdict;
    return ["key" in to ? nameIn(to.key) : to.name];
  });
  if (receivers.length > 0)
    return new Set(receivers).size === 1
      ? say("{0}が応答する", "{0} answers", listedSorted(receivers))
      : say("次のどれかが応答する: {0}", "One of these responds: {0}", listedSorted(receivers));
  const [path] = paths;
  if (!path) return null;
  const seen = symptom(path.verdict, rules);
  return SYMPTOMS[seen] ?? say("{0}が返る", "{0} comes back", code(seen));
}

function tellSource(paths: ReturnType<typeof trace>["paths"]): Text | null {
  const sources = paths.flatMap(({ verdict }) => (verdict.kind === "delivered" ? [verdict.source] : []));
  if (sources.length === 0) return null;
  return new Set(sources).size === 1
    ? listedSorted(sources)
    : say("次のどれか: {0}", "One of {0}", listedSorted(sources));
}

const pods = (count: number) => (count === 1 ? "1 Pod is" : `${count} Pods are`);

function tellPods(before: Cluster, after: Cluster): Text {
  const was = new Map(all(before, "Pod").map((pod) => [keyOf(pod), pod]));
  const now = all(after, "Pod");
  const keys = new Set(now.map(keyOf));
  const gone = [...was.values()].filter((pod) => !keys.has(keyOf(pod)));
  const made = now.filter((pod) => !was.has(keyOf(pod)));
  const moved = now.filter(
    (pod) => was.has(keyOf(pod)) && was.get(keyOf(pod))?.spec.nodeName !== pod.spec.nodeName,
  );
  const readdressed = now.filter(
    (pod) =>
      was.has(keyOf(pod)) && !moved.includes(pod) && was.get(keyOf(pod))?.status?.podIP !== pod.status?.podIP,
  );
  const parts = [
    gone.length > 0 && say("{0}個が消える", "{1} gone", gone.length, pods(gone.length)),
    made.length > 0 &&
      say(
        "{0}個が新しくできる（アドレスは{1}）",
        "{2} new, at {1}",
        made.length,
        listed(made.map(({ status }) => status?.podIP ?? "—")),
        pods(made.length),
      ),
    moved.length > 0 &&
      say(
        "{0}が、同じ名前のまま別のノードに移る",
        "{0} moves to another node under the same name",
        listed(moved.map((pod) => nameIn(keyOf(pod)))),
      ),
    readdressed.length > 0 &&
      say(
        "{0}のアドレスが{1}に変わる",
        "{0} changes its address to {1}",
        listed(readdressed.map((pod) => nameIn(keyOf(pod)))),
        listed(readdressed.map(({ status }) => status?.podIP ?? "—")),
      ),
  ].filter((part) => part !== false);
  return parts.length === 0
    ? text("Podもアドレスも変わらない", "The Pods and their addresses stay as they are")
    : text(parts.map(({ ja }) => ja).join("、"), parts.map(({ en }) => en).join("; "));
}

const endpoints = (cluster: Cluster): Expected =>
  new Map(
    all(cluster, "Service").map((service) => {
      const ready = slicesOf(cluster, service)
        .flatMap(({ endpoints: each }) => each)
        .filter(({ conditions }) => conditions?.ready !== false);
      return [keyOf(service), listedSorted(ready.flatMap(({ addresses }) => addresses))];
    }),
  );

function entries(cluster: Cluster): Expected {
  const told = (address: string | undefined) =>
    address ? text(code(address), code(address)) : text("アドレスは付かない", "It has none");
  return new Map([
    ...all(cluster, "Service")
      .filter(({ spec }) => spec.type === "LoadBalancer")
      .map(
        (one) => [`Service/${one.metadata.name}`, told(one.status?.loadBalancer?.ingress?.[0]?.ip)] as const,
      ),
    ...all(cluster, "Ingress").map(
      (one) => [`Ingress/${one.metadata.name}`, told(one.status?.loadBalancer?.ingress?.[0]?.ip)] as const,
    ),
    ...all(cluster, "Gateway").map(
      (one) => [`Gateway/${one.metadata.name}`, told(one.status?.addresses?.[0]?.value)] as const,
    ),
  ]);
}

function tellNetwork(cluster: Cluster): Text {
  const address = all(cluster, "Pod").find(({ status }) => status?.podIP)?.status?.podIP ?? "";
  const { podCidr } = cluster.network;
  const subnets = cluster.azure.vnets.flatMap((vnet) => vnet.subnets);
  const subnet = subnets.find(({ cidr }) => inRange(address, cidr));
  const taken = subnets.reduce((sum, { name }) => sum + vnetAddresses(cluster, name).length, 0);
  return subnet
    ? say(
        "VNetのサブネット{0}（VNetのアドレスを合わせて{1}個使う）",
        "From the VNet's subnet {0}; {1} of the VNet's addresses are taken in all",
        code(subnet.name),
        taken,
      )
    : say(
        "VNetの外の{0}（VNetのアドレスはノードなどの{1}個だけ使う）",
        "From {0} outside the VNet; just {1} of the VNet's addresses are taken, by nodes and the like",
        code(podCidr),
        taken,
      );
}
