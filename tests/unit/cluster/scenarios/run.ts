import { expect } from "vitest";
import {
  addNode,
  addressesNeeded,
  all,
  type Cluster,
  cordon,
  createCluster,
  failNode,
  find,
  inRange,
  type Kind,
  type KubeObject,
  keyOf,
  type Packet,
  type Place,
  type Pod,
  pathTaken,
  prefixFor,
  relabel,
  remove,
  resolve,
  restartContainer,
  restoreNode,
  scale,
  setImage,
  setReady,
  settle,
  slicesOf,
  step,
  symptom,
  trace,
  vnetAddresses,
} from "#lib/core/cluster/index.ts";
import { applyYaml } from "#lib/core/cluster/yaml.ts";
import type { Action, Connection, Question, Reference, Scenario } from "./scenario.ts";

/** Where a scenario has got to. */
interface State {
  cluster: Cluster;
  /** Every state since before the last action. */
  past: readonly Cluster[];
  kept: Readonly<Record<string, string>>;
}

/** Plays a scenario; what is not as its source says fails an expectation. */
export function play({ cluster, manifests, story }: Scenario): void {
  const made = settle(createCluster(cluster));
  const first: State = { cluster: made, past: [made], kept: {} };
  const started = manifests === undefined ? first : act(first, { apply: manifests });
  story.reduce((state, next) => {
    const action = asAction(next);
    if (action) return act(state, action);
    ask(state, next as Question);
    return state;
  }, started);
}

const ACTIONS = [
  "apply",
  "remove",
  "failNode",
  "restoreNode",
  "addNode",
  "cordon",
  "ready",
  "restartContainer",
  "relabel",
  "scale",
  "setImage",
  "keep",
  "wait",
] as const;

/** The first field of an action says what it is; some questions have such a field too, but never first. */
const asAction = (one: Action | Question): Action | undefined =>
  (ACTIONS as readonly string[]).includes(Object.keys(one)[0] ?? "") ? (one as Action) : undefined;

const fullKey = (key: string) => (key.includes("/") ? key : `default/${key}`);

function act(state: State, action: Action): State {
  if ("keep" in action)
    return { ...state, kept: { ...state.kept, [action.keep]: standsFor(state, action.of) } };
  const { seconds = "wait" in action ? action.wait : undefined, steps } = action;
  const changed = change(state, action);
  const past = [state.cluster, changed];
  let now = changed;
  if (steps !== undefined) {
    for (let n = 0; n < steps; n++) {
      now = step(now).cluster;
      past.push(now);
    }
    return { ...state, cluster: now, past };
  }
  for (;;) {
    const next = step(now).cluster;
    if (next === now) break;
    // What `settle` would not wait for is not waited for here either.
    if (next.objects === now.objects && next.azure === now.azure && seconds !== undefined) break;
    now = next;
    past.push(now);
  }
  const settled = seconds === undefined ? now : settle(now, { seconds });
  return { ...state, cluster: settled, past: [...past, settled] };
}

function change(state: State, action: Exclude<Action, { keep: string }>): Cluster {
  const { cluster } = state;
  if ("apply" in action) {
    const { cluster: applied, problems } = applyYaml(cluster, action.apply);
    const errors = problems.filter(({ severity }) => severity === "error").map(({ message }) => message);
    if (action.refused === undefined) expect(errors).toEqual([]);
    else expect(errors.join("\n")).toContain(action.refused);
    return applied;
  }
  if ("remove" in action) return remove(cluster, action.remove, keyIn(state, action.remove, action.key));
  if ("failNode" in action) return failNode(cluster, action.failNode);
  if ("restoreNode" in action) return restoreNode(cluster, action.restoreNode);
  if ("addNode" in action) return addNode(cluster, action.addNode);
  if ("cordon" in action) return cordon(cluster, action.cordon);
  if ("ready" in action) return setReady(cluster, podIn(cluster, action.ready), action.is);
  if ("restartContainer" in action) return restartContainer(cluster, podIn(cluster, action.restartContainer));
  if ("relabel" in action)
    return relabel(cluster, action.relabel, keyIn(state, action.relabel, action.key), action.labels);
  if ("scale" in action) return scale(cluster, action.scale, action.key, action.replicas);
  if ("setImage" in action) return setImage(cluster, action.setImage, action.key, action.image);
  return cluster;
}

