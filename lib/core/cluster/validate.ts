import type { Problem } from "./apply.ts";
import { parseAddress, parseCidr } from "./ip.ts";
import type { Ingress, Kind, KubeObject, NetworkPolicy, PodTemplate, Service } from "./objects.ts";
import {
  type Fields,
  type Format,
  fieldsOf,
  isLeaf,
  isList,
  KINDS,
  type KindShape,
  type Leaf,
  type Shape,
} from "./schema.ts";
import { matches } from "./store.ts";

/** A problem, and where in the document it is: names of fields and places in lists. */
export interface Finding extends Omit<Problem, "line"> {
  path: Path;
}
export type Path = readonly (string | number)[];

/** Notes a problem with the value of a field. */
type Report = (path: Path, why: string) => void;

/** "spec.ports[0].port": a path as the API server writes it. */
const written = (path: Path): string =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .slice(1);

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const isSubdomain = (text: string) => text.length <= 253 && text.split(".").every((part) => LABEL.test(part));
const CHARACTERS = "lower case alphanumeric characters";
const ENDS = "and must start and end with an alphanumeric character";

const FORMATS: Readonly<Record<Format, [is: (text: string) => boolean, why: string]>> = {
  any: [() => true, ""],
  label: [
    (text) => text.length <= 63 && LABEL.test(text),
    `a lowercase RFC 1123 label must consist of ${CHARACTERS} or '-', ${ENDS}`,
  ],
  subdomain: [
    isSubdomain,
    `a lowercase RFC 1123 subdomain must consist of ${CHARACTERS}, '-' or '.', ${ENDS}`,
  ],
  hostname: [
    (text) => isSubdomain(text.replace(/^\*\./, "")),
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain",
  ],
  portName: [
    (text) => text.length <= 15 && LABEL.test(text) && /[a-z]/.test(text),
    `must be no more than 15 characters, ${CHARACTERS} or '-', and contain at least one letter`,
  ],
  cidr: [(text) => parseCidr(text) !== null, "must be a valid CIDR value, (e.g. 10.9.8.0/24)"],
  address: [(text) => parseAddress(text) !== null, "must be a valid IP address, (e.g. 10.9.8.7)"],
  path: [(text) => text.startsWith("/"), "must be an absolute path"],
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** The object that a document describes, and what is wrong with it; with an error there is none. */
export function validate(document: unknown): { object?: KubeObject; findings: Finding[] } {
  const findings: Finding[] = [];
  const note = (path: Path, message: string, severity: Problem["severity"] = "error") => {
    findings.push({ severity, path, message });
    return { findings };
  };
  if (!isRecord(document)) return note([], "error validating data: the document is not an object");
  const { kind, apiVersion, ...given } = document;
  if (typeof apiVersion !== "string") return note([], "error validating data: apiVersion not set");
  if (typeof kind !== "string") return note([], "error validating data: kind not set");
  const known: KindShape | undefined = Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind] : undefined;
  if (!known || ![known.apiVersion, known.formerVersion].includes(apiVersion))
    return note(["kind"], `no matches for kind "${kind}" in version "${apiVersion}"`);
  const rest = withoutNulls(given, known.fields);
  const name = isRecord(rest.metadata) ? rest.metadata.name : undefined;
  const report: Report = (path, why) =>
    note(path, `The ${kind} "${typeof name === "string" ? name : ""}" is invalid: ${written(path)}: ${why}`);
  checkFields(rest, known.fields, [], report, note);
  const failed = () => findings.some(({ severity }) => severity === "error");
  const object = { kind, ...rest } as unknown as KubeObject;
  if (!failed()) checkSense(object, report);
  return failed() ? { findings } : { object, findings };
}

/** A field without a value is a field left out. Values of maps are none of the API's fields. */
function withoutNulls(value: Record<string, unknown>, fields: Fields): Record<string, unknown> {
  const known = fieldsOf(fields);
  const inside = (item: unknown, shape: Shape | undefined): unknown => {
    if (!shape || isLeaf(shape)) return item;
    if (isList(shape)) return Array.isArray(item) ? item.map((one) => inside(one, shape[0])) : item;
    return isRecord(item) ? withoutNulls(item, shape) : item;
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => item !== null || !known.has(name))
      .map(([name, item]) => [name, inside(item, known.get(name)?.shape)]),
  );
}

