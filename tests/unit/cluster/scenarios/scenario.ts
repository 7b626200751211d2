import type { ClusterOptions, HttpRequest, Kind, Labels, Plan } from "#lib/core/cluster/index.ts";
import type { SOURCES } from "./sources.ts";

/** A small story with a published end: a cluster, what is done to it, and what its source says must then be so. */
export interface Scenario {
  id: string;
  source: keyof typeof SOURCES;
  /** What the source says, in words of our own. */
  says: string;
  /**
   * A manifest that a page of documentation publishes together with its result, written anew. Rows of tables, formulas with
   * their figures and conformance tests are published too, but do not count as examples.
   */
  example?: true;
  cluster?: ClusterOptions;
  /** Applied at first. */
  manifests?: string;
  /** Done and asked in order. After each action the cluster settles. */
  story: readonly (Action | Question)[];
  /** Why the model does not do so yet: the scenario then has to fail, and says when it no longer does. */
  gap?: string;
}

/**
 * What a text can refer to by its place in the cluster: `@pod/KEY`, `@node/NAME`, `@clusterIP/KEY`, `@external/KEY` (a Service's
 * front-end), `@ingress/KEY`, `@gateway/KEY`, `@machine/NAME`, `@outbound`, and `@kept/NAME` for what was kept. `*` at the end of
 * a Pod's key stands for what a controller makes up; `#1` after it picks the second.
 */
export type Reference = string;

/** How long the cluster settles after an action. */
interface Patience {
  /** Waiting that it may do; without, for all that will happen by itself. */
  seconds?: number;
  /** Steps to take instead of settling. */
  steps?: number;
}

export type Action = Patience &
  (
    | { apply: string; refused?: string }
    | { remove: Kind; key: Reference }
    | { failNode: string }
    | { restoreNode: string }
    | { addNode: string }
    | { cordon: string }
    | { ready: Reference; is: boolean }
    | { restartContainer: Reference }
    | { relabel: Kind; key: Reference; labels: Record<string, string | null> }
    | { scale: "Deployment" | "StatefulSet" | "ReplicaSet"; key: string; replicas: number }
    | { setImage: "Deployment" | "StatefulSet"; key: string; image: string }
    | { keep: string; of: Reference }
    | { wait: number }
  );

export interface Connection {
  /** `pod/KEY`, `node/NAME` or `machine/NAME`. */
  from: string;
  to: Reference;
  port: number | "nodePort";
  protocol?: "TCP" | "UDP" | "ICMP";
  http?: HttpRequest;
}

/** What must be so. Sets are compared as sets; a Pod's key may end in `*` for some Pods of that name, or in `*#1` for the second. */
export type Question =
  | {
      connect: Connection;
      /** What the client sees on each path that the connection may take; without `!`, on all. */
      sees: string | readonly string[];
      /** The Pods, nodes or machines that are reached, on all paths together. */
      reaches?: readonly string[];
      /** The address that each receiver sees. */
      source?: readonly Reference[];
      forwardedFor?: Reference;
      /** The Services that rules of Ingresses or HTTPRoutes name, on all paths together. */
      backends?: readonly string[];
      /** Where requests are passed on by a proxy: Pods, or the controller of one that Azure hosts. */
      proxies?: readonly string[];
      /** What is done on the way on some path, or with `!` before it on none. */
      deeds?: readonly string[];
      /** The policy or the rule of a security group that stops it. */
      deniedBy?: string;
    }
  | {
      endpoints: string;
      ready?: readonly string[];
      notReady?: readonly string[];
      ports?: readonly number[];
      slices?: number;
      largest?: number;
    }
  | {
      slice: string;
      endpoint: Reference;
      conditions: { ready: boolean; serving: boolean; terminating: boolean };
    }
  | { count: Kind; is: number }
  /** A Pod that was deleted and is still there. */
  | { terminating: string }
  | { ingressAddress: string; is: "present" | "absent" }
  | { gatewayAddress: string; is: "present" | "absent" }
  | { within: Reference; cidr: string }
  | { nodePorts: string; from: number; to: number; distinct: number }
  /** How many virtual addresses of Services are in a range. */
  | { serviceAddresses: string; count: number }
  | { healthPort: string; is: "allocated" | "absent" }
  | { lookUp: string; from: string; gives: readonly Reference[] | "nothing"; name?: string }
  | { object: Kind; key: Reference; has: object | "nothing" }
  | {
      pods: Labels;
      namespace?: string;
      count: number;
      ready?: number;
      /** How many on each node, in order of name. */
      perNode?: readonly number[];
      inRange?: string;
      names?: readonly string[];
      /** A label that each of them carries. */
      carry?: string;
    }
  /** Over all the time that the last action took; Pods that are being deleted do not count. */
  | { throughout: Labels; readyAtLeast?: number; podsAtMost?: number; imagesAtMost?: number }
  | { events: readonly { reason: string; key?: string; says?: string }[]; kind?: Kind; inOrder?: true }
  | { noEvent: string }
  | { replicaSets: string; replicas: readonly number[]; ready?: readonly number[] }
  | { subnet: string; taken: number }
  | { sizing: Plan; needs: number; prefix: number }
  | {
      frontEnd: string;
      balancer?: string;
      inRange?: string;
      pool?: readonly string[];
      healthy?: readonly string[];
      healthyCount?: number;
      probe?: "TCP" | "HTTP";
    }
  | { balancers: readonly string[] }
  | { sticks: Connection; always: boolean }
  | { same: readonly [Reference, Reference] }
  | { differ: readonly [Reference, Reference] }
  | { route: string; parent?: number; conditions: Record<string, string> };
