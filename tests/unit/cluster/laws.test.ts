import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressesNeeded,
  apply,
  type Cluster,
  createCluster,
  inRange,
  type KubeObject,
  keyOf,
  type MisconceptionId,
  type Packet,
  pathTaken,
  RULES,
  type Rules,
  relabel,
  remove,
  resolve,
  restartContainer,
  settle,
  step,
  symptom,
  targetsOf,
  trace,
  VARIANTS,
  vnetAddresses,
  withVariant,
} from "#lib/core/cluster/index.ts";
import { endpointSlices } from "#lib/core/cluster/reconcile/endpoints.ts";
import { type Drawn, drawn, happen, happening, packetsOf } from "./arbitrary.ts";

/** Cases of each law; more than by default on request. */
const numRuns = Number(process.env.LAW_CASES ?? 20);
const TIMEOUT = 3_600_000;

const built = ({ options, objects }: Drawn, rules: Rules = RULES): Cluster =>
  settle(apply(createCluster(options), objects, rules).cluster, { rules });

const law = <T>(name: string, of: fc.Arbitrary<T>, holds: (drawn: T) => void) =>
  it(name, { timeout: TIMEOUT }, () => fc.assert(fc.property(of, holds), { numRuns }));

const delivered = (cluster: Cluster, packet: Packet, rules?: Rules): string[] =>
  trace(cluster, packet, rules).paths.flatMap(({ verdict }) =>
    verdict.kind === "delivered" ? [JSON.stringify(verdict.to)] : [],
  );

