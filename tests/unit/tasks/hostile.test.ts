import { describe, expect, it } from "vitest";
import { ANSWER_LIMIT, judge } from "#lib/core/tasks/index.ts";
import { all, fromClient, GOOD, pod, pods, service, task } from "./shop.ts";

const TASK = task([fromClient({ ends: "answered" })], { beliefs: ["port-is-targetport"] });
const lines = (count: number, line: (place: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n");
const replicas = (count: string) => pods("other").replace("replicas: 2", `replicas: ${count}`);

const laughs = [
  "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]",
  ...[..."bcdefghi"].map((name, n) => `${name}: &${name} [${`*${"abcdefgh"[n]}, `.repeat(9)}]`),
].join("\n");

/** What somebody sends who wants to break the judge, and what is said to it. */
const REFUSED: Readonly<Record<string, [text: string, says: RegExp]>> = {
  "billion laughs": [laughs, /aliases/],
  "a few laughs": [
    "a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
    /aliases of what holds aliases/,
  ],
  "an alias many times": [`a: &a x\nb: [${"*a, ".repeat(3000)}]`, /more than 8 aliases/],
  "an anchor that contains itself": ["a: &a { b: [*a] }", /contains itself/],
  "an alias of nothing": ["a: *a", /unknown anchor 'a'/],
  "deep flow sequences": ["[".repeat(8000), /deep/],
  "deep flow maps": ["{a:\n".repeat(4000), /deep/],
  "deep brackets behind a quoted comment": [`["\n# x", ${"[".repeat(5000)}`, /deep/],
  "deep blocks": [lines(150, (n) => `${" ".repeat(n)}a:`), /deep/],
  "deep dashes": [`${"- ".repeat(8000)}x`, /deep/],
  "deep questions": [`${"? ".repeat(8000)}x`, /deep/],
  "five megabytes": ["a: b\n".repeat(1_000_000), /longer than 16384/],
  "a text just too long": ["#".repeat(ANSWER_LIMIT + 1), /longer than 16384/],
  "documents without end": ["---\n".repeat(4000), /documents/],
  "ends of documents without end": ["...\n".repeat(4000), /documents/],
  tabs: ["apiVersion: v1\n\tkind: Service", /Tabs/],
  "a key twice": [lines(2000, () => "a: 1"), /already set/],
  "keys of no name": [lines(5000, () => "? "), /already set/],
  "quotes without end": ['"'.repeat(16_000), /parsing/],
  "commas without end": [`[${",".repeat(16_000)}]`, /parsing/],
  "a list": ["- 1", /not an object/],
  "a number": ["42", /not an object/],
  "wrong types": [GOOD.replace("port: 80,", "port: eighty,"), /must be of type integer/],
  "another kind": [pod("x").replace("kind: Pod", "kind: ConfigMap"), /no matches for kind "ConfigMap"/],
  "a list of objects": ["apiVersion: v1\nkind: List\nitems: []", /no matches for kind "List"/],
  "a kind that every object has": ["apiVersion: v1\nkind: constructor", /no matches for kind "constructor"/],
  "a prototype": [
    `${GOOD}__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }`,
    /unknown field/,
  ],
  "a prototype as a name": [pod("__proto__"), /Invalid value: "__proto__"/],
  "a merge key": ["<<: { apiVersion: v1 }\nkind: Service", /apiVersion not set/],
  "a number too large": [replicas("1e400"), /must be of type integer/],
  "many digits": [replicas("9".repeat(400)), /must be/],
  "no number": [replicas(".nan"), /must be of type integer/],
  "an infinite number": [replicas(".inf"), /must be of type integer/],
  "a number below zero": [replicas("-1"), /must be/],
  "half a Pod": [replicas("1.5"), /must be of type integer/],
  "a share that is none": [
    pods("other").replace(
      "replicas: 2",
      "replicas: 2\n  strategy: { rollingUpdate: { maxUnavailable: abc } }",
    ),
    /percent/,
  ],
  "a million Pods": [replicas("1000000"), /must be/],
  "a thousand Pods": [replicas("1000"), /replicas: 1002, but this cluster takes at most 60/],
  "a hundred objects": [
    all(...Array.from({ length: 100 }, (_, n) => service("{ ports: [{ port: 80 }] }", `s${n}`))),
    /takes at most 100/,
  ],
  "very many unknown fields": [
    `apiVersion: v1\nkind: Service\n${lines(1500, (n) => `x${n}: 1`)}`,
    /and 1482 more/,
  ],
  "Japanese spaces": [GOOD.replace("spec: ", "spec:\u3000"), /parsing|apiVersion|type/],
};

/** What looks odd and is not. */
const READ: Readonly<Record<string, string>> = {
  "line ends of Windows": GOOD.replaceAll("\n", "\r\n"),
  "a byte order mark": `\uFEFF${GOOD}`,
  "comments in Japanese": `# 店の前に置くService\n${GOOD}`,
  JSON: JSON.stringify({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop" },
    spec: { selector: { app: "shop" }, ports: [{ port: 80, targetPort: 8080 }] },
  }),
  "fields without a value": GOOD.replace("spec: {", "status:\nspec: { type: ~, sessionAffinity: ,"),
  "an anchor and its alias": GOOD.replace("spec:", "spec: &spec").replace(
    "port: 80,",
    "name: &p http, port: 80,",
  ),
  "documents that hold nothing": all("# only words\n", GOOD, "\n", "# and more\n"),
};

/** What is applied, and does not do. */
const IDLE: Readonly<Record<string, string>> = {
  nothing: "",
  "spaces alone": " ".repeat(ANSWER_LIMIT),
  "lines alone": "\n".repeat(ANSWER_LIMIT),
  "comments alone": "# [{ &a *a\n".repeat(1000),
  null: "null",
  "a list without items": service("{ selector: { app: shop }, clusterIP: None, ports: }"),
  "a policy of lists without items": `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: x }
spec: { podSelector: {}, policyTypes: , ingress: [{ from: , ports: }], egress: }
`,
  "a subnet that is not there": service(
    "{ type: LoadBalancer, selector: { app: none }, ports: [{ port: 80 }] }",
  ).replace(
    "{ name: shop }",
    '{ name: shop, annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: "true", service.beta.kubernetes.io/azure-load-balancer-internal-subnet: none } }',
  ),
  "two Deployments that select the same Pods": all(
    pods("other", { app: "shop" }),
    pods("third", { app: "shop" }),
  ),
  "a Deployment and a StatefulSet that do": all(
    pods("other", { app: "shop" }),
    pods("third", { app: "shop", kind: "StatefulSet" }),
  ),
  "ReplicaSets that do": all(
    pods("other", { app: "shop", kind: "ReplicaSet", replicas: 20 }),
    pods("third", { app: "shop", kind: "ReplicaSet", replicas: 20 }),
  ),
};

describe("hostile manifests", () => {
  it.each(Object.entries(REFUSED))("%s: are refused, and told why", (_, [text, says]) => {
    const { problems, ...rest } = judge(TASK, text);
    expect(rest).toEqual({ findings: [], passed: false, beliefs: [] });
    expect(problems.map(({ message }) => message).join("\n")).toMatch(says);
    expect(problems.length).toBeLessThanOrEqual(21);
    expect("polluted" in {}).toBe(false);
  });

  it.each(Object.entries(READ))("%s: are read as any other", (_, text) => {
    expect(judge(TASK, text)).toMatchObject({ problems: [], passed: true });
  });

  it.each(Object.entries(IDLE))("%s: are applied, and do not do", (_, text) => {
    expect(judge(TASK, text)).toMatchObject({ passed: false, findings: [{ passed: false, problems: [] }] });
  });

  it("leave the task as it was", () => {
    for (const name of ["billion laughs", "a prototype", "a thousand Pods"]) judge(TASK, REFUSED[name]![0]);
    for (const text of Object.values(IDLE)) judge(TASK, text);
    expect(judge(TASK, GOOD)).toMatchObject({ passed: true });
    expect(judge(structuredClone(TASK), GOOD)).toEqual(judge(TASK, GOOD));
  });
});