type Note = (path: Path, message: string, severity?: Problem["severity"]) => void;

function checkFields(
  value: Record<string, unknown>,
  fields: Fields,
  path: Path,
  report: Report,
  note: Note,
): void {
  const known = fieldsOf(fields);
  for (const [name, { required }] of known)
    if (required && value[name] === undefined) report([...path, name], "Required value");
  for (const [name, given] of Object.entries(value)) {
    const here = [...path, name];
    const shape = known.get(name)?.shape;
    if (!shape) note(here, `strict decoding error: unknown field "${written(here)}"`);
    else if (isLeaf(shape) && shape.type === "unmodelled")
      note(here, `${written(here)} is not modelled: it changes nothing here`, "warning");
    else check(given, shape, here, report, note);
  }
}

function check(value: unknown, shape: Shape, path: Path, report: Report, note: Note): void {
  const wanted = isList(shape) ? "array" : isLeaf(shape) ? typeFor(value, shape) : "object";
  if (!wanted.split(" or ").includes(typeOf(value)))
    report(
      path,
      `Invalid value: "${typeOf(value)}": ${written(path)} in body must be of type ${wanted}: "${typeOf(value)}"`,
    );
  else if (isList(shape))
    for (const [place, item] of (value as unknown[]).entries())
      check(item, shape[0], [...path, place], report, note);
  else if (!isLeaf(shape)) checkFields(value as Record<string, unknown>, shape, path, report, note);
  else if (shape.type === "map")
    for (const [key, item] of Object.entries(value as object))
      check(item, { type: "string", format: "any" }, [...path, key], report, note);
  else {
    const why = whyNot(value, shape);
    if (why) report(path, why);
  }
}

/** The type of value that a leaf takes, in the API server's words. */
function typeFor(value: unknown, { type }: Leaf): string {
  if (type === "integerOrString") return "number or string";
  if (type === "integer") return Number.isInteger(value) ? "number" : "integer";
  return type === "map" ? "object" : type === "boolean" ? "boolean" : "string";
}

/** Why a value of the right type is none that a leaf takes. */
function whyNot(value: unknown, leaf: Leaf): string | undefined {
  if (leaf.type === "integer" && ((value as number) < leaf.minimum || (value as number) > leaf.maximum))
    return `Invalid value: ${value}: must be between ${leaf.minimum} and ${leaf.maximum}, inclusive`;
  if (leaf.type === "choice" && !leaf.values.includes(value as string))
    return `Unsupported value: "${value}": supported values: ${leaf.values.map((one) => `"${one}"`).join(", ")}`;
  if (leaf.type !== "string") return undefined;
  const [is, why] = FORMATS[leaf.format];
  return is(value as string) ? undefined : `Invalid value: "${value}": ${why}`;
}

/** Why a number or share of Pods is none. */
function limitFault(limit: number | string): string | undefined {
  if (typeof limit === "number") return limit < 0 ? "must be greater than or equal to 0" : undefined;
  return /^[0-9]+%$/.test(limit)
    ? undefined
    : "a valid percent string must be a numeric string followed by an ending '%'";
}

