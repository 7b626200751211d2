import { describe, expect, it } from "vitest";
import { addresses } from "./addresses.ts";
import { dns } from "./dns.ts";
import { endpoints } from "./endpoints.ts";
import { gateways } from "./gateways.ts";
import { ingresses } from "./ingresses.ts";
import { loadBalancers } from "./load-balancers.ts";
import { networks } from "./networks.ts";
import { nodes } from "./nodes.ts";
import { policies } from "./policies.ts";
import { rollouts } from "./rollouts.ts";
import { play } from "./run.ts";
import type { Scenario } from "./scenario.ts";
import { services } from "./services.ts";
import { SOURCES } from "./sources.ts";
import { statefulSets } from "./stateful-sets.ts";
import { traffic } from "./traffic.ts";

const AREAS: Readonly<Record<string, readonly Scenario[]>> = {
  "scheduling and rollout": rollouts,
  "Pod addresses": addresses,
  endpoints,
  "Service types and ports": services,
  "traffic through Services": traffic,
  DNS: dns,
  "Azure Load Balancer": loadBalancers,
  Ingress: ingresses,
  "Gateway API": gateways,
  NetworkPolicy: policies,
  "networks around the cluster": networks,
  "loss of nodes": nodes,
  StatefulSets: statefulSets,
};
const EVERY = Object.values(AREAS).flat();

describe.each(Object.entries(AREAS))("The model does what is published about %s", (_, scenarios) => {
  // A gap has to fail: once the model does what the source says, the scenario asks to be told so.
  for (const scenario of scenarios)
    (scenario.gap === undefined ? it : it.fails)(
      `${scenario.id}: ${scenario.says} (${SOURCES[scenario.source].title})`,
      () => play(scenario),
    );
});

describe("The scenarios", () => {
  it("are many, each with a name of its own, and enough of them are published examples", () => {
    const examples = EVERY.filter(({ example }) => example);
    const gaps = EVERY.filter(({ gap }) => gap !== undefined);
    console.info(
      `${EVERY.length} scenarios, ${examples.length} published examples, ${gaps.length} known gaps`,
    );
    expect(new Set(EVERY.map(({ id }) => id)).size).toBe(EVERY.length);
    expect(EVERY.length).toBeGreaterThanOrEqual(120);
    expect(examples.length).toBeGreaterThanOrEqual(20);
  });
});