/** The key of a Pod whose name a controller may have made up. */
function podIn(cluster: Cluster, written: string): string {
  const [pattern = "", place = "0"] = written.split("#");
  const key = fullKey(pattern);
  if (!key.endsWith("*")) return key;
  const found = all(cluster, "Pod").filter(
    (pod) => matchesKey(keyOf(pod), key) && pod.metadata.deletionTimestamp === undefined,
  )[Number(place)];
  if (!found) throw new Error(`There is no Pod ${written}`);
  return keyOf(found);
}

const keyIn = ({ cluster }: State, kind: Kind, key: string): string =>
  kind === "Pod" ? podIn(cluster, key) : key;

const matchesKey = (key: string, pattern: string): boolean =>
  pattern.endsWith("*") ? key.startsWith(fullKey(pattern).slice(0, -1)) : key === fullKey(pattern);

/** What a reference stands for; any other text stands for itself. */
function standsFor({ cluster, kept }: State, reference: Reference): string {
  if (!reference.startsWith("@")) return reference;
  const [kind = "", ...rest] = reference.slice(1).split("/");
  const key = rest.join("/");
  const service = () => find(cluster, "Service", fullKey(key));
  const values: Record<string, () => string | undefined> = {
    pod: () => find(cluster, "Pod", podIn(cluster, key))?.status?.podIP,
    podName: () => podIn(cluster, key),
    hostOf: () => find(cluster, "Pod", podIn(cluster, key))?.status?.hostIP,
    node: () => find(cluster, "Node", key)?.status?.addresses?.[0]?.address,
    clusterIP: () => service()?.spec.clusterIP,
    external: () => service()?.status?.loadBalancer?.ingress?.[0]?.ip,
    ingress: () => find(cluster, "Ingress", fullKey(key))?.status?.loadBalancer?.ingress?.[0]?.ip,
    gateway: () => find(cluster, "Gateway", fullKey(key))?.status?.addresses?.[0]?.value,
    machine: () => cluster.azure.machines.find(({ name }) => name === key)?.address,
    outbound: () => cluster.azure.outboundAddress,
    kept: () => kept[key],
  };
  const value = values[kind]?.();
  if (value === undefined) throw new Error(`There is nothing at ${reference}`);
  return value;
}

function packetOf(state: State, { from, to, port, protocol, http }: Connection): Packet {
  const [kind, ...rest] = from.split("/");
  const name = rest.join("/");
  const place: Packet["from"] =
    kind === "pod"
      ? { kind: "Pod", key: podIn(state.cluster, name) }
      : kind === "node"
        ? { kind: "Node", name }
        : { kind: "Machine", name };
  const nodePort = () =>
    all(state.cluster, "Service")
      .flatMap(({ spec }) => spec.ports ?? [])
      .find((one) => one.nodePort)?.nodePort ?? 0;
  return {
    from: place,
    to: standsFor(state, to),
    port: port === "nodePort" ? nodePort() : port,
    protocol,
    http,
  };
}

const nameOfPlace = (place: Place): string =>
  place.kind === "Pod" || place.kind === "Service" ? place.key : place.name;

/** Each pattern is met by some key, and each key meets some pattern. */
function expectKeys(
  cluster: Cluster,
  what: string,
  keys: readonly string[],
  written: readonly string[],
): void {
  const patterns = written.map((pattern) => (pattern.includes("#") ? podIn(cluster, pattern) : pattern));
  const fits = (key: string, pattern: string) => key === pattern || matchesKey(key, pattern);
  const unexpected = keys.filter((key) => !patterns.some((pattern) => fits(key, pattern)));
  const missing = patterns.filter((pattern) => !keys.some((key) => fits(key, pattern)));
  expect({ what, unexpected, missing }).toEqual({ what, unexpected: [], missing: [] });
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)].sort();

const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;

const podsWith = (cluster: Cluster, labels: object, namespace = "default"): Pod[] =>
  all(cluster, "Pod").filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      metadata.deletionTimestamp === undefined &&
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
  );

