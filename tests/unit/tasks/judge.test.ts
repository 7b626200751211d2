import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradeAny, judge, taskSchema } from "#lib/core/tasks/index.ts";
import { items } from "../questions/items.ts";
import { all, fromClient, GOOD, pod, pods, service, task } from "./shop.ts";

const text = { ja: "?", en: "?" };
const passes = (probe: object, manifests: string, scene = {}) =>
  judge(task([probe], { scene }), manifests).passed;
const PORT_80 = "ports: [{ port: 80, targetPort: 8080 }]";

describe("a probe of a connection", () => {
  it("passes when the client sees on every path what it must see", () => {
    expect(passes(fromClient({ ends: "answered" }), GOOD)).toBe(true);
    expect(passes(fromClient({ ends: "refused" }), GOOD)).toBe(false);
    const half = all(GOOD, pod("lame", { labels: { app: "shop" } }));
    expect(passes(fromClient({ ends: "answered" }), half)).toBe(false);
    expect(
      passes(fromClient({ ends: "refused" }), service("{ selector: { app: none }, ports: [{ port: 80 }] }")),
    ).toBe(true);
  });

  it("takes anything but an answer for a failure", () => {
    for (const other of ["", service(`{ selector: { app: none }, ${PORT_80} }`)])
      expect(passes(fromClient({ ends: "fails" }), other)).toBe(true);
    expect(passes(fromClient({ ends: "fails" }), GOOD)).toBe(false);
  });

  it("wants all of the receivers, and no others", () => {
    const probe = fromClient({ ends: "answered", receivers: { app: "shop" } });
    const label = "{ labels: { app: shop, at: home } }";
    expect(passes(probe, GOOD)).toBe(true);
    const others = all(
      GOOD.replace("app: shop", "tier: front"),
      pod("x", { labels: { tier: "front" }, image: "shop:1" }),
    );
    expect(passes(probe, others)).toBe(false);
    const one = all(
      pods("shop", { image: "shop:1" }).replace("{ labels: { app: shop } }", label),
      GOOD.replace("app: shop", "at: home"),
    );
    expect(passes(probe, one)).toBe(true);
    const more = all(GOOD, pod("y", { labels: { app: "shop" }, image: "shop:1" }));
    expect(passes(probe, more)).toBe(true);
    expect(passes(probe, all(more, GOOD.replace("app: shop", "app: shop, pod-template-hash: none")))).toBe(
      false,
    );
  });

  it("tells by whose address the receiver sees", () => {
    const outside = (source: string) => ({
      id: "from-outside",
      text,
      connection: {
        connection: { from: "Machine/outside", to: "Service/shop", port: 80 },
        ends: "answered",
        source,
      },
    });
    const balanced = (policy: string) =>
      service(
        `{ type: LoadBalancer, externalTrafficPolicy: ${policy}, selector: { app: shop }, ${PORT_80} }`,
      );
    expect(passes(outside("client"), balanced("Local"))).toBe(true);
    expect(passes(outside("client"), balanced("Cluster"))).toBe(false);
    expect(passes(outside("another"), balanced("Cluster"))).toBe(true);
  });

  it("passes as a failure while what it goes to has no address, and as nothing else", () => {
    const outside = (ends: string) => ({
      id: "from-outside",
      text,
      connection: { connection: { from: "Machine/outside", to: "Service/shop", port: 80 }, ends },
    });
    expect(passes(outside("fails"), GOOD)).toBe(true);
    expect(passes(outside("answered"), GOOD)).toBe(false);
    expect(passes(outside("timed out"), GOOD)).toBe(false);
  });

  it("does not pass where there is nobody to ask", () => {
    const probe = {
      ...fromClient({ ends: "timed out" }),
      connection: { connection: { from: "Pod/nobody", to: "shop", port: 80 }, ends: "timed out" },
    };
    expect(judge(task([probe]), GOOD).findings[0]).toMatchObject({
      passed: false,
      problems: [{ message: "Pod/nobody has no address" }],
    });
  });

  it("names the first way that is not as it must be", () => {
    const [finding] = judge(
      task([fromClient({ ends: "answered" })]),
      all(GOOD, pod("lame", { labels: { app: "shop" } })),
    ).findings;
    expect(finding?.paths.length).toBe(3);
    expect(finding?.culprit?.verdict).toMatchObject({ kind: "refused" });
    expect(finding?.paths).toContain(finding?.culprit);
  });
});

