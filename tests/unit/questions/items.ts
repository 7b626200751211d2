import type { Answer, ItemOf, Kind, Text } from "#lib/core/questions/index.ts";

const text = (words: string): Text => ({ ja: words, en: words });
const base = {
  id: "an-item",
  revision: 1,
  difficulty: 2,
  prompt: text("?"),
  explanation: text("!"),
  sources: ["a-source"],
  asOf: "2026-11-24",
};
const wrong = (id: string) => ({ id, text: text(id), misconception: `belief-${id}`, why: text("why") });
const pod = (name: string, labels: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: ${labels} }
spec: { containers: [{ name: main, image: app, ports: [{ containerPort: 8080 }] }] }
---`;
/** A Service in front of whatever is labelled so. */
const service = (app: string) => `
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: ${app} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
const right = (id: string) => ({ id, text: text(id), correct: true as const });

/** One small item of every kind. */
export const items: { [K in Kind]: ItemOf<K> } = {
  flashcard: { ...base, kind: "flashcard", answer: text("Service") },
  single: { ...base, kind: "single", options: [wrong("a"), right("b"), wrong("c")] },
  multiple: { ...base, kind: "multiple", options: [right("a"), wrong("b"), right("c"), wrong("d")] },
  cloze: {
    ...base,
    kind: "cloze",
    text: text("{{object}} {{server}}"),
    gaps: [
      {
        id: "object",
        accept: { ja: ["サービス"], en: ["EndpointSlice", "endpoint slice object"] },
        traps: [{ answer: "Pod IP", misconception: "belief-pod-ip" }],
      },
      { id: "server", accept: { ja: ["サーバー"], en: ["server"] } },
    ],
  },
  ordering: {
    ...base,
    kind: "ordering",
    steps: ["a", "b", "c", "d"].map((id) => ({ id, text: text(id) })),
    traps: [{ step: "b", before: "a", misconception: "belief-order" }],
  },
  matching: {
    ...base,
    kind: "matching",
    pairs: ["a", "b", "c"].map((id) => ({
      id,
      left: text(id),
      right: text(id),
      misconception: `belief-${id}`,
    })),
    extras: [{ id: "x", text: text("x") }],
  },
  classify: {
    ...base,
    kind: "classify",
    buckets: ["vm", "pod"].map((id) => ({ id, label: text(id) })),
    cards: [
      { id: "a", text: text("a"), bucket: "vm", misconception: "belief-a" },
      { id: "b", text: text("b"), bucket: "pod", misconception: "belief-b" },
      { id: "c", text: text("c"), bucket: "pod" },
    ],
  },
  numeric: {
    ...base,
    kind: "numeric",
    value: 250,
    tolerance: 2,
    unit: text("IPs"),
    steps: text("256 - 6"),
    traps: [{ value: 256, misconception: "belief-no-reserve", why: text("why") }],
  },
  manifest: {
    ...base,
    kind: "manifest",
    task: {
      scene: { manifests: pod("shop", "{ app: shop }") + pod("client", "{}"), changes: [] },
      start: service("nothing"),
      probes: [
        {
          id: "answers",
          text: text("answers"),
          after: [],
          connection: {
            connection: { from: "Pod/default/client", to: "shop", port: 80 },
            ends: "answered",
          },
        },
        {
          id: "outside",
          text: text("not from outside"),
          after: [],
          object: { kind: "Service", key: "default/shop", has: { "spec.type": "ClusterIP" } },
        },
      ],
      beliefs: [],
    },
    hints: [text("one"), text("two")],
    solution: service("shop"),
  },
};

/** The answer that is right for each of them. */
export const keys = {
  flashcard: { recall: "good" },
  single: { option: "b" },
  multiple: { options: ["a", "c"] },
  cloze: { gaps: { object: "EndpointSlice", server: "server" } },
  ordering: { order: ["a", "b", "c", "d"] },
  matching: { matches: { a: "a", b: "b", c: "c" } },
  classify: { buckets: { a: "vm", b: "pod", c: "pod" } },
  numeric: { number: "250" },
  manifest: { manifests: service("shop") },
} satisfies Record<Kind, Answer>;