/** What no single field can tell: fields that contradict each other. */
function checkSense(object: KubeObject, report: Report): void {
  if (object.kind === "Deployment" || object.kind === "ReplicaSet" || object.kind === "StatefulSet") {
    const { selector, template }: { selector: Parameters<typeof matches>[0]; template: PodTemplate } =
      object.spec;
    const labels = template.metadata?.labels ?? {};
    const { maxSurge, maxUnavailable } =
      (object.kind === "Deployment" && object.spec.strategy?.rollingUpdate) || {};
    for (const [field, limit] of Object.entries({ maxSurge, maxUnavailable })) {
      const why = limit === undefined ? undefined : limitFault(limit);
      if (why)
        report(
          ["spec", "strategy", "rollingUpdate", field],
          `Invalid value: ${JSON.stringify(limit)}: ${why}`,
        );
    }
    if (
      [maxSurge, maxUnavailable].every((limit) => limit !== undefined && Number.parseFloat(`${limit}`) === 0)
    )
      report(
        ["spec", "strategy", "rollingUpdate", "maxUnavailable"],
        "Invalid value: 0: may not be 0 when `maxSurge` is 0",
      );
    if (!matches(selector, labels))
      report(
        ["spec", "template", "metadata", "labels"],
        `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
      );
  }
  if (object.kind === "Service") checkService(object.spec, (path, why) => report(["spec", ...path], why));
  if (object.kind === "Ingress") checkIngress(object.spec, (path, why) => report(["spec", ...path], why));
  if (object.kind === "NetworkPolicy")
    checkPolicy(object.spec, (path, why) => report(["spec", ...path], why));
}

function checkService({ type = "ClusterIP", ports = [], ...spec }: Service["spec"], report: Report): void {
  const { clusterIP, externalName, externalTrafficPolicy } = spec;
  const external = type === "NodePort" || type === "LoadBalancer";
  if (type === "ExternalName" && !externalName) report(["externalName"], "Required value");
  if (type !== "ExternalName" && clusterIP !== "None" && ports.length === 0)
    report(["ports"], "Required value");
  if (external && clusterIP === "None")
    report(["clusterIPs", 0], `Invalid value: "None": may not be set to 'None' for ${type} services`);
  if (externalTrafficPolicy && !external)
    report(
      ["externalTrafficPolicy"],
      `Invalid value: "${externalTrafficPolicy}": may only be set for externally-accessible services`,
    );
  for (const [place, { name, nodePort, port, protocol = "TCP" }] of ports.entries()) {
    const earlier = ports.slice(0, place);
    if (ports.length > 1 && !name) report(["ports", place, "name"], "Required value");
    if (name && earlier.some((other) => other.name === name))
      report(["ports", place, "name"], `Duplicate value: "${name}"`);
    if (earlier.some((other) => other.port === port && (other.protocol ?? "TCP") === protocol))
      report(["ports", place], `Duplicate value: {"protocol":"${protocol}","port":${port}}`);
    if (nodePort !== undefined && !external)
      report(["ports", place, "nodePort"], `Forbidden: may not be used when \`type\` is '${type}'`);
    else if (nodePort !== undefined && (nodePort < 30_000 || nodePort > 32_767))
      report(
        ["ports", place, "nodePort"],
        `Invalid value: ${nodePort}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
      );
  }
}

function checkIngress({ defaultBackend, rules = [] }: Ingress["spec"], report: Report): void {
  if (!defaultBackend && rules.length === 0)
    report([], "Invalid value: []: either `defaultBackend` or `rules` must be specified");
  for (const [rule, { http }] of rules.entries())
    for (const [place, { path, pathType, backend }] of (http?.paths ?? []).entries()) {
      const here = ["rules", rule, "http", "paths", place];
      if (path === undefined && pathType !== "ImplementationSpecific")
        report([...here, "path"], 'Invalid value: "": must be an absolute path');
      const { name, number } = backend.service.port;
      if ((name === undefined) === (number === undefined))
        report(
          [...here, "backend", "service", "port"],
          "Required value: one of `name` and `number` must be specified",
        );
    }
}

function checkPolicy({ ingress = [], egress = [] }: NetworkPolicy["spec"], report: Report): void {
  const entries = [
    ...ingress.map(({ from = [], ports = [] }, place) => ({
      peers: from,
      ports,
      at: ["ingress", place],
      side: "from",
    })),
    ...egress.map(({ to = [], ports = [] }, place) => ({
      peers: to,
      ports,
      at: ["egress", place],
      side: "to",
    })),
  ];
  for (const { peers, ports, at, side } of entries) {
    for (const [place, { port, endPort }] of ports.entries())
      if (endPort !== undefined && (typeof port !== "number" || endPort < port))
        report(
          [...at, "ports", place, "endPort"],
          `Invalid value: ${endPort}: must not be below \`port\`, which must be a number`,
        );
    const path = [...at, side];
    for (const [place, { ipBlock, podSelector, namespaceSelector }] of peers.entries()) {
      if (!ipBlock && !podSelector && !namespaceSelector)
        report([...path, place], "Required value: must specify a peer");
      if (ipBlock && (podSelector || namespaceSelector))
        report(
          [...path, place, "ipBlock"],
          "Forbidden: may not be specified together with podSelector or namespaceSelector",
        );
    }
  }
}