describe("In every cluster", () => {
  law(
    "reconciling comes to an end, and then changes nothing",
    fc.tuple(drawn, fc.array(happening, { maxLength: 3 })),
    ([one, happenings]) => {
      const settled = happenings.reduce((now, what) => settle(happen(now, what)), built(one));
      expect(step(settled).cluster).toBe(settled);
      expect(settle(settled)).toBe(settled);
      // A copy by way of JSON is as settled as the cluster itself.
      const copy = JSON.parse(JSON.stringify(settled)) as Cluster;
      expect(step(copy).cluster).toBe(copy);
    },
  );

  law(
    "what was worked out for an earlier state is used only where it holds",
    fc.tuple(
      drawn,
      fc.array(happening, { maxLength: 3 }),
      fc.constantFrom(RULES, ...(Object.keys(VARIANTS) as MisconceptionId[]).map(withVariant)),
    ),
    ([one, happenings, rules]) => {
      const [kept, copied] = [(now: Cluster) => now, (now: Cluster) => structuredClone(now)].map((handed) =>
        happenings.reduce((now, what) => settle(handed(happen(now, what)), { rules }), handed(built(one))),
      );
      expect(kept).toEqual(copied);
    },
  );

  law("a trace ends, after few hops, each of which begins where the one before it ended", drawn, (one) => {
    const cluster = built(one);
    for (const packet of packetsOf(cluster))
      for (const { hops } of trace(cluster, packet).paths) {
        expect(hops.length).toBeLessThan(20);
        for (const [place, { before }] of hops.entries())
          if (place > 0) expect(before).toEqual(hops[place - 1]?.after);
      }
  });

  law(
    "a Service without a ready endpoint delivers nothing",
    fc.tuple(drawn, fc.array(happening, { maxLength: 2 })),
    ([one, happenings]) => {
      const cluster = happenings.reduce((now, what) => settle(happen(now, what)), built(one));
      for (const service of cluster.objects.Service.filter(
        (each) => targetsOf(cluster, each, each.spec.ports?.[0]?.name).length === 0,
      )) {
        const own = [
          service.spec.clusterIP,
          service.status?.loadBalancer?.ingress?.[0]?.ip,
          ...(service.spec.ports ?? []).map(({ nodePort }) => nodePort),
        ];
        for (const packet of packetsOf(cluster).filter(
          ({ to, port }) => own.includes(to) || own.includes(port),
        ))
          expect(delivered(cluster, packet)).toEqual([]);
      }
    },
  );

  law(
    "addresses and node ports are unique and inside their ranges",
    fc.tuple(drawn, fc.array(happening, { maxLength: 3 })),
    ([one, happenings]) => {
      const cluster = happenings.reduce((now, what) => settle(happen(now, what)), built(one));
      const { network, objects, azure } = cluster;
      const unique = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);
      const [nodes, pods] = azure.vnets[0]?.subnets ?? [];
      for (const { status, spec } of objects.Pod) {
        if (!status?.podIP) continue;
        const node = objects.Node.find((each) => keyOf(each) === spec.nodeName);
        const range =
          {
            overlay: node?.spec?.podCIDR,
            kubenet: node?.spec?.podCIDR,
            nodeSubnet: nodes?.cidr,
            podSubnet: pods?.cidr,
          }[network.mode] ?? "";
        expect(inRange(status.podIP, range)).toBe(true);
      }
      unique(objects.Pod.flatMap(({ status }) => status?.podIP ?? []));
      unique([...vnetAddresses(cluster, "nodes"), ...vnetAddresses(cluster, "pods")]);
      for (const { address } of azure.interfaces) expect(inRange(address, nodes?.cidr ?? "")).toBe(true);
      const virtual = objects.Service.flatMap(({ spec }) =>
        spec.clusterIP && spec.clusterIP !== "None" ? [spec.clusterIP] : [],
      );
      for (const address of virtual) expect(inRange(address, network.serviceCidr)).toBe(true);
      unique(virtual);
      const nodePorts = objects.Service.flatMap(({ spec }) => [
        spec.healthCheckNodePort,
        ...(spec.ports ?? []).map(({ nodePort }) => nodePort),
      ]).filter((port) => port !== undefined);
      for (const port of nodePorts) expect(port >= 30_000 && port <= 32_767).toBe(true);
      unique(nodePorts);
    },
  );

  law("Pods in an overlay use no address of the VNet", drawn, ({ options, objects }) => {
    const before = settle(createCluster({ ...options, mode: "overlay" }));
    const after = settle(apply(before, objects).cluster);
    expect(after.azure.interfaces).toEqual(before.azure.interfaces);
    for (const { status } of after.objects.Pod)
      if (status?.podIP) expect(inRange(status.podIP, "10.224.0.0/12")).toBe(false);
  });

  law(
    "the order in which manifests are applied does not matter",
    fc.tuple(drawn, fc.infiniteStream(fc.nat())),
    ([one, random]) => {
      const together = built(one);
      const [first, ...rest] = one.objects;
      const weights = new Map(rest.map((object) => [object, random.next().value as number]));
      const shuffled = rest.toSorted((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
      const apart = [first, ...shuffled].reduce(
        (now, object) => (object ? apply(now, [object]).cluster : now),
        createCluster(one.options),
      );
      expect(settle(apart)).toEqual(together);
    },
  );

  law("labels that are renamed everywhere change nothing else", drawn, (one) => {
    const cluster = built(one);
    const rename = <T>(value: T) =>
      JSON.parse(JSON.stringify(value).replaceAll(/"(app|tier)":"/g, '"$1":"other-')) as T;
    const renamed = rename(cluster);
    const slices = endpointSlices(renamed, { rules: RULES, tell: () => {} });
    expect(slices.objects.EndpointSlice).toEqual(renamed.objects.EndpointSlice);
    for (const packet of packetsOf(cluster)) expect(trace(renamed, packet)).toEqual(trace(cluster, packet));
  });

  law(
    "policies only ever take away from what is delivered, and only to or from Pods they select",
    drawn,
    (one) => {
      const cluster = built(one);
      const open = { ...cluster, objects: { ...cluster.objects, NetworkPolicy: [] } };
      for (const packet of packetsOf(cluster)) {
        // A policy in front of a proxy stops what would have become several paths behind it.
        const without = new Set(trace(open, packet).paths.map(({ verdict }) => JSON.stringify(verdict)));
        for (const { verdict } of trace(cluster, packet).paths) {
          const cause = verdict.kind === "http" ? (verdict.cause ?? verdict) : verdict;
          expect(cause.kind === "denied" || without.has(JSON.stringify(verdict))).toBe(true);
        }
      }
    },
  );
});

/** What somebody with some rules says of a cluster and of what becomes of it, the simple things first. */
function* beliefs({ options, objects }: Drawn, rules: Rules): Generator<unknown> {
  yield addressesNeeded(
    { mode: "nodeSubnet", dataPlane: "iptables", nodes: 10, surge: 2, maxPods: 30 },
    rules,
  );
  const applied = apply(createCluster(options), objects, rules);
  yield applied.problems;
  const cluster = settle(applied.cluster, { rules });
  yield [cluster.objects, cluster.azure];
  const pods = cluster.objects.Pod.map(keyOf);
  const client = { kind: "Pod" as const, key: "default/client" };
  for (const name of [...pods.map((pod) => pod.split("/")[1] ?? ""), "shop", "api.prod", "db"])
    yield resolve(cluster, client, name, rules);
  const pings = cluster.objects.Service.map(
    ({ spec }): Packet => ({ from: client, to: spec.clusterIP ?? "", port: 80, protocol: "ICMP" }),
  );
  for (const packet of [...packetsOf(cluster), ...pings]) {
    const { paths } = trace(cluster, packet, rules);
    const cookie = { ...packet, http: { path: "/", headers: { cookie: "a" } } };
    yield [
      paths,
      paths.map(({ verdict }) => symptom(verdict, rules)),
      pathTaken(cluster, cookie, paths, 0.9, rules),
    ];
  }

  const isUsual = { "ingressclass.kubernetes.io/is-default-class": "true" };
  const usual: KubeObject = {
    kind: "IngressClass",
    metadata: { name: "nginx", annotations: isUsual },
    spec: { controller: "example.com/nginx" },
  };
  const happenings: ((now: Cluster) => Cluster)[] = [
    (now) => apply(now, [usual], rules).cluster,
    (now) => pods.reduce((after, pod) => restartContainer(after, pod, rules), now),
    (now) => ownedPods(now).reduce((after, pod) => remove(after, "Pod", pod), now),
    (now) =>
      ownedPods(now)
        .slice(0, 1)
        .reduce((after, pod) => relabel(after, "Pod", pod, { app: "other" }), now),
    (now) => happen(now, { kind: "fail", which: 0 }),
  ];
  let now = cluster;
  for (const happens of happenings) {
    now = settle(happens(now), { rules });
    yield [now.objects, now.azure];
  }
}

const ownedPods = ({ objects }: Cluster): string[] =>
  objects.Pod.filter(({ metadata }) => metadata.ownerReferences).map(keyOf);

function differ(one: Drawn, rules: Rules): boolean {
  const truth = beliefs(one, RULES);
  for (const belief of beliefs(one, rules))
    if (JSON.stringify(belief) !== JSON.stringify(truth.next().value)) return true;
  return false;
}

describe("A wrong belief", () => {
  it("is a misconception that content explains", () => {
    const files = readdirSync("content/misconceptions").map((file) =>
      readFileSync(`content/misconceptions/${file}`, "utf8"),
    );
    const explained = new Set(
      files.flatMap((text) => [...text.matchAll(/^- id: (.+)$/gm)].map(([, id]) => id)),
    );
    expect(Object.keys(VARIANTS).filter((id) => !explained.has(id))).toEqual([]);
  });

  it("differs from the truth in some cluster", { timeout: TIMEOUT }, () => {
    const open = new Set(Object.keys(VARIANTS) as MisconceptionId[]);
    for (const one of fc.sample(drawn, { numRuns: 400, seed: 7 }))
      for (const id of open) if (differ(one, withVariant(id))) open.delete(id);
    expect([...open]).toEqual([]);
  });
});