function ask(state: State, question: Question): void {
  const { cluster } = state;
  if ("connect" in question) askConnection(state, question);
  else if ("endpoints" in question) askEndpoints(cluster, question);
  else if ("slice" in question) {
    const service = find(cluster, "Service", fullKey(question.slice));
    const address = standsFor(state, question.endpoint);
    const found = (service ? slicesOf(cluster, service) : [])
      .flatMap((slice) => slice.endpoints)
      .find(({ addresses }) => addresses.includes(address));
    expect(found?.conditions).toEqual(question.conditions);
  } else if ("within" in question)
    expect(inRange(standsFor(state, question.within), question.cidr)).toBe(true);
  else if ("ingressAddress" in question)
    expect(
      find(cluster, "Ingress", fullKey(question.ingressAddress))?.status?.loadBalancer === undefined,
    ).toBe(question.is === "absent");
  else if ("gatewayAddress" in question)
    expect(find(cluster, "Gateway", fullKey(question.gatewayAddress))?.status?.addresses === undefined).toBe(
      question.is === "absent",
    );
  else if ("healthPort" in question)
    expect(
      find(cluster, "Service", fullKey(question.healthPort))?.spec.healthCheckNodePort === undefined,
    ).toBe(question.is === "absent");
  else if ("terminating" in question)
    expect(find(cluster, "Pod", fullKey(question.terminating))?.metadata.deletionTimestamp).toBeDefined();
  else if ("is" in question) expect(all(cluster, question.count)).toHaveLength(question.is);
  else if ("nodePorts" in question) {
    const ports = (find(cluster, "Service", fullKey(question.nodePorts))?.spec.ports ?? []).map(
      ({ nodePort = 0 }) => nodePort,
    );
    expect(ports.filter((port) => port < question.from || port > question.to)).toEqual([]);
    expect(distinct(ports)).toHaveLength(question.distinct);
  } else if ("serviceAddresses" in question) {
    const virtual = all(cluster, "Service").filter(({ spec }) =>
      inRange(spec.clusterIP ?? "", question.serviceAddresses),
    );
    expect(virtual.map(keyOf)).toHaveLength(question.count);
  } else if ("lookUp" in question) {
    const { lookUp, from, gives, name } = question;
    const answer = resolve(cluster, packetOf(state, { from, to: "0.0.0.0", port: 1 }).from, lookUp);
    if (gives === "nothing") expect(answer).toMatchObject({ kind: "noName" });
    else {
      expect(answer).toMatchObject({ kind: "addresses", ...(name && { name }) });
      const given = answer.kind === "addresses" ? answer.addresses : [];
      expect(distinct(given)).toEqual(distinct(gives.map((one) => standsFor(state, one))));
    }
  } else if ("object" in question) {
    const { object, key, has } = question;
    const found = findAny(state, object, key);
    if (has === "nothing") expect(found).toBeUndefined();
    else expect(found).toMatchObject(has);
  } else if ("pods" in question) {
    const { pods, namespace, count, ready, perNode, inRange: cidr, names, carry } = question;
    const found = podsWith(cluster, pods, namespace);
    expect(found.map(keyOf)).toHaveLength(count);
    if (ready !== undefined) expect(found.filter(isReady).map(keyOf)).toHaveLength(ready);
    if (carry !== undefined)
      expect(found.filter(({ metadata }) => metadata.labels?.[carry] === undefined).map(keyOf)).toEqual([]);
    if (names) expect(found.map(({ metadata }) => metadata.name)).toEqual(names);
    const onNode = (node: string) => found.filter(({ spec }) => spec.nodeName === node).length;
    if (perNode) expect(all(cluster, "Node").map((node) => onNode(keyOf(node)))).toEqual(perNode);
    if (cidr !== undefined)
      expect(found.filter(({ status }) => !inRange(status?.podIP ?? "", cidr)).map(keyOf)).toEqual([]);
  } else if ("throughout" in question) {
    const { throughout, readyAtLeast, podsAtMost, imagesAtMost } = question;
    const moments = state.past.map((one) => podsWith(one, throughout));
    const images = moments.map((pods) =>
      distinct(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image))),
    );
    if (readyAtLeast !== undefined)
      expect(Math.min(...moments.map((pods) => pods.filter(isReady).length))).toBeGreaterThanOrEqual(
        readyAtLeast,
      );
    if (podsAtMost !== undefined)
      expect(Math.max(...moments.map(({ length }) => length))).toBeLessThanOrEqual(podsAtMost);
    if (imagesAtMost !== undefined)
      expect(Math.max(...images.map(({ length }) => length))).toBeLessThanOrEqual(imagesAtMost);
  } else if ("events" in question) {
    const { events, kind, inOrder } = question;
    const told = cluster.events.filter((event) => kind === undefined || event.kind === kind);
    let from = 0;
    for (const { reason, key, says = "" } of events) {
      const at = told.findIndex(
        (event, place) =>
          place >= from &&
          event.reason === reason &&
          (key === undefined || matchesKey(event.key, key) || event.key === key) &&
          new RegExp(says).test(event.message),
      );
      expect({
        reason,
        key,
        says,
        told: at !== -1 ? "told" : told.map((one) => `${one.reason}: ${one.message}`),
      }).toEqual({
        reason,
        key,
        says,
        told: "told",
      });
      if (inOrder) from = at + 1;
    }
  } else if ("noEvent" in question)
    expect(cluster.events.filter(({ reason }) => reason === question.noEvent)).toEqual([]);
  else if ("replicaSets" in question) {
    const sets = all(cluster, "ReplicaSet")
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ name }) => name === question.replicaSets))
      .toSorted((a, b) => (a.metadata.creationTimestamp ?? 0) - (b.metadata.creationTimestamp ?? 0));
    expect(sets.map(({ spec }) => spec.replicas)).toEqual(question.replicas);
    if (question.ready) expect(sets.map(({ status }) => status?.readyReplicas)).toEqual(question.ready);
  } else if ("subnet" in question)
    expect(vnetAddresses(cluster, question.subnet)).toHaveLength(question.taken);
  else if ("sizing" in question) {
    const needed = addressesNeeded(question.sizing);
    expect({ needs: needed, prefix: prefixFor(needed) }).toEqual({
      needs: question.needs,
      prefix: question.prefix,
    });
  } else if ("frontEnd" in question) askFrontEnd(cluster, question);
  else if ("balancers" in question)
    expect(cluster.azure.loadBalancers.map(({ name }) => name)).toEqual(question.balancers);
  else if ("sticks" in question) {
    const packet = packetOf(state, question.sticks);
    const { paths } = trace(cluster, packet);
    expect(paths.length).toBeGreaterThan(1);
    const taken = Array.from({ length: 50 }, (_, n) => pathTaken(cluster, packet, paths, n / 50));
    expect(new Set(taken).size === 1).toBe(question.always);
  } else if ("same" in question) {
    const [a, b] = question.same.map((one) => standsFor(state, one));
    expect(a).toBe(b);
  } else if ("differ" in question) {
    const [a, b] = question.differ.map((one) => standsFor(state, one));
    expect(a).not.toBe(b);
  } else {
    const { route, parent = 0, conditions } = question;
    const told = find(cluster, "HTTPRoute", fullKey(route))?.status?.parents[parent]?.conditions ?? [];
    const given = Object.fromEntries(told.map(({ type, status, reason }) => [type, `${status} ${reason}`]));
    expect(given).toMatchObject(conditions);
  }
}

