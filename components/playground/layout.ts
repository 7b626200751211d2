import {
  type Address,
  all,
  type Cluster,
  type FrontEnd,
  type Ingress,
  inRange,
  keyOf,
  type Place,
  type Pod,
  type Service,
  slicesOf,
} from "#lib/core/cluster/index.ts";

/**
 * Where everything of a cluster is drawn: outside at the top, then Azure, then the cluster with its rules and records above its
 * nodes, as a request comes in. Pure; sizes are in pixels of the screen, so that letters keep their size however wide it is.
 */

export interface Box {
  /** `Kind/key`, by which the same thing is known again in the next drawing. */
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What an address or a thing belongs to, as in the diagrams' grammar. */
export type World = "cluster" | "vm" | "none";

/** A line of a card. What is no name of an object or field is told by a message. */
export interface Line {
  text: string | { say: "healthy" | "more"; count: number; of?: number };
  face: "name" | "code" | "note";
  world?: World;
  /** Ready or not, as a mark in front. */
  mark?: "yes" | "no";
  /** A figure at the end of the line. */
  aside?: string;
}

/** Something with a name and a few lines. */
export interface Card extends Box {
  type: "card";
  world: World;
  /** Only rules or a record: nothing runs there. */
  dashed: boolean;
  /** The letter of a Service, which its Pods wear too. */
  token?: string;
  lines: readonly Line[];
}

/** A border around what lies within. */
export interface Zone extends Box {
  type: "zone";
  zone: "internet" | "onPremises" | "vnet" | "cluster";
  /** Names and ranges beside its title, or below it where they are too long. */
  notes: readonly string[];
  stacked: boolean;
}

export interface NodeBox extends Box {
  type: "node";
  name: string;
  address: string;
  /** As `kubectl get nodes` shows it. */
  status: string;
  /** Whether the machine is off, known to Kubernetes or not. */
  down: boolean;
}

/** The state of a Pod in a word, as kubectl and its conditions have it. */
export type PodState = "Ready" | "NotReady" | "Pending" | "Terminating";

export interface PodBox extends Box {
  type: "pod";
  name: string;
  address: string;
  /** Where its address comes from. */
  addressWorld: World;
  state: PodState;
  /** Letters of the Services that have it among their endpoints, and whether they send to it. */
  tokens: readonly { letter: string; ready: boolean }[];
}

export type Item = Card | Zone | NodeBox | PodBox;

export interface Drawing {
  width: number;
  height: number;
  items: readonly Item[];
}

/** A letter of the code face at 12 px. */
const LETTER = 7.2;
const LINE = 17;
const GAP = 10;
const PAD = 10;
const TITLE = 30;
const POD = { width: 112, height: 58 } as const;
const CARD = { least: 164, most: 250 } as const;
/** Networks outside are at least so wide. */
const OUTER_LEAST = 200;
const NODE_HEAD = 46;
const ENDPOINTS_SHOWN = 4;
const TOKENS_SHOWN = 4;

/** A text cut in its middle to the letters that fit: what tells Pods apart is at the end of their names. */
export function elide(text: string, width: number): string {
  const letters = Math.max(3, Math.floor(width / LETTER));
  if (text.length <= letters) return text;
  const tail = Math.min(5, letters - 2);
  return `${text.slice(0, letters - tail - 1)}…${text.slice(-tail)}`;
}

/** @param width of the whole drawing, in pixels */
export function layout(cluster: Cluster, width: number): Drawing {
  const items: Item[] = [];
  const vnetTop = outside(cluster, width, items);
  const vnetAt = items.length;
  const inner = { x: PAD, width: width - 2 * PAD };
  const y = rows(insideVnet(cluster), inner.x + PAD, vnetTop + TITLE, inner.width - 2 * PAD, items);
  const bottom = clusterPart(cluster, inner.x + PAD, y, inner.width - 2 * PAD, items);
  const vnet = cluster.azure.vnets.find(({ name }) => name === cluster.network.vnet);
  items.splice(vnetAt, 0, {
    ...{ type: "zone", zone: "vnet", id: `VNet/${cluster.network.vnet}` },
    ...{ notes: [cluster.network.vnet, ...(vnet?.addressSpace ?? [])], stacked: false },
    ...{ ...inner, y: vnetTop, height: bottom + PAD - vnetTop },
  });
  return { width, height: bottom + 2 * PAD, items };
}

/** Internet, on-premises and other VNets, each with its machines, and public load balancers: side by side where there is room. */
function outside(cluster: Cluster, width: number, items: Item[]): number {
  const groups = outerGroups(cluster);
  const publicBalancers = balancers(cluster).filter(({ world }) => world === "none");
  const columns = columnsIn(
    groups.length + publicBalancers.length,
    width - 2 * PAD,
    OUTER_LEAST,
    Number.POSITIVE_INFINITY,
  );
  let y = PAD;
  for (let start = 0; start < groups.length + publicBalancers.length; start += columns.count) {
    let bottom = y;
    for (const [n, block] of [...groups, ...publicBalancers].slice(start, start + columns.count).entries()) {
      const x = PAD + n * (columns.width + GAP);
      if ("lines" in block) {
        bottom = Math.max(bottom, rows([block], x, y, columns.width, items) - GAP);
        continue;
      }
      const { machines, ...group } = block;
      const at = items.length;
      const end = rows(machines.map(machineCard), x + PAD, y + TITLE, columns.width - 2 * PAD, items);
      const place = { x, y, width: columns.width, height: end - y };
      items.splice(at, 0, { type: "zone", ...group, stacked: false, ...place });
      bottom = Math.max(bottom, end);
    }
    y = bottom + GAP;
  }
  return y;
}

/** The networks that are not the cluster's, with the machines in them. */
function outerGroups({ azure, network }: Cluster) {
  const isIn = (address: Address, ranges: readonly string[]) =>
    ranges.some((range) => inRange(address, range));
  const machinesIn = (ranges: readonly string[]) =>
    azure.machines.filter(({ address }) => isIn(address, ranges));
  const others = azure.vnets.filter(({ name }) => name !== network.vnet);
  const onPremises = azure.onPremises?.addressSpace ?? [];
  const known = [...azure.vnets.flatMap(({ addressSpace }) => addressSpace), ...onPremises];
  return [
    {
      ...{ zone: "internet" as const, id: "Zone/internet", notes: [] },
      machines: azure.machines.filter(({ address }) => !isIn(address, known)),
    },
    {
      ...{ zone: "onPremises" as const, id: "Zone/onPremises", notes: onPremises },
      machines: machinesIn(onPremises),
    },
    ...others.map(({ name, addressSpace }) => ({
      ...{ zone: "vnet" as const, id: `VNet/${name}`, notes: [name, ...addressSpace] },
      machines: machinesIn(addressSpace),
    })),
  ].filter(({ machines }) => machines.length > 0);
}

type Unplaced = Omit<Card, "x" | "y" | "width" | "height">;

const machineCard = ({ name, address, listens = [] }: Cluster["azure"]["machines"][number]): Unplaced => ({
  ...{ type: "card", id: `Machine/${name}`, world: "vm", dashed: false },
  lines: [
    { text: name, face: "name" },
    { text: `${address}${listens.length > 0 ? `:${listens.join(",")}` : ""}`, face: "code" },
  ],
});

/** Azure's load balancers: those on the internet belong to neither world's network, internal ones to the VNet. */
function balancers(cluster: Cluster): Unplaced[] {
  return cluster.azure.loadBalancers.map(({ name, frontEnds }) => ({
    ...{ type: "card", id: `LoadBalancer/${name}`, dashed: false },
    world: frontEnds.some(({ address }) => isInVnet(cluster, address)) ? "vm" : "none",
    lines: [{ text: "Azure Load Balancer", face: "name", world: "vm" }, ...frontEnds.flatMap(frontEndLines)],
  }));
}

const frontEndLines = ({ service, address, rules, pool, healthy }: FrontEnd): Line[] => [
  { text: `${address}:${rules.map(({ port }) => port).join(",")}`, face: "code" },
  { text: `Service ${nameIn(service)}`, face: "note" },
  { text: { say: "healthy", count: healthy.length, of: pool.length }, face: "note" },
];

const nameIn = (key: string) => key.slice(key.indexOf("/") + 1);

const isInVnet = ({ azure }: Cluster, address: Address) =>
  azure.vnets.some(({ addressSpace }) => addressSpace.some((range) => inRange(address, range)));

/** What is in the cluster's VNet beside its nodes. */
function insideVnet(cluster: Cluster): Unplaced[] {
  const { azure, network, controllers } = cluster;
  const own = azure.vnets.find(({ name }) => name === network.vnet)?.addressSpace ?? [];
  const machines = azure.machines.filter(({ address }) => own.some((range) => inRange(address, range)));
  const proxies = controllers.flatMap((controller): Unplaced[] =>
    controller.dataPlane === "azure"
      ? [
          {
            ...{ type: "card", id: `AzureProxy/${controller.name}`, world: "vm", dashed: false },
            lines: [
              { text: "Application Gateway", face: "name" },
              { text: "for Containers", face: "name" },
              { text: `subnet ${controller.subnet}`, face: "note" },
            ],
          },
        ]
      : [],
  );
  return [
    ...machines.map(machineCard),
    ...balancers(cluster).filter(({ world }) => world === "vm"),
    ...proxies,
  ];
}

/** The cluster: rules and records first, then its nodes. @returns where it ends */
function clusterPart(cluster: Cluster, x: number, top: number, width: number, items: Item[]): number {
  const at = items.length;
  const { network } = cluster;
  const inner = width - 2 * PAD;
  const notes = [MODES[network.mode], `Pods ${podRange(cluster)}`, `Services ${network.serviceCidr}`];
  const stacked = notes.join(" · ").length * LETTER + 100 > width;
  let y = top + TITLE + (stacked ? notes.length * LINE : 0);
  const letters = lettersOf(cluster);
  for (const cards of inFewRows(
    [routeCards(cluster), serviceCards(cluster, letters), workloadCards(cluster)],
    inner,
  ))
    y = rows(cards, x + PAD, y, inner, items);
  y = nodes(cluster, letters, x + PAD, y, inner, items);
  items.splice(at, 0, {
    ...{ type: "zone", zone: "cluster", id: "Cluster" },
    notes,
    stacked,
    x,
    y: top,
    width,
    height: y - top,
  });
  return y;
}

/** Groups of cards, those that fit into one row put together. */
function inFewRows(groups: readonly Unplaced[][], width: number): Unplaced[][] {
  const across = columnsIn(Number.POSITIVE_INFINITY, width, CARD.least, CARD.most).count;
  const merged: Unplaced[][] = [];
  for (const group of groups) {
    const last = merged.at(-1);
    if (last && last.length + group.length <= across) last.push(...group);
    else merged.push([...group]);
  }
  return merged;
}

/** What AKS calls them. */
export const MODES: Record<Cluster["network"]["mode"], string> = {
  overlay: "Azure CNI Overlay",
  podSubnet: "Azure CNI Pod Subnet",
  nodeSubnet: "Azure CNI Node Subnet",
  kubenet: "kubenet",
};

/** Where Pods have their addresses. */
function podRange({ network, azure }: Cluster): string {
  if (isApart(network.mode)) return network.podCidr;
  const name = network.mode === "podSubnet" ? network.podSubnet : network.nodeSubnet;
  const subnets = azure.vnets.find((vnet) => vnet.name === network.vnet)?.subnets ?? [];
  return subnets.find((subnet) => subnet.name === name)?.cidr ?? "";
}

/** Whether Pods have addresses of a range that the VNet knows nothing of. */
const isApart = (mode: Cluster["network"]["mode"]) => mode === "overlay" || mode === "kubenet";

/** A letter for each Service, in the order in which they are drawn. */
const lettersOf = (cluster: Cluster): ReadonlyMap<string, string> =>
  new Map(all(cluster, "Service").map((service, n) => [keyOf(service), letter(n)]));

const letter = (n: number): string =>
  (n >= 26 ? String.fromCharCode(64 + Math.floor(n / 26)) : "") + String.fromCharCode(65 + (n % 26));

const rule = (id: string, name: string, lines: readonly (Line | false | undefined)[]): Unplaced => ({
  ...{ type: "card", id, world: "cluster", dashed: true },
  lines: [{ text: name, face: "name" }, ...lines.filter((line) => !!line)],
});
const code = (text: string, world?: World): Line => ({ text, face: "code", ...(world && { world }) });
const note = (text: string): Line => ({ text, face: "note" });

/** Ingresses, Gateways and routes, and policies: whatever says where requests may go. */
function routeCards(cluster: Cluster): Unplaced[] {
  const ingresses = all(cluster, "Ingress").map((ingress) =>
    rule(`Ingress/${keyOf(ingress)}`, `Ingress ${ingress.metadata.name}`, [
      code(ingress.status?.loadBalancer?.ingress?.[0]?.ip ?? "—"),
      note(`class ${ingress.spec.ingressClassName ?? "—"}`),
      ...shorten(pathsOf(ingress)),
    ]),
  );
  const gateways = all(cluster, "Gateway").map((gateway) =>
    rule(`Gateway/${keyOf(gateway)}`, `Gateway ${gateway.metadata.name}`, [
      code(gateway.status?.addresses?.[0]?.value ?? "—"),
      note(`class ${gateway.spec.gatewayClassName}`),
      ...shorten(gateway.spec.listeners.map(({ name, port }) => code(`${name} :${port}`))),
    ]),
  );
  const routes = all(cluster, "HTTPRoute").map((route) =>
    rule(`HTTPRoute/${keyOf(route)}`, `HTTPRoute ${route.metadata.name}`, [
      ...shorten(
        (route.spec.rules ?? []).map(({ matches = [], backendRefs = [] }) =>
          code(
            `${route.spec.hostnames?.[0] ?? ""}${matches[0]?.path?.value ?? "/"} → ${backendRefs.map(({ name }) => name).join(", ")}`,
          ),
        ),
      ),
    ]),
  );
  const policies = all(cluster, "NetworkPolicy").map((policy) =>
    rule(`NetworkPolicy/${keyOf(policy)}`, "NetworkPolicy", [
      note(policy.metadata.name),
      code(labelsIn(policy.spec.podSelector?.matchLabels) || "*"),
    ]),
  );
  return [...ingresses, ...gateways, ...routes, ...policies];
}

const pathsOf = ({ spec }: Ingress): Line[] => [
  ...(spec.rules ?? []).flatMap(({ host = "", http }) =>
    (http?.paths ?? []).map(({ path = "/", backend }) =>
      code(`${host}${path} → ${backend.service?.name ?? ""}`),
    ),
  ),
  ...(spec.defaultBackend ? [code(`* → ${spec.defaultBackend.service?.name ?? ""}`)] : []),
];

const labelsIn = (labels: Readonly<Record<string, string>> = {}) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

/** The first lines of a list, and how many more there are. */
const shorten = (lines: readonly Line[], shown = ENDPOINTS_SHOWN): Line[] =>
  lines.length <= shown
    ? [...lines]
    : [...lines.slice(0, shown), { text: { say: "more", count: lines.length - shown }, face: "note" }];

function serviceCards(cluster: Cluster, letters: ReadonlyMap<string, string>): Unplaced[] {
  return all(cluster, "Service").map((service) => {
    const { type = "ClusterIP", externalName } = service.spec;
    const isHeadless = service.spec.clusterIP === "None";
    const ports = service.spec.ports ?? [];
    const card = rule(`Service/${keyOf(service)}`, service.metadata.name, [
      note(isHeadless ? "Service · headless" : `Service · ${type}`),
      externalName !== undefined && code(externalName, "none"),
      !isHeadless && type !== "ExternalName" && code(service.spec.clusterIP ?? "—", "cluster"),
      ...shorten(ports.map(portLine), 2),
      ...endpointLines(cluster, service),
    ]);
    const token = letters.get(keyOf(service));
    return { ...card, ...(token && { token }) };
  });
}

const portLine = ({ port, targetPort, nodePort }: NonNullable<Service["spec"]["ports"]>[number]): Line =>
  code(`:${port} → ${targetPort ?? port}${nodePort === undefined ? "" : ` (${nodePort})`}`);

function endpointLines(cluster: Cluster, service: Service): Line[] {
  const slices = slicesOf(cluster, service);
  if (slices.length === 0) return [];
  const endpoints = slices.flatMap((slice) => slice.endpoints);
  const lines = endpoints.map(({ addresses, conditions }): Line => {
    const world = isInVnet(cluster, addresses[0] ?? "0.0.0.0") ? "vm" : "cluster";
    return { ...code(addresses.join(","), world), mark: conditions?.ready === false ? "no" : "yes" };
  });
  return [note("EndpointSlice"), ...(lines.length > 0 ? shorten(lines) : [code("<none>")])];
}

function workloadCards(cluster: Cluster): Unplaced[] {
  const kinds = ["Deployment", "StatefulSet", "ReplicaSet"] as const;
  return kinds.flatMap((kind) =>
    all(cluster, kind)
      // A ReplicaSet of a Deployment matters while there is more than one: during a rollout.
      .filter(
        (one) =>
          kind !== "ReplicaSet" ||
          !one.metadata.ownerReferences?.length ||
          ((one.spec.replicas ?? 1) > 0 && rolledOut(cluster, one.metadata.ownerReferences[0]?.name) > 1),
      )
      .map((one) => ({
        ...rule(`${kind}/${keyOf(one)}`, "", []),
        lines: [
          {
            text: `${kind} ${one.metadata.name}`,
            face: "name",
            aside: `${one.status?.readyReplicas ?? 0}/${one.spec.replicas ?? 1}`,
          },
        ],
      })),
  );
}

const rolledOut = (cluster: Cluster, deployment: string | undefined): number =>
  all(cluster, "ReplicaSet").filter(
    ({ metadata, spec, status }) =>
      metadata.ownerReferences?.[0]?.name === deployment &&
      ((spec.replicas ?? 1) > 0 || (status?.replicas ?? 0) > 0),
  ).length;

/** Nodes with their Pods side by side, and Pods without a node in a row of their own. */
function nodes(
  cluster: Cluster,
  letters: ReadonlyMap<string, string>,
  x: number,
  top: number,
  width: number,
  items: Item[],
): number {
  const pods = all(cluster, "Pod");
  const tokens = tokensByAddress(cluster, letters);
  const boxes = all(cluster, "Node");
  const on = boxes.map(({ metadata }) => pods.filter(({ spec }) => spec.nodeName === metadata.name));
  const { columns, inNode, heights } = lowest(
    on.map(({ length }) => length),
    width,
  );
  let y = top;
  for (let start = 0; start < boxes.length; start += columns.count) {
    const row = boxes.slice(start, start + columns.count);
    const height = heights[start / columns.count] ?? 0;
    for (const [n, node] of row.entries()) {
      const left = x + n * (columns.width + GAP);
      const { name } = node.metadata;
      items.push({
        ...{ type: "node", id: `Node/${name}`, name, x: left, y, width: columns.width, height },
        address: cluster.azure.interfaces.find((one) => one.node === name)?.address ?? "—",
        status: nodeStatus(cluster, name),
        down: name in cluster.down,
      });
      placePods(on[start + n] ?? [], left + 8, y + NODE_HEAD, columns.width - 16, inNode);
    }
    y += height + GAP;
  }
  const homeless = pods.filter(({ spec }) => spec.nodeName === undefined);
  const across = Math.max(1, Math.floor((width + 8) / (POD.width + 8)));
  placePods(homeless, x, y, width, across);
  return y + Math.ceil(homeless.length / across) * (POD.height + 8);

  function placePods(list: readonly Pod[], left: number, from: number, space: number, count: number) {
    const podWidth = Math.min(168, (space - 8 * (count - 1)) / count);
    for (const [n, pod] of list.entries()) {
      const address = pod.status?.podIP;
      items.push({
        ...{ type: "pod", id: `Pod/${keyOf(pod)}`, name: pod.metadata.name, height: POD.height },
        ...{ x: left + (n % count) * (podWidth + 8), y: from + Math.floor(n / count) * (POD.height + 8) },
        ...{ width: podWidth, address: address ?? "—", state: podState(pod) },
        addressWorld: address !== undefined && isInVnet(cluster, address) ? "vm" : "cluster",
        tokens: (tokens.get(address ?? "") ?? []).slice(0, TOKENS_SHOWN),
      });
    }
  }
}

/** Nodes in as many columns as make them take the least height, by how many Pods each has. */
function lowest(pods: readonly number[], width: number) {
  const most = columnsIn(pods.length, width, POD.width + 16, Number.POSITIVE_INFINITY).count;
  const ways = Array.from({ length: most }, (_, n) => {
    const count = most - n;
    const columns = { count, width: (width - GAP * (count - 1)) / count };
    const inNode = Math.max(1, Math.floor((columns.width - 8) / (POD.width + 8)));
    const heights = Array.from({ length: Math.ceil(pods.length / count) }, (_, row) => {
      const fullest = Math.max(1, ...pods.slice(row * count, (row + 1) * count));
      return NODE_HEAD + Math.ceil(fullest / inNode) * (POD.height + 8);
    });
    return { columns, inNode, heights, total: heights.reduce((sum, height) => sum + height + GAP, 0) };
  });
  return ways.reduce((best, way) => (way.total < best.total ? way : best));
}

/** The Services of whose slices an address is part. */
function tokensByAddress(cluster: Cluster, letters: ReadonlyMap<string, string>) {
  const tokens = new Map<Address, { letter: string; ready: boolean }[]>();
  for (const service of all(cluster, "Service"))
    for (const { endpoints } of slicesOf(cluster, service))
      for (const { addresses, conditions } of endpoints)
        for (const address of addresses) {
          const known = tokens.get(address) ?? [];
          const mine = letters.get(keyOf(service)) ?? "";
          if (known.some((one) => one.letter === mine)) continue;
          tokens.set(address, [...known, { letter: mine, ready: conditions?.ready !== false }]);
        }
  return tokens;
}

export function podState({ metadata, status }: Pod): PodState {
  if (metadata.deletionTimestamp !== undefined) return "Terminating";
  if (status?.podIP === undefined) return "Pending";
  return status.conditions?.some((one) => one.type === "Ready" && one.status === "True")
    ? "Ready"
    : "NotReady";
}

/** The STATUS column of `kubectl get nodes`. */
export function nodeStatus(cluster: Cluster, name: string): string {
  const node = all(cluster, "Node").find(({ metadata }) => metadata.name === name);
  const ready = node?.status?.conditions?.some((one) => one.type === "Ready" && one.status === "True");
  return `${ready ? "Ready" : "NotReady"}${node?.spec?.unschedulable ? ",SchedulingDisabled" : ""}`;
}

/** How many columns of at least some width there is room for, and how wide each then is. */
function columnsIn(things: number, width: number, least: number, most: number) {
  const count = Math.max(1, Math.min(things, Math.floor((width + GAP) / (least + GAP))));
  return { count, width: Math.min(most, (width - GAP * (count - 1)) / count) };
}

const heightOf = ({ lines }: Unplaced): number => 12 + lines.length * LINE;

/** Places cards in rows of equal columns. @returns where the next thing may begin */
function rows(cards: readonly Unplaced[], x: number, top: number, width: number, items: Item[]): number {
  if (cards.length === 0) return top;
  const columns = columnsIn(cards.length, width, Math.min(CARD.least, width), CARD.most);
  let y = top;
  for (let start = 0; start < cards.length; start += columns.count) {
    const row = cards.slice(start, start + columns.count);
    const height = Math.max(...row.map(heightOf));
    for (const [n, card] of row.entries())
      items.push({
        ...card,
        ...{ x: x + n * (columns.width + GAP), y, width: columns.width },
        // Of one line, it is no taller for its neighbours.
        height: card.lines.length === 1 ? heightOf(card) : height,
      });
    y += height + GAP;
  }
  return y;
}

/** The id that a place has in a drawing. */
export const idOf = (place: Place): string => `${place.kind}/${"key" in place ? place.key : place.name}`;

export const boxOf = ({ items }: Drawing, id: string): Item | undefined =>
  items.find((item) => item.id === id);
