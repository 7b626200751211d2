import { describe, expect, it } from "vitest";
import { boxOf, type Drawing, elide, type Item, layout } from "#components/playground/layout.ts";
import { destinationsOf, manifestOf, targetsOf } from "#components/playground/options.ts";
import { SCENE_IDS } from "#components/playground/scene-ids.ts";
import { SCENES } from "#components/playground/scenes.ts";
import { age, differences, tablesOf } from "#components/playground/tables.ts";
import { wayIn } from "#components/playground/way.ts";
import { all, keyOf } from "#lib/core/cluster/index.ts";
import { parseManifests } from "#lib/core/cluster/yaml.ts";
import { begin, type Deed, timeline } from "#lib/core/playground/index.ts";
import { packetOf, type Scene } from "#lib/core/scene/index.ts";

const clusterOf = (scene: Scene) => begin(scene).cluster;
const framesOf = (scene: Scene, ...deeds: Deed[]) => timeline({ scene, deeds });
const end = (scene: Scene, ...deeds: Deed[]) => framesOf(scene, ...deeds).at(-1)!;

/** Things that are drawn over each other, where neither is around the other. */
function overlaps({ items }: Drawing): string[] {
  const within = (a: Item, b: Item) =>
    a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
  const apart = (a: Item, b: Item) =>
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  return items.flatMap((a, n) =>
    items
      .slice(n + 1)
      .filter((b) => !apart(a, b) && !within(a, b) && !within(b, a))
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe("the layout of a cluster", () => {
  it.each(SCENE_IDS.flatMap((id) => [332, 500, 720, 1100].map((width) => [id, width] as const)))(
    "draws all of %s within %i pixels, and nothing over anything else",
    (id, width) => {
      const drawing = layout(clusterOf(SCENES[id]), width);
      expect(overlaps(drawing)).toEqual([]);
      for (const { id: name, x, y, width: w, height } of drawing.items) {
        expect(x, name).toBeGreaterThanOrEqual(0);
        expect(x + w, name).toBeLessThanOrEqual(width);
        expect(y + height, name).toBeLessThanOrEqual(drawing.height);
      }
    },
  );

  it("draws every node, Pod, Service, route and machine once", () => {
    const cluster = clusterOf(SCENES.shop);
    const ids = layout(cluster, 720).items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const kind of ["Node", "Pod", "Service", "Ingress"] as const)
      for (const one of all(cluster, kind)) expect(ids).toContain(`${kind}/${keyOf(one)}`);
    expect(ids).toContain("Machine/visitor");
    expect(ids).toContain("LoadBalancer/kubernetes");
  });

  it("draws a machine in the network that its address is of", () => {
    const drawing = layout(clusterOf(SCENES.policies), 720);
    const [office, onPremises] = [boxOf(drawing, "Machine/office")!, boxOf(drawing, "Zone/onPremises")!];
    expect(office.y).toBeGreaterThan(onPremises.y);
    expect(office.y + office.height).toBeLessThan(onPremises.y + onPremises.height);
    expect(drawing.items.filter(({ id }) => id === "Machine/office")).toHaveLength(1);
    expect(boxOf(drawing, "Zone/internet")).toBeUndefined();
  });

  it("draws fifty Pods less high than a column of nodes each with a column of Pods", () => {
    expect(layout(clusterOf(SCENES.crowd), 720).height).toBeLessThan(1300);
  });

  it("draws a Pod on its node, with the letter of the Service that lists it", () => {
    const cluster = clusterOf(SCENES.service);
    const drawing = layout(cluster, 720);
    const pod = all(cluster, "Pod").find(({ metadata }) => metadata.name.startsWith("web-"))!;
    const [box, node, service] = [
      `Pod/${keyOf(pod)}`,
      `Node/${pod.spec.nodeName}`,
      "Service/default/web",
    ].map((id) => boxOf(drawing, id)!);
    expect(box!.x).toBeGreaterThan(node!.x);
    expect(box!.y + box!.height).toBeLessThan(node!.y + node!.height);
    expect(box).toMatchObject({ state: "Ready", tokens: [{ letter: "A", ready: true }] });
    expect(service).toMatchObject({ token: "A" });
  });

  it("shows by the letter whether a listed Pod gets traffic", () => {
    const web = all(clusterOf(SCENES.service), "Pod").find(({ metadata }) => metadata.labels?.app === "web")!;
    const { cluster } = end(SCENES.service, { do: "setReady", pod: keyOf(web), ready: false });
    expect(boxOf(layout(cluster, 720), `Pod/${keyOf(web)}`)).toMatchObject({
      state: "NotReady",
      tokens: [{ letter: "A", ready: false }],
    });
  });

  it("gives Pod addresses the colour of the VNet where they come from it", () => {
    const worldsIn = (scene: Scene) =>
      layout(clusterOf(scene), 720).items.flatMap((item) => (item.type === "pod" ? [item.addressWorld] : []));
    expect(new Set(worldsIn(SCENES.service))).toEqual(new Set(["cluster"]));
    expect(new Set(worldsIn({ ...SCENES.service, mode: "podSubnet" }))).toEqual(new Set(["vm"]));
  });

  it("keeps the end of a name that is too long", () => {
    expect(elide("web-7d4b9c5f66-x2x8p", 100)).toBe("web-7d4…x2x8p");
    expect(elide("web", 100)).toBe("web");
  });
});

describe("the way of a packet", () => {
  const connection = { from: "Machine/visitor", to: "Service/ingress-nginx/controller", port: 80 };
  const http = { host: "shop.example.com", path: "/api" };

  it("has a point for each of its moments, and ends at who answers", () => {
    const frames = framesOf(SCENES.shop, { do: "send", connection: { ...connection, http } });
    const { cluster, journey } = frames.at(-1)!;
    const drawing = layout(cluster, 720);
    const way = wayIn(drawing, cluster, packetOf(cluster, connection)!.from, journey!.path);
    expect(way.points).toHaveLength(frames.filter((frame) => frame.journey).length);
    expect(way.end).toBe("arrived");
    const visitor = boxOf(drawing, "Machine/visitor")!;
    expect(way.points[0]).toEqual({ x: visitor.x + visitor.width / 2, y: visitor.y + visitor.height });
    const { verdict } = journey!.path;
    const receiver = boxOf(
      drawing,
      verdict.kind === "delivered" && "key" in verdict.to ? `Pod/${verdict.to.key}` : "",
    )!;
    expect(way.points.at(-1)).toEqual({ x: receiver.x + receiver.width / 2, y: receiver.y });
  });

  it("stops before a Pod whose policy lets nothing in", () => {
    const web = all(clusterOf(SCENES.policies), "Pod").find(
      ({ metadata }) => metadata.labels?.app === "web",
    )!;
    const { cluster, journey } = end(SCENES.policies, {
      do: "send",
      connection: { from: `Pod/${keyOf(web)}`, to: "db", port: 5432 },
    });
    const way = wayIn(layout(cluster, 720), cluster, { kind: "Pod", key: keyOf(web) }, journey!.path);
    expect(way.end).toBe("stopped");
  });
});

describe("tables of a cluster", () => {
  it("tell a deleted Pod as gone, its successor as new, and what changed in between", () => {
    const before = clusterOf(SCENES.service);
    const web = all(before, "Pod").find(({ metadata }) => metadata.labels?.app === "web")!;
    const { cluster } = end(SCENES.service, { do: "remove", kind: "Pod", key: keyOf(web) });
    const found = differences(tablesOf(before), tablesOf(cluster));
    expect(found).toContainEqual({ what: "goes", id: `Pod/${keyOf(web)}` });
    expect(found.filter(({ what, id }) => what === "appears" && id.startsWith("Pod/"))).toHaveLength(1);
    expect(found).toContainEqual(expect.objectContaining({ what: "changes", column: "ENDPOINTS" }));
  });

  it("differ in nothing from themselves", () => {
    const tables = tablesOf(clusterOf(SCENES.shop));
    expect(differences(tables, tables)).toEqual([]);
  });

  it.each([
    [0, "0s"],
    [119, "119s"],
    [125, "2m5s"],
    [300, "5m"],
    [660, "11m"],
    [7_200, "120m"],
    [36_000, "10h"],
  ])("an age of %i s is written %s, as kubectl does", (seconds, written) => {
    expect(age(seconds)).toBe(written);
  });
});

describe("what can be done", () => {
  it.each(SCENE_IDS)("the cluster %s has no mistake in its manifests", (id) => {
    expect(begin(SCENES[id]).problems).toEqual([]);
  });

  it("offers a Pod's probe to be broken, and then to be mended", () => {
    const cluster = clusterOf(SCENES.service);
    const [pod = ""] = targetsOf(cluster, "break");
    expect(targetsOf(cluster, "mend")).toEqual([]);
    const broken = end(SCENES.service, {
      do: "setReady",
      pod: pod.slice("Pod/".length),
      ready: false,
    }).cluster;
    expect(targetsOf(broken, "mend")).toEqual([pod]);
  });

  it("offers the entry from outside and the names of Services as destinations, each once", () => {
    const names = destinationsOf(clusterOf(SCENES.shop)).map(({ to }) => to);
    expect(names).toContain("web");
    expect(names).toContain("controller.ingress-nginx");
    expect(new Set(names).size).toBe(names.length);
  });

  it("hands out an object as somebody would have written it", () => {
    const text = manifestOf(clusterOf(SCENES.shop), "Ingress/default/shop");
    expect(text).not.toContain("status");
    const { objects, problems } = parseManifests(text);
    expect(problems).toEqual([]);
    expect(objects).toMatchObject([{ kind: "Ingress", metadata: { name: "shop" } }]);
  });
});