function findAny(state: State, kind: Kind, written: Reference): KubeObject | undefined {
  const key = standsFor(state, written);
  const clusterWide = find(state.cluster, kind, key);
  return clusterWide ?? find(state.cluster, kind, kind === "Pod" ? podIn(state.cluster, key) : fullKey(key));
}

function askConnection(state: State, question: Extract<Question, { connect: Connection }>): void {
  const { connect, sees, reaches, source, forwardedFor, backends, proxies, deeds, deniedBy } = question;
  const { cluster } = state;
  const { paths } = trace(cluster, packetOf(state, connect));
  const seen = distinct(paths.map(({ verdict }) => symptom(verdict)));
  if (typeof sees === "string" && sees.startsWith("!")) {
    // Nothing is shown by a connection that was never tried.
    expect(seen).not.toEqual([]);
    expect(seen).not.toContain("unknown host");
    expect(seen).not.toContain(sees.slice(1));
  } else expect(seen).toEqual(typeof sees === "string" ? [sees] : distinct(sees));
  const delivered = paths.flatMap(({ verdict }) => (verdict.kind === "delivered" ? [verdict] : []));
  if (reaches) expectKeys(cluster, "reached", distinct(delivered.map(({ to }) => nameOfPlace(to))), reaches);
  if (source)
    expect(distinct(delivered.map((one) => one.source))).toEqual(
      distinct(source.map((one) => standsFor(state, one))),
    );
  if (forwardedFor !== undefined)
    expect(distinct(delivered.map((one) => one.forwardedFor ?? ""))).toEqual([
      standsFor(state, forwardedFor),
    ]);
  const done = paths.flatMap(({ hops }) => hops.map(({ deed }) => deed));
  if (backends)
    expectKeys(
      cluster,
      "backends",
      distinct(done.flatMap((deed) => (deed.kind === "proxy" ? [deed.service] : []))),
      backends,
    );
  if (proxies) {
    const hops = paths.flatMap((path) => path.hops.filter(({ deed }) => deed.kind === "proxy"));
    expectKeys(cluster, "proxies", distinct(hops.map(({ at }) => nameOfPlace(at))), proxies);
  }
  for (const wanted of deeds ?? []) {
    const names = done.flatMap((deed) => [
      deed.kind,
      ...("by" in deed ? [`${deed.kind} by ${deed.by}`] : []),
    ]);
    if (wanted.startsWith("!")) expect(names).not.toContain(wanted.slice(1));
    else expect(names).toContain(wanted);
  }
  if (deniedBy !== undefined) {
    const by = paths.flatMap(({ verdict }) =>
      verdict.kind !== "denied" ? [] : verdict.by === "nsg" ? [verdict.rule] : verdict.policies,
    );
    expect(by).toContain(deniedBy);
  }
}

