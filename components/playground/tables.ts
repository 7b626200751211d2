import { type Address, all, type Cluster, type Event, keyOf, slicesOf } from "#lib/core/cluster/index.ts";
import { nodeStatus, podState } from "./layout.ts";

/** What is in a cluster as tables, as kubectl prints them, and what differs between two moments. */

export interface Row {
  /** `Kind/key`. */
  id: string;
  cells: readonly string[];
}

export interface Table {
  /** The command that prints it; what Azure has is printed by none. */
  command: `kubectl get ${string}` | "machines" | "loadBalancers";
  columns: readonly string[];
  rows: readonly Row[];
}

const NONE = "<none>";

/** Every table that has a row. */
export function tablesOf(cluster: Cluster): Table[] {
  const { azure } = cluster;
  const tables: Table[] = [
    {
      command: "machines",
      columns: ["NAME", "IP", "LISTENS"],
      rows: azure.machines.map(({ name, address, listens = [] }) => ({
        id: `Machine/${name}`,
        cells: [name, address, listens.join(",") || NONE],
      })),
    },
    {
      command: "loadBalancers",
      columns: ["NAME", "SERVICE", "FRONT-END", "BACKEND POOL", "HEALTHY"],
      rows: azure.loadBalancers.flatMap(({ name, frontEnds }) =>
        frontEnds.map(({ service, address, rules, pool, healthy }) => ({
          id: `FrontEnd/${name}/${service}`,
          cells: [
            name,
            service,
            `${address}:${rules.map(({ port }) => port).join(",")}`,
            pool.join(",") || NONE,
            healthy.join(",") || NONE,
          ],
        })),
      ),
    },
    {
      command: "kubectl get nodes -o wide",
      columns: ["NAME", "STATUS", "INTERNAL-IP"],
      rows: all(cluster, "Node").map(({ metadata: { name } }) => ({
        id: `Node/${name}`,
        cells: [
          name,
          nodeStatus(cluster, name),
          azure.interfaces.find(({ node }) => node === name)?.address ?? NONE,
        ],
      })),
    },
    {
      command: "kubectl get pods -A -o wide --show-labels",
      columns: ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "IP", "NODE", "LABELS"],
      rows: all(cluster, "Pod").map((pod) => {
        const state = podState(pod);
        return {
          id: `Pod/${keyOf(pod)}`,
          cells: [
            ...[pod.metadata.namespace ?? "", pod.metadata.name, state === "Ready" ? "1/1" : "0/1"],
            state === "Terminating" ? state : (pod.status?.phase ?? "Pending"),
            String(pod.status?.restartCount ?? 0),
            ...[pod.status?.podIP ?? NONE, pod.spec.nodeName ?? NONE, pairs(pod.metadata.labels)],
          ],
        };
      }),
    },
    {
      command: "kubectl get services -A -o wide",
      columns: ["NAMESPACE", "NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "SELECTOR"],
      rows: all(cluster, "Service").map((service) => {
        const { type = "ClusterIP", clusterIP, externalName, ports = [], selector } = service.spec;
        return {
          id: `Service/${keyOf(service)}`,
          cells: [
            ...[service.metadata.namespace ?? "", service.metadata.name, type, clusterIP ?? NONE],
            externalName ??
              service.status?.loadBalancer?.ingress?.[0]?.ip ??
              (type === "LoadBalancer" ? "<pending>" : NONE),
            ports
              .map(
                ({ port, nodePort, protocol = "TCP" }) =>
                  `${port}${nodePort ? `:${nodePort}` : ""}/${protocol}`,
              )
              .join(",") || NONE,
            pairs(selector),
          ],
        };
      }),
    },
    {
      command: "kubectl get endpointslices -A",
      columns: ["NAMESPACE", "SERVICE", "PORTS", "ENDPOINTS", "NOT READY"],
      rows: all(cluster, "Service").flatMap((service) =>
        slicesOf(cluster, service).map((slice) => {
          const addresses = (ready: boolean): Address[] =>
            slice.endpoints
              .filter(({ conditions }) => (conditions?.ready !== false) === ready)
              .flatMap((endpoint) => endpoint.addresses);
          return {
            id: `EndpointSlice/${keyOf(slice)}`,
            cells: [
              ...[service.metadata.namespace ?? "", service.metadata.name],
              (slice.ports ?? []).map(({ port }) => port).join(",") || NONE,
              ...[addresses(true), addresses(false)].map((list) => list.join(",") || NONE),
            ],
          };
        }),
      ),
    },
    ...(["Deployment", "StatefulSet", "ReplicaSet"] as const).map(
      (kind): Table => ({
        command: `kubectl get ${kind.toLowerCase()}s -A`,
        columns: ["NAMESPACE", "NAME", "READY"],
        rows: all(cluster, kind).map((one) => ({
          id: `${kind}/${keyOf(one)}`,
          cells: [
            ...[one.metadata.namespace ?? "", one.metadata.name],
            `${one.status?.readyReplicas ?? 0}/${one.spec.replicas ?? 1}`,
          ],
        })),
      }),
    ),
    {
      command: "kubectl get ingress -A",
      columns: ["NAMESPACE", "NAME", "CLASS", "HOSTS", "ADDRESS"],
      rows: all(cluster, "Ingress").map((ingress) => ({
        id: `Ingress/${keyOf(ingress)}`,
        cells: [
          ...[ingress.metadata.namespace ?? "", ingress.metadata.name, ingress.spec.ingressClassName ?? NONE],
          (ingress.spec.rules ?? []).map(({ host = "*" }) => host).join(",") || "*",
          ingress.status?.loadBalancer?.ingress?.[0]?.ip ?? "",
        ],
      })),
    },
    {
      command: "kubectl get gateways -A",
      columns: ["NAMESPACE", "NAME", "CLASS", "ADDRESS", "PROGRAMMED"],
      rows: all(cluster, "Gateway").map((gateway) => ({
        id: `Gateway/${keyOf(gateway)}`,
        cells: [
          ...[gateway.metadata.namespace ?? "", gateway.metadata.name, gateway.spec.gatewayClassName],
          gateway.status?.addresses?.[0]?.value ?? "",
          gateway.status?.conditions?.find(({ type }) => type === "Programmed")?.status ?? "Unknown",
        ],
      })),
    },
    {
      command: "kubectl get httproutes -A",
      columns: ["NAMESPACE", "NAME", "HOSTNAMES", "BACKENDS"],
      rows: all(cluster, "HTTPRoute").map((route) => ({
        id: `HTTPRoute/${keyOf(route)}`,
        cells: [
          ...[route.metadata.namespace ?? "", route.metadata.name],
          (route.spec.hostnames ?? []).join(",") || "*",
          (route.spec.rules ?? [])
            .flatMap(({ matches = [], backendRefs = [] }) =>
              backendRefs.map(({ name }) => `${matches[0]?.path?.value ?? "/"} → ${name}`),
            )
            .join(", ") || NONE,
        ],
      })),
    },
    {
      command: "kubectl get networkpolicies -A",
      columns: ["NAMESPACE", "NAME", "POD-SELECTOR"],
      rows: all(cluster, "NetworkPolicy").map((policy) => ({
        id: `NetworkPolicy/${keyOf(policy)}`,
        cells: [
          ...[policy.metadata.namespace ?? "", policy.metadata.name],
          pairs(policy.spec.podSelector?.matchLabels),
        ],
      })),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

const pairs = (labels: Readonly<Record<string, string>> = {}): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",") || NONE;

/** What became of a row from one moment to the next. */
export type Difference =
  | { what: "appears" | "goes"; id: string }
  | { what: "changes"; id: string; column: string; from: string; to: string };

/** Every difference between the tables of two moments, in their order. */
export function differences(before: readonly Table[], after: readonly Table[]): Difference[] {
  const rowsOf = (tables: readonly Table[]) =>
    new Map(tables.flatMap(({ columns, rows }) => rows.map((row) => [row.id, { ...row, columns }] as const)));
  const [was, is] = [rowsOf(before), rowsOf(after)];
  const changed = [...is.values()].flatMap(({ id, cells, columns }): Difference[] => {
    const old = was.get(id);
    if (!old) return [{ what: "appears", id }];
    return columns.flatMap((column, n): Difference[] => {
      const [from, to] = [old.cells[n] ?? "", cells[n] ?? ""];
      return from === to ? [] : [{ what: "changes", id, column, from, to }];
    });
  });
  const gone = [...was.keys()].filter((id) => !is.has(id)).map((id): Difference => ({ what: "goes", id }));
  return [...gone, ...changed];
}

/** How long ago something was, as kubectl writes it: 45s, 2m5s, 5m, 1h. @param seconds whole ones */
export function age(seconds: number): string {
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`;
  return minutes < 180 ? `${minutes}m` : `${Math.floor(minutes / 60)}h`;
}

/** The object of an event, as kubectl writes it. */
export const objectOf = ({ kind, key }: Event): string =>
  `${kind.toLowerCase()}/${key.slice(key.indexOf("/") + 1)}`;
