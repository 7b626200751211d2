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
const RUNS = 200;
/** Each run is done so often; the fastest counts, so that what else runs on the machine does not. */
const TIMES = 3;
/** Runs before those that count, for the engine to compile what is run often. */
const WARM_UP = 50;

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

interface Taken {
  step: number[];
  inside: number[];
  outside: number[];
  both: number[];
  settle: number[];
}
const nothing = (): Taken => ({ step: [], inside: [], outside: [], both: [], settle: [] });

const timed = <T>(into: number[], work: () => T): T => {
  const begun = performance.now();
  const result = work();
  into.push(performance.now() - begun);
  return result;
};

/** ms for what is done after a Pod was deleted, so that each step has something to do. */
function timesOf(run: number): Taken {
  const taken = nothing();
  // A copy, that no time may gain by what another one worked out.
  let now = remove(settle(structuredClone(settled)), "Pod", pods[run % pods.length] ?? "");
  for (let n = 0; n < 4; n++) {
    timed(taken.both, () => {
      now = timed(taken.step, () => step(now)).cluster;
      const from = { kind: "Pod" as const, key: pods[(run + 7) % pods.length] ?? "" };
      timed(taken.inside, () => trace(now, { from, to: `app-${n}`, port: 80 }));
    });
  }
  timed(taken.outside, () =>
    trace(now, { from: { kind: "Machine", name: "client" }, to: address, port: 80 }),
  );
  timed(taken.settle, () => settle(now));
  return taken;
}

const fastest = nothing();
const every = nothing();
for (let run = -WARM_UP; run < RUNS; run++) {
  const times = Array.from({ length: TIMES }, () => timesOf(run + WARM_UP));
  if (run < 0) continue;
  for (const what of Object.keys(fastest) as (keyof Taken)[]) {
    every[what].push(...times.flatMap((one) => one[what]));
    for (const n of (times[0]?.[what] ?? []).keys())
      fastest[what].push(Math.min(...times.map((one) => one[what][n] ?? Number.NaN)));
  }
}

for (const [name, values] of [
  ["step + trace, 50 Pods", fastest.both],
  ["  every time, not the fastest of three", every.both],
  ["  step alone", fastest.step],
  ["  trace from Pod to Service", fastest.inside],
  ["trace from outside, all 25 paths", fastest.outside],
  ["settling after a Pod is deleted", fastest.settle],
] as const)
  for (const share of [0.5, 0.95])
    figure(`${name}, p${share * 100}`, ms(percentile(values, share)), "p95 of step + trace: 2 ms at most");
