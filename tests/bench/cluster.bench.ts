/** One step of a cluster of 50 Pods, and one trace in it, as a question or the playground asks them; no database, no network. */
import {
  apply,
  createCluster,
  type KubeObject,
  remove,
  settle,
  step,
  trace,
} from "#lib/core/cluster/index.ts";
import { figure, ms, percentile } from "./harness.ts";

const APPS = 10;
const PODS_EACH = 5;
const RUNS = 400;
/** Runs before those that count, for the engine to compile what is run often. */
const WARM_UP = 100;

const objects = Array.from({ length: APPS }, (_, n): KubeObject[] => {
  const name = `app-${n}`;
  const labels = { app: name };
  const containers = [
    {
      name: "web",
      image: "web:1",
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { port: 8080 } },
    },
  ];
  return [
    {
      kind: "Deployment",
      metadata: { name },
      spec: {
        replicas: PODS_EACH,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    },
    {
      kind: "Service",
      metadata: { name },
      spec: {
        type: n === 0 ? "LoadBalancer" : "ClusterIP",
        selector: labels,
        ports: [{ port: 80, targetPort: 8080 }],
      },
    },
    {
      kind: "NetworkPolicy",
      metadata: { name },
      spec: {
        podSelector: { matchLabels: labels },
        ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: "10.224.0.0/12" } }] }],
      },
    },
  ];
}).flat();

const machines = [{ name: "client", address: "198.18.0.7" }];
const settled = settle(apply(createCluster({ nodes: 5, machines }), objects).cluster);
const pods = settled.objects.Pod.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
const address = settled.azure.loadBalancers[0]?.frontEnds[0]?.address ?? "";

const taken = {
  step: [] as number[],
  inside: [] as number[],
  outside: [] as number[],
  both: [] as number[],
  settle: [] as number[],
};
const timed = <T>(into: number[], work: () => T): T => {
  const begun = performance.now();
  const result = work();
  into.push(performance.now() - begun);
  return result;
};
for (let run = -WARM_UP; run < RUNS; run++) {
  if (run === 0) for (const values of Object.values(taken)) values.length = 0;
  // A Pod is deleted, so that each step has something to do.
  let now = remove(settled, "Pod", pods[(run + WARM_UP) % pods.length] ?? "");
  for (let n = 0; n < 4; n++) {
    timed(taken.both, () => {
      now = timed(taken.step, () => step(now)).cluster;
      const from = { kind: "Pod" as const, key: pods[(run + WARM_UP + 7) % pods.length] ?? "" };
      timed(taken.inside, () => trace(now, { from, to: `app-${n}`, port: 80 }));
    });
  }
  timed(taken.outside, () =>
    trace(now, { from: { kind: "Machine", name: "client" }, to: address, port: 80 }),
  );
  if (run % 10 === 0) timed(taken.settle, () => settle(now));
}

for (const [name, values] of [
  ["step + trace, 50 Pods", taken.both],
  ["  step alone", taken.step],
  ["  trace from Pod to Service", taken.inside],
  ["trace from outside, all 25 paths", taken.outside],
  ["settling after a Pod is deleted", taken.settle],
] as const)
  for (const share of [0.5, 0.95])
    figure(`${name}, p${share * 100}`, ms(percentile(values, share)), "p95 of step + trace: 2 ms at most");
