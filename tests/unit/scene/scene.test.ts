import { describe, expect, it } from "vitest";
import { all, find, keyOf, step } from "#lib/core/cluster/index.ts";
import {
  buildScene,
  comeToRest,
  makeChange,
  packetOf,
  type Scene,
  sceneSchema,
} from "#lib/core/scene/index.ts";
import { all as documents, GOOD, pod, pods, service } from "../tasks/shop.ts";

const scene = (own: object = {}): Scene =>
  sceneSchema.parse({
    nodes: 2,
    images: { shop: { listens: [8080] } },
    manifests: documents(pods("shop"), pod("client")),
    ...own,
  });
const messages = (problems: readonly { message: string }[]) => problems.map(({ message }) => message);

describe("a scene", () => {
  it("is at rest, with all that it declares", () => {
    const { cluster, problems } = buildScene(scene());
    expect(problems).toEqual([]);
    expect(all(cluster, "Node")).toHaveLength(2);
    expect(all(cluster, "Pod").every(({ status }) => status?.podIP)).toBe(true);
    expect(step(cluster).cluster).toBe(cluster);
  });

  it("is made change by change, each once all is quiet", () => {
    const { cluster, problems } = buildScene(
      scene({
        changes: [
          { do: "scale", key: "shop", replicas: 3 },
          { do: "apply", manifests: GOOD },
          { do: "failNode", node: "node-1" },
        ],
      }),
    );
    expect(problems).toEqual([]);
    expect(find(cluster, "Service", "default/shop")).toBeDefined();
    const nodes = all(cluster, "Pod")
      .filter(({ metadata }) => metadata.labels?.app === "shop" && !metadata.deletionTimestamp)
      .map(({ spec }) => spec.nodeName);
    expect(nodes).toEqual(["node-2", "node-2", "node-2"]);
  });

  it("tells what of it cannot be made", () => {
    const { problems } = buildScene(
      scene({
        manifests: "kind: Pods",
        changes: [
          { do: "scale", key: "shop", replicas: 3 },
          { do: "failNode", node: "node-9" },
        ],
      }),
    );
    expect(problems).toHaveLength(3);
  });

  it("is refused where it has fields that no cluster has, or is too large", () => {
    expect(sceneSchema.safeParse({ node: 2 }).success).toBe(false);
    expect(sceneSchema.safeParse({ nodes: 11 }).success).toBe(false);
    expect(sceneSchema.safeParse({ manifests: "#".repeat(70_000) }).success).toBe(false);
    expect(
      sceneSchema.safeParse({ vnets: [{ name: "v", addressSpace: ["10.0.0.0/40"], subnets: [] }] }).success,
    ).toBe(false);
    expect(sceneSchema.safeParse({ changes: [{ do: "reboot" }] }).success).toBe(false);
  });
});

describe("a change", () => {
  const { cluster } = buildScene(scene());

  it.each([
    { do: "remove", kind: "Deployment", key: "shop" },
    { do: "failNode", node: "node-1" },
    { do: "restoreNode", node: "node-1" },
    { do: "addNode", node: "node-3" },
    { do: "cordon", node: "node-1", on: true },
    { do: "setReady", pod: "shop-*", ready: false },
    { do: "restartContainer", pod: "client" },
    { do: "relabel", kind: "Pod", key: "client", labels: { app: "shop" } },
    { do: "scale", kind: "Deployment", key: "shop", replicas: 5 },
    { do: "setImage", kind: "Deployment", key: "shop", image: "shop:2" },
    { do: "apply", manifests: GOOD },
  ] as const)("$do changes a cluster and leaves the one before as it was", (change) => {
    const before = structuredClone(cluster);
    const failed =
      change.do === "restoreNode" ? makeChange(cluster, { do: "failNode", node: "node-1" }).cluster : cluster;
    const made = makeChange(failed, change);
    expect(made.problems).toEqual([]);
    expect(made.cluster).not.toEqual(failed);
    expect(cluster).toEqual(before);
  });

  it.each([
    ["remove", { do: "remove", kind: "Service", key: "none" }, /none/],
    ["failNode", { do: "failNode", node: "node-9" }, /node-9/],
    [
      "scale",
      { do: "scale", kind: "Deployment", key: "shop", replicas: 61 },
      /replicas: 61, but .* at most 60/,
    ],
    ["setReady", { do: "setReady", pod: "none-*", ready: true }, /none/],
    ["apply", { do: "apply", manifests: "kind: Service" }, /apiVersion/],
    [
      "apply",
      {
        do: "apply",
        manifests: Array.from({ length: 99 }, (_, n) => service("{ ports: [{ port: 80 }] }", `s${n}`)).join(
          "---",
        ),
      },
      /objects/,
    ],
  ] as const)("$0 that cannot be made leaves the very same cluster, and says why", (_, change, says) => {
    const made = makeChange(cluster, change);
    expect(made.cluster).toBe(cluster);
    expect(messages(made.problems).join()).toMatch(says);
  });
});

describe("rest", () => {
  it("is not waited for without end", () => {
    const { cluster } = makeChange(buildScene(scene()).cluster, {
      do: "scale",
      kind: "Deployment",
      key: "shop",
      replicas: 9,
    });
    const { cluster: same, problems } = comeToRest(cluster, undefined, { steps: 2 });
    expect(same).toBe(cluster);
    expect(messages(problems)).toEqual([expect.stringMatching(/does not come to rest/)]);
    expect(comeToRest(cluster).problems).toEqual([]);
  });
});

describe("a connection", () => {
  const front = service(
    "{ type: LoadBalancer, selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }",
  );
  const { cluster } = buildScene(scene({ manifests: documents(pods("shop"), pod("client"), front) }));

  it("goes to what is named, or to its address", () => {
    const to = (named: string) => packetOf(cluster, { from: "Pod/client", to: named, port: 80 })?.to;
    const [first] = all(cluster, "Pod").filter(({ metadata }) => metadata.labels?.app === "shop");
    const address = find(cluster, "Service", "default/shop")?.status?.loadBalancer?.ingress?.[0]?.ip;
    expect(address).toBeDefined();
    expect(to("shop.default")).toBe("shop.default");
    expect(to("10.0.0.10")).toBe("10.0.0.10");
    for (const name of ["Service/shop", "Service/default/shop"]) expect(to(name)).toBe(address);
    for (const name of ["Pod/shop-*", "Pod/default/shop-*", `Pod/${keyOf(first!)}`])
      expect(to(name)).toBe(first?.status?.podIP);
    for (const name of ["Service/none", "Ingress/shop", "Gateway/shop", "Pod/none"])
      expect(to(name)).toBeUndefined();
  });

  it("comes from who is named, in the namespace default unless said otherwise", () => {
    const from = (named: string) => packetOf(cluster, { from: named, to: "shop", port: 80 })?.from;
    expect(from("Pod/client")).toEqual({ kind: "Pod", key: "default/client" });
    expect(from("Pod/tools/client")).toEqual({ kind: "Pod", key: "tools/client" });
    expect(from("Node/node-1")).toEqual({ kind: "Node", name: "node-1" });
    expect(from("Machine/laptop")).toEqual({ kind: "Machine", name: "laptop" });
  });
});