describe("a probe of an object", () => {
  const object = (has: object) => ({
    id: "object",
    text,
    object: { kind: "Service", key: "default/shop", has },
  });

  it("compares values by their paths", () => {
    expect(passes(object({ "spec.type": "ClusterIP" }), GOOD)).toBe(true);
    expect(passes(object({ "spec.ports.0.targetPort": 8080, "spec.selector": { app: "shop" } }), GOOD)).toBe(
      true,
    );
    expect(passes(object({ "spec.type": "NodePort" }), GOOD)).toBe(false);
    expect(passes(object({ "spec.nothing.there": 1 }), GOOD)).toBe(false);
  });

  it("does not pass where the object is not there", () => {
    expect(passes(object({}), "")).toBe(false);
    expect(passes(object({}), GOOD)).toBe(true);
  });
});

describe("what happens before a probe", () => {
  const answered = (...after: object[]) => fromClient({ ends: "answered" }, after);

  it("happens in a cluster of the probe's own", () => {
    const gone = answered({ do: "remove", kind: "Service", key: "default/shop" });
    const { findings } = judge(task([gone, answered()]), GOOD);
    expect(findings.map(({ passed }) => passed)).toEqual([false, true]);
  });

  it("is survived, or not", () => {
    const oneNode = { do: "failNode", node: "node-1" };
    expect(
      passes(answered(oneNode), all(pods("shop", { image: "shop:1", replicas: 2 }), GOOD), { nodes: 3 }),
    ).toBe(true);
    const rollout = { do: "setImage", key: "default/shop", image: "shop:2" };
    // The new image listens elsewhere: with a readiness probe the old Pods go on, without one they are gone.
    expect(passes(answered(rollout), GOOD)).toBe(true);
    const unready = pods("shop", { image: "shop:1" }).replace(
      ", readinessProbe: { tcpSocket: { port: 8080 } }",
      "",
    );
    expect(unready).not.toContain("readiness");
    expect(passes(answered(rollout), all(GOOD, unready))).toBe(false);
  });

  it("is asked about so many seconds later, or once all is over", () => {
    const scene = {
      manifests: all(pods("shop", { image: "shop:1", replicas: 1 }), pod("client", { node: "node-2" })),
    };
    const lost = answered({ do: "failNode", node: "node-1" });
    expect(passes({ ...lost, seconds: 60 }, GOOD, scene)).toBe(false);
    expect(passes({ ...lost, seconds: 600 }, GOOD, scene)).toBe(true);
    expect(passes(lost, GOOD, scene)).toBe(true);
  });

  it("fails the probe where it cannot happen, and says why", () => {
    const [finding] = judge(
      task([answered({ do: "setImage", key: "default/none", image: "x" })]),
      GOOD,
    ).findings;
    expect(finding?.passed).toBe(false);
    expect(finding?.problems[0]?.message).toMatch(/none/);
  });
});

