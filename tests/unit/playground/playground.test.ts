import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { all, keyOf, settle } from "#lib/core/cluster/index.ts";
import {
  type Deed,
  decodeMoment,
  encodeMoment,
  LINK_LIMITS,
  type Play,
  perform,
  playSchema,
  predict,
  timeline,
} from "#lib/core/playground/index.ts";

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: shop
          image: shop:1
          ports: [{ containerPort: 8080 }]
          readinessProbe: { tcpSocket: { port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec:
  selector: { app: shop }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: client, image: client:1 }] }
`;
const scene = playSchema.shape.scene.parse({ manifests: SHOP });
const play = (...deeds: Deed[]): Play => playSchema.parse({ scene, deeds });
const first = timeline(play())[0]!.cluster;
const pod = keyOf(all(first, "Pod").find(({ metadata }) => metadata.labels?.app === "shop")!);

const removal: Deed = { do: "remove", kind: "Pod", key: pod };
const request: Deed = { do: "send", connection: { from: "Pod/default/client", to: "shop", port: 80 } };
const anyDeed = fc.constantFrom<Deed>(
  removal,
  request,
  { do: "failNode", node: "node-1" },
  { do: "restoreNode", node: "node-1" },
  { do: "addNode", node: "node-9" },
  { do: "cordon", node: "node-2", on: true },
  { do: "setReady", pod, ready: false },
  { do: "restartContainer", pod },
  { do: "relabel", kind: "Pod", key: pod, labels: { app: "odd" } },
  { do: "scale", kind: "Deployment", key: "shop", replicas: 5 },
  { do: "setImage", kind: "Deployment", key: "shop", image: "shop:2" },
  { do: "switchNetwork", mode: "nodeSubnet", dataPlane: "iptables" },
  { do: "apply", manifests: "not: a manifest" },
);
const anyPlay = fc.array(anyDeed, { maxLength: 4 }).map((deeds) => play(...deeds));

describe("a play", () => {
  it("shows a deed step by step, each with what the cluster told, until all is quiet", () => {
    const frames = timeline(play(removal)).filter(({ deed }) => deed === 0);
    expect(frames.length).toBeGreaterThan(3);
    expect(frames.flatMap(({ events }) => events.map(({ reason }) => reason))).toEqual(
      expect.arrayContaining(["Killing", "SuccessfulCreate", "Scheduled", "Started"]),
    );
    const last = frames.at(-1)!.cluster;
    expect(settle(last)).toBe(last);
  });

  it("shows a request hop by hop, in a cluster that stays as it is", () => {
    const frames = timeline(play(request)).slice(1);
    expect(frames.map(({ journey }) => journey?.hops)).toEqual([0, 1, 2, 2]);
    expect(frames.at(-1)?.journey).toMatchObject({
      ended: true,
      paths: 3,
      path: { verdict: { kind: "delivered" } },
    });
    expect(new Set(frames.map(({ cluster }) => cluster)).size).toBe(1);
  });

  it("says what could not be done, and goes on from where it was", () => {
    const [before, after] = timeline(play({ do: "remove", kind: "Pod", key: "nobody" }));
    expect(after?.problems).toMatchObject([{ severity: "error", message: "There is no Pod nobody" }]);
    expect(after?.cluster).toBe(before?.cluster);
    const unknown = timeline(
      play({ ...request, connection: { from: "Pod/client", to: "Service/shop", port: 80 } }),
    );
    expect(unknown.at(-1)?.problems).toMatchObject([{ severity: "error" }]);
  });

  it("shows what takes very many steps as one from some point on", () => {
    const inOrder = SHOP.split("---")[0]!
      .replace("kind: Deployment", "kind: StatefulSet")
      .replace("replicas: 3", "replicas: 40");
    const frames = timeline(
      play({ do: "remove", kind: "Deployment", key: "shop" }, { do: "apply", manifests: inOrder }),
    );
    const made = frames.filter(({ deed }) => deed === 1);
    expect(made.length).toBeGreaterThan(40);
    const [before, last] = [made.at(-2)!, made.at(-1)!];
    expect(last.cluster.tick).toBeGreaterThan(before.cluster.tick + 1);
    expect(last.events.length).toBeGreaterThan(20);
    expect(settle(last.cluster)).toBe(last.cluster);
  });

  it("finds a Pod by how its name begins", () => {
    const [, after] = timeline(play({ do: "remove", kind: "Pod", key: "shop-*" }));
    expect(after?.problems).toEqual([]);
    expect(
      after?.cluster.objects.Pod.find((one) => keyOf(one) === pod)?.metadata.deletionTimestamp,
    ).toBeDefined();
    const sent = {
      connection: { from: "Pod/shop-*", to: "Pod/default/client", port: 1 },
      do: "send",
    } as const;
    expect(timeline(play(sent)).at(-1)?.journey?.ended).toBe(true);
  });

  it("gives the Pods of another network other addresses, and keeps what was done", () => {
    const frames = timeline(
      play(
        { do: "scale", kind: "Deployment", key: "shop", replicas: 1 },
        {
          do: "switchNetwork",
          mode: "nodeSubnet",
          dataPlane: "iptables",
        },
      ),
    );
    const pods = all(frames.at(-1)!.cluster, "Pod");
    expect(pods.length).toBe(2);
    expect(pods.every(({ status }) => status?.podIP?.startsWith("10.224."))).toBe(true);
  });

  it("is the same played at once or deed by deed", () => {
    fc.assert(
      fc.property(anyPlay, (whole) => {
        const frames = timeline(whole);
        const grown = [frames[0]!];
        for (const n of whole.deeds.keys())
          grown.push(...perform({ ...whole, deeds: whole.deeds.slice(0, n + 1) }, grown));
        expect(grown).toEqual(frames);
      }),
      { numRuns: 15 },
    );
  });
});

describe("a prediction", () => {
  const asked = (deed: Deed, about?: Parameters<typeof predict>[3]) => predict(play(), first, deed, about)!;

  it("asks about every deed that a wrong belief expects something else of", () => {
    expect(asked(removal).about).toBe("pods");
    expect(asked(removal).options.flatMap(({ belief }) => belief ?? [])).toEqual(
      expect.arrayContaining(["pod-ip-is-stable", "reconcile-is-one-shot"]),
    );
    expect(asked({ do: "setReady", pod, ready: false }).options.map(({ belief }) => belief)).toContain(
      "running-is-ready",
    );
    expect(asked({ do: "restartContainer", pod }).options.map(({ belief }) => belief)).toContain(
      "container-restart-changes-ip",
    );
    expect(asked({ do: "failNode", node: "node-1" }).options.map(({ belief }) => belief)).toContain(
      "pod-moves",
    );
    expect(asked(request).about).toBe("source");
    expect(asked(request).options.map(({ belief }) => belief)).toContain("pods-behind-node-nat");
    const switched = { do: "switchNetwork", mode: "podSubnet", dataPlane: "iptables" } as const;
    expect(asked(switched).about).toBe("network");
  });

  it("has one right option, no two alike, and says with each wrong one whose it is", () => {
    fc.assert(
      fc.property(anyDeed, (deed) => {
        const prediction = predict(play(), first, deed);
        if (!prediction) return;
        const { options, key } = prediction;
        expect(options.filter(({ id }) => id === key).length).toBe(1);
        for (const locale of ["ja", "en"] as const)
          expect(new Set(options.map(({ text }) => text[locale])).size).toBe(options.length);
        for (const { id, belief } of options) expect(belief).toBe(id === key ? undefined : id);
      }),
      { numRuns: 30 },
    );
  });

  it("is none where nothing wrong can be expected", () => {
    expect(predict(play(), first, { do: "cordon", node: "node-1", on: true })).toBeNull();
  });
});

describe("a link", () => {
  it("brings back the very same moment", async () => {
    await fc.assert(
      fc.asyncProperty(anyPlay, fc.nat(100), async (whole, at) => {
        expect(await decodeMoment(await encodeMoment({ play: whole, at }))).toEqual({ play: whole, at });
      }),
      { numRuns: 20 },
    );
  });

  it("is short, and has letters only that addresses may have", async () => {
    const link = await encodeMoment({ play: play(removal, request, removal, request), at: 7 });
    expect(link).toMatch(/^1\.[\w-]+$/);
    expect(link.length).toBeLessThan(1500);
  });

  it.each([
    ["empty", ""],
    ["of another version", "2.abc"],
    ["not compressed", "1.abcdef"],
    ["with letters that are none of base64", "1.%%%"],
    ["longer than any of ours", `1.${"A".repeat(LINK_LIMITS.letters)}`],
  ])("says nothing where it is %s", async (_, link) => {
    expect(await decodeMoment(link)).toBeNull();
  });

  it("does not unpack what is small and becomes large, and takes nothing that is no play", async () => {
    const bomb = { ...play(), scene: { ...scene, manifests: "a".repeat(LINK_LIMITS.bytes) } };
    const link = await encodeMoment({ play: bomb, at: 0 });
    expect(link.length).toBeLessThan(LINK_LIMITS.letters);
    expect(await decodeMoment(link)).toBeNull();
    const odd = { scene: { nodes: 1e9 }, deeds: [] } as unknown as Play;
    expect(await decodeMoment(await encodeMoment({ play: odd, at: 0 }))).toBeNull();
    expect(await decodeMoment(await encodeMoment({ play: play(), at: -1 }))).toBeNull();
  });
});
