import type { Problem } from "./apply.ts";
import { parseAddress, parseCidr } from "./ip.ts";
import type { Deployment, Ingress, Kind, KubeObject, NetworkPolicy, Service } from "./objects.ts";
import { type Fields, type Format, KINDS, type Schema } from "./schema.ts";
import { matches } from "./store.ts";

/** A problem, and where in the document it is: names of fields and places in lists. */
export interface Finding extends Omit<Problem, "line"> {
  path: readonly (string | number)[];
}

type Path = Finding["path"];
type Report = (path: Path, message: string, severity?: Problem["severity"]) => void;

/** "spec.ports[0].port": a path as the API server writes it. */
const written = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const isLabel = (text: string) => text.length <= 63 && LABEL.test(text);
const isSubdomain = (text: string) => text.length <= 253 && text.split(".").every((part) => LABEL.test(part));

const FORMATS: Readonly<Record<Format, { is: (text: string) => boolean; why: string }>> = {
  any: { is: () => true, why: "" },
  label: {
    is: isLabel,
    why: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  },
  subdomain: {
    is: isSubdomain,
    why: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  },
  hostname: {
    is: (text) => isSubdomain(text.replace(/^\*\./, "")),
    why: "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain",
  },
  portName: {
    is: (text) => text.length <= 15 && LABEL.test(text) && /[a-z]/.test(text),
    why: "must be no more than 15 characters, lower case alphanumeric or '-', with at least one letter",
  },
  cidr: { is: (text) => parseCidr(text) !== null, why: "must be a valid CIDR value, (e.g. 10.9.8.0/24)" },
  address: { is: (text) => parseAddress(text) !== null, why: "must be a valid IP address, (e.g. 10.9.8.7)" },
  path: { is: (text) => text.startsWith("/"), why: "must be an absolute path" },
};

/** A document is an object of a kind that is modelled, and what is wrong with it; objects with an error are left out. */
export function validate(document: unknown): { object?: KubeObject; findings: Finding[] } {
  const findings: Finding[] = [];
  const failed = (path: Path, message: string) => ({
    findings: [{ severity: "error" as const, path, message }],
  });
  if (!isRecord(document)) return failed([], "error validating data: the document is not an object");
  const { kind, apiVersion } = document;
  if (typeof apiVersion !== "string") return failed([], "error validating data: apiVersion not set");
  if (typeof kind !== "string") return failed([], "error validating data: kind not set");
  const schema = Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind] : undefined;
  if (!schema || schema.apiVersion !== apiVersion)
    return failed(["kind"], `no matches for kind "${kind}" in version "${apiVersion}"`);
  const name =
    isRecord(document.metadata) && typeof document.metadata.name === "string" ? document.metadata.name : "";
  const report: Report = (path, message, severity = "error") => findings.push({ severity, path, message });
  const invalid: Report = (path, message) =>
    report(path, `The ${kind} "${name}" is invalid: ${written(path)}: ${message}`);
  const { kind: _kind, apiVersion: _version, ...rest } = document;
  checkFields(rest, schema.fields, [], report, invalid);
  if (findings.some(({ severity }) => severity === "error")) return { findings };
  const object = document as unknown as KubeObject;
  checkSense(object, invalid);
  return findings.some(({ severity }) => severity === "error") ? { findings } : { object, findings };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkFields(
  value: Record<string, unknown>,
  fields: Fields,
  path: Path,
  report: Report,
  invalid: Report,
): void {
  for (const [name, field] of Object.entries(fields))
    if (field.required && (value[name] === undefined || value[name] === null))
      invalid([...path, name], "Required value");
  for (const [name, given] of Object.entries(value)) {
    const here = [...path, name];
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) report(here, `strict decoding error: unknown field "${written(here)}"`);
    else if (field.type === "unmodelled")
      report(here, `${written(here)} is not modelled: it changes nothing here`, "warning");
    else if (given !== null) checkValue(given, field, here, report, invalid);
  }
}