function askEndpoints(cluster: Cluster, question: Extract<Question, { endpoints: string }>): void {
  const { endpoints, ready, notReady, ports, slices, largest } = question;
  const service = find(cluster, "Service", fullKey(endpoints));
  if (!service) throw new Error(`There is no Service ${endpoints}`);
  const written = slicesOf(cluster, service);
  const given = written.flatMap((slice) => slice.endpoints);
  const names = (are: boolean) =>
    given
      .filter(({ conditions }) => (conditions?.ready !== false) === are)
      .map(({ targetRef, addresses }) =>
        targetRef ? `${targetRef.namespace}/${targetRef.name}` : (addresses[0] ?? ""),
      );
  if (ready) expectKeys(cluster, "ready", names(true), ready);
  if (notReady) expectKeys(cluster, "not ready", names(false), notReady);
  if (ports)
    expect(distinct(written.flatMap((slice) => (slice.ports ?? []).map(({ port }) => port)))).toEqual(
      distinct(ports),
    );
  if (slices !== undefined) expect(written).toHaveLength(slices);
  if (largest !== undefined)
    expect(Math.max(...written.map((slice) => slice.endpoints.length))).toBeLessThanOrEqual(largest);
}

function askFrontEnd(cluster: Cluster, question: Extract<Question, { frontEnd: string }>): void {
  const { frontEnd, balancer, inRange: cidr, pool, healthy, healthyCount, probe } = question;
  const found = cluster.azure.loadBalancers
    .flatMap(({ name, frontEnds }) => frontEnds.map((one) => ({ ...one, balancer: name })))
    .find(({ service }) => service === fullKey(frontEnd));
  if (!found) throw new Error(`There is no front-end for ${frontEnd}`);
  if (balancer !== undefined) expect(found.balancer).toBe(balancer);
  if (cidr !== undefined)
    expect({ address: found.address, inside: inRange(found.address, cidr) }).toMatchObject({ inside: true });
  if (pool) expect(found.pool).toEqual(pool);
  if (healthy) expect(found.healthy).toEqual(healthy);
  if (healthyCount !== undefined) expect(found.healthy).toHaveLength(healthyCount);
  if (probe) expect(found.probe?.protocol).toBe(probe);
}
