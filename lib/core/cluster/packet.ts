import type { Address, Key, Protocol } from "./objects.ts";

/** Where a packet is, or comes from. */
export type Place =
  | { kind: "Pod"; key: Key }
  | { kind: "Node"; name: string }
  /** A machine outside the cluster. */
  | { kind: "Machine"; name: string }
  /** The virtual address of a Service: a place only in the belief that something has it. */
  | { kind: "Service"; key: Key }
  /** A proxy that Azure hosts, by the name of its controller. */
  | { kind: "AzureProxy"; name: string };

export interface HttpRequest {
  host?: string;
  path: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
}

/** The first packet of a connection. */
export interface Packet {
  from: Extract<Place, { kind: "Pod" | "Node" | "Machine" }>;
  /** An address, or a name that the sender looks up first. */
  to: string;
  port: number;
  /** TCP unless said otherwise. With ICMP the port means nothing. */
  protocol?: Protocol;
  /** What is asked, for proxies on the way; they pass on nothing without. */
  http?: HttpRequest;
}

/** Source and destination of a packet, as one would see them on the wire. */
export interface Flow {
  source: Address;
  destination: Address;
  port: number;
}

/** What was done to a packet, or asked about it. */
export type Deed =
  | { kind: "lookUp"; name: string; addresses: readonly Address[] }
  /** Rules of a Service on the node: the destination becomes an endpoint. */
  | {
      kind: "service";
      service: Key;
      by: "kube-proxy" | "cilium";
      via: "clusterIP" | "nodePort" | "loadBalancer";
    }
  /** The sender's address becomes the node's: for a Service, for what leaves the Pod network, or to have replies come back. */
  | { kind: "masquerade"; node: string; why: "service" | "leaves Pods" | "hairpin" }
  /** What leaves for the internet gets the cluster's public address. */
  | { kind: "outbound"; address: Address }
  /** A load balancer picks a node. */
  | { kind: "loadBalancer"; service: Key; node: string }
  | { kind: "networkPolicy"; pod: Key; direction: "Ingress" | "Egress"; policies: readonly Key[] }
  | {
      kind: "nsg";
      nsg: string;
      rule: string;
      direction: "Inbound" | "Outbound";
      access: "Allow" | "Deny";
    }
  /** A proxy answers by a rule of an Ingress or HTTPRoute, with a connection of its own. */
  | { kind: "proxy"; controller: string; route: Route; service: Key };

/** A rule that a request met. The path and host are as they stand in it. */
export interface Route {
  kind: "Ingress" | "HTTPRoute";
  key: Key;
  host?: string;
  path?: string;
}

export interface Hop {
  at: Place;
  deed: Deed;
  before: Flow;
  after: Flow;
}

/** How a connection ends. */
export type Verdict =
  | {
      kind: "delivered";
      to: Place;
      port: number;
      /** The address that the receiver's log shows. */
      source: Address;
      /** The client's address, where a proxy tells it in a header. */
      forwardedFor?: Address;
    }
  /** Somebody answered that nobody listens. */
  | { kind: "refused"; by: Place; why: "nothing listens" | "no endpoints" }
  | {
      kind: "timedOut";
      why:
        | "no such port"
        | "no such address"
        | "no endpoints on node"
        | "no healthy node"
        | "node is down"
        | "no ping";
    }
  | { kind: "noRoute"; from: Place; to: Address }
  | {
      kind: "denied";
      by: "networkPolicy";
      pod: Key;
      direction: "Ingress" | "Egress";
      policies: readonly Key[];
    }
  | { kind: "denied"; by: "nsg"; nsg: string; rule: string; direction: "Inbound" | "Outbound" }
  /** The name that was looked up does not exist. */
  | { kind: "noName"; name: string }
  | {
      kind: "http";
      status: 404 | 500 | 502 | 503 | 504;
      by: Place;
      /** What the proxy met, where it did not find an answer itself. */
      cause?: Verdict;
    };

export interface Path {
  hops: readonly Hop[];
  verdict: Verdict;
}

/** Every way that a connection may take: one for each node and endpoint that may be picked. */
export interface Trace {
  paths: readonly Path[];
}