function checkValue(
  value: unknown,
  schema: Exclude<Schema, { type: "unmodelled" }>,
  path: Path,
  report: Report,
  invalid: Report,
): void {
  const wrongType = (type: string) =>
    invalid(
      path,
      `Invalid value: "${typeOf(value)}": ${written(path)} in body must be of type ${type}: "${typeOf(value)}"`,
    );
  switch (schema.type) {
    case "boolean":
      if (typeof value !== "boolean") wrongType("boolean");
      return;
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value)) wrongType("integer");
      else if (value < schema.minimum || value > schema.maximum)
        invalid(
          path,
          `Invalid value: ${value}: must be between ${schema.minimum} and ${schema.maximum}, inclusive`,
        );
      return;
    case "integerOrString":
      if (typeof value !== "number" && typeof value !== "string") wrongType("integer or string");
      return;
    case "string": {
      if (typeof value !== "string") {
        wrongType("string");
        return;
      }
      const format = FORMATS[schema.format ?? "any"];
      if (schema.values && !schema.values.includes(value))
        invalid(
          path,
          `Unsupported value: "${value}": supported values: ${schema.values.map((one) => `"${one}"`).join(", ")}`,
        );
      else if (!format.is(value)) invalid(path, `Invalid value: "${value}": ${format.why}`);
      return;
    }
    case "map":
      if (!isRecord(value)) {
        wrongType("object");
        return;
      }
      for (const [key, text] of Object.entries(value))
        if (typeof text !== "string")
          invalid(
            [...path, key],
            `Invalid value: "${typeOf(text)}": ${written([...path, key])} in body must be of type string: "${typeOf(text)}"`,
          );
      return;
    case "array":
      if (!Array.isArray(value)) {
        wrongType("array");
        return;
      }
      for (const [place, item] of value.entries())
        if (schema.items.type !== "unmodelled")
          checkValue(item, schema.items, [...path, place], report, invalid);
      return;
    case "object":
      if (!isRecord(value)) {
        wrongType("object");
        return;
      }
      checkFields(value, schema.fields, path, report, invalid);
  }
}

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** What no single field can tell: fields that contradict each other. */
function checkSense(object: KubeObject, invalid: Report): void {
  switch (object.kind) {
    case "Deployment":
    case "ReplicaSet":
    case "StatefulSet":
      checkTemplate(object.spec as Deployment["spec"], invalid);
      break;
    case "Service":
      checkService(object, invalid);
      break;
    case "Ingress":
      checkIngress(object, invalid);
      break;
    case "NetworkPolicy":
      checkPolicy(object, invalid);
      break;
  }
}

function checkTemplate({ selector, template }: Deployment["spec"], invalid: Report): void {
  const labels = template.metadata?.labels ?? {};
  if (!matches(selector, labels))
    invalid(
      ["spec", "template", "metadata", "labels"],
      `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
    );
}

function checkService({ spec }: Service, invalid: Report): void {
  const { type = "ClusterIP", ports = [], clusterIP, externalName, externalTrafficPolicy } = spec;
  const external = type === "NodePort" || type === "LoadBalancer";
  if (type === "ExternalName" && !externalName) invalid(["spec", "externalName"], "Required value");
  if (type !== "ExternalName" && clusterIP !== "None" && ports.length === 0)
    invalid(["spec", "ports"], "Required value");
  if (external && clusterIP === "None")
    invalid(
      ["spec", "clusterIPs", 0],
      `Invalid value: "None": may not be set to 'None' for ${type} services`,
    );
  if (externalTrafficPolicy && !external)
    invalid(
      ["spec", "externalTrafficPolicy"],
      `Invalid value: "${externalTrafficPolicy}": may only be set for externally-accessible services`,
    );
  for (const [place, { name, nodePort, port, protocol = "TCP" }] of ports.entries()) {
    const path = ["spec", "ports", place];
    if (ports.length > 1 && !name) invalid([...path, "name"], "Required value");
    if (ports.findIndex((other) => other.name === name) < place && name)
      invalid([...path, "name"], `Duplicate value: "${name}"`);
    if (ports.findIndex((other) => other.port === port && (other.protocol ?? "TCP") === protocol) < place)
      invalid(path, `Duplicate value: {"protocol":"${protocol}","port":${port}}`);
    if (nodePort === undefined) continue;
    if (!external) invalid([...path, "nodePort"], `Forbidden: may not be used when \`type\` is '${type}'`);
    else if (nodePort < 30_000 || nodePort > 32_767)
      invalid(
        [...path, "nodePort"],
        `Invalid value: ${nodePort}: provided port is not in the valid range. The range of valid ports is 30000-32767`,
      );
  }
}

function checkIngress({ spec }: Ingress, invalid: Report): void {
  if (!spec.defaultBackend && !spec.rules?.length)
    invalid(["spec"], "Invalid value: []: either `defaultBackend` or `rules` must be specified");
  for (const [rule, { http }] of (spec.rules ?? []).entries())
    for (const [place, { path, pathType, backend }] of (http?.paths ?? []).entries()) {
      const here = ["spec", "rules", rule, "http", "paths", place];
      if (path === undefined && pathType !== "ImplementationSpecific")
        invalid([...here, "path"], 'Invalid value: "": must be an absolute path');
      const { name, number } = backend.service.port;
      if ((name === undefined) === (number === undefined))
        invalid(
          [...here, "backend", "service", "port"],
          "Required value: either `name` or `number`, and not both",
        );
    }
}

function checkPolicy({ spec }: NetworkPolicy, invalid: Report): void {
  const entries = [
    ...(spec.ingress ?? []).map((entry, place) => ({
      peers: entry.from ?? [],
      path: ["spec", "ingress", place, "from"],
    })),
    ...(spec.egress ?? []).map((entry, place) => ({
      peers: entry.to ?? [],
      path: ["spec", "egress", place, "to"],
    })),
  ];
  for (const { peers, path } of entries)
    for (const [place, { ipBlock, podSelector, namespaceSelector }] of peers.entries()) {
      if (!ipBlock && !podSelector && !namespaceSelector)
        invalid([...path, place], "Required value: must specify a peer");
      if (ipBlock && (podSelector || namespaceSelector))
        invalid([...path, place], "Forbidden: may not specify both ipBlock and another peer");
    }
}