describe("beliefs", () => {
  const asked = (manifests: string, beliefs: string[]) =>
    judge(task([fromClient({ ends: "answered" })], { beliefs }), manifests);
  const sameNumber = service("{ selector: { app: shop }, ports: [{ port: 80, targetPort: 9999 }] }");

  it("are those under which wrong manifests would do", () => {
    const scene = { images: { "shop:1": { listens: [80] }, "shop:2": { listens: [] } } };
    const plain = {
      manifests: all(pods("shop", { image: "shop:1" }).replace("port: 8080", "port: 80"), pod("client")),
      ...scene,
    };
    const probes = [fromClient({ ends: "answered" })];
    const beliefs = ["port-is-targetport", "selector-is-or"];
    expect(judge(task(probes, { scene: plain, beliefs }), sameNumber)).toMatchObject({
      passed: false,
      beliefs: ["port-is-targetport"],
    });
    expect(judge(task(probes, { scene: plain, beliefs: ["selector-is-or"] }), sameNumber).beliefs).toEqual(
      [],
    );
  });

  it("are none where the manifests do what is asked, or are refused", () => {
    expect(asked(GOOD, ["selector-is-or"]).beliefs).toEqual([]);
    expect(asked("kind: Nonsense", ["selector-is-or"]).beliefs).toEqual([]);
  });

  it("reach the grade of an answer, with the share of the probes that pass", () => {
    const inside = {
      id: "inside",
      text,
      object: { kind: "Service", key: "default/shop", has: { "spec.type": "ClusterIP" } },
    };
    const tried = task([fromClient({ ends: "answered" }), inside], { beliefs: ["selector-is-or"] });
    const either = service(`{ selector: { app: shop, tier: front }, ${PORT_80} }`);
    const grade = (manifests: string) => gradeAny({ ...items.manifest, task: tried }, { manifests }, "en");
    expect(grade(either)).toEqual({ correct: false, score: 0.5, misconceptions: ["selector-is-or"] });
    expect(grade(GOOD)).toEqual({ correct: true, score: 1, misconceptions: [] });
    expect(grade("kind: Nonsense")).toEqual({ correct: false, score: 0, misconceptions: [] });
  });
});

describe("how manifests are written", () => {
  const probe = fromClient({ ends: "answered", receivers: { app: "shop" } });
  const TASK = task([probe, fromClient({ ends: "answered" }, [{ do: "failNode", node: "node-1" }])]);
  const documents = [
    GOOD,
    pods("shop", { image: "shop:1", replicas: 3 }),
    pod("other"),
    service("{ ports: [{ port: 1 }] }", "none"),
  ];
  const judged = (manifests: string) => {
    const { passed, findings } = judge(TASK, manifests);
    return { passed, verdicts: findings.map((finding) => finding.passed) };
  };

  it("does not change what they are worth: order, comments, blank lines, quotes", () => {
    const written = fc.record({
      order: fc.shuffledSubarray(documents, { minLength: documents.length }),
      comment: fc.constantFrom("", "# a word\n", "# 一言\n\n", "   # { [ & *\n"),
      end: fc.constantFrom("\n", "\r\n"),
      quoted: fc.boolean(),
      broken: fc.boolean(),
    });
    fc.assert(
      fc.property(written, ({ order, comment, end, quoted, broken }) => {
        const whole = order.map((one) => comment + one).join("\n---\n");
        const selected = broken ? whole.replace("selector: { app: shop }", "selector: { app: sohp }") : whole;
        const styled = quoted ? selected.replaceAll(/app: (\w+)/g, 'app: "$1"') : selected;
        expect(judged(styled.replaceAll("\n", end))).toEqual({
          passed: !broken,
          verdicts: [!broken, !broken],
        });
      }),
      { numRuns: 40 },
    );
  });

  it("is the same to judge again", () => {
    expect(judge(TASK, GOOD)).toEqual(judge(structuredClone(TASK), GOOD));
  });
});

it("asks each probe about a connection or an object, never both or neither", () => {
  const { scene, start, probes } = task([fromClient({ ends: "answered" })]);
  const object = { kind: "Service", key: "shop", has: {} };
  const accepts = (probe: object) => taskSchema.safeParse({ scene, start, probes: [probe] }).success;
  expect(accepts(probes[0]!)).toBe(true);
  expect(accepts({ ...probes[0], object })).toBe(false);
  expect(accepts({ id: "none", text })).toBe(false);
});
