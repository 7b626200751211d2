import type { Labels } from "#lib/core/cluster/index.ts";

/** Manifests for what scenarios need beside what they are about. */

export const documents = (...texts: readonly string[]): string => texts.join("\n---\n");

const map = (labels: Labels): string =>
  `{ ${Object.entries(labels)
    .map(([key, value]) => `"${key}": "${value}"`)
    .join(", ")} }`;

interface PodOptions {
  namespace?: string;
  labels?: Labels;
  image?: string;
  /** The containers' ports; with a name as "http:80". */
  ports?: readonly (number | string)[];
  /** A port that a readiness probe asks. */
  probe?: number;
  /** More of the Pod's spec, as flow mappings by field. */
  spec?: Readonly<Record<string, string>>;
}

function podSpec({ image = "app:1", ports = [8080], probe, spec = {} }: PodOptions): string {
  const listed = ports.map((port) => {
    const [number, name] = String(port).split(":").reverse();
    return `{ containerPort: ${number}${name ? `, name: ${name}` : ""} }`;
  });
  const readiness = probe === undefined ? "" : `, readinessProbe: { tcpSocket: { port: ${probe} } }`;
  const more = Object.entries(spec).map(([field, value]) => `, ${field}: ${value}`);
  return `{ containers: [{ name: main, image: "${image}", ports: [${listed.join(", ")}]${readiness} }]${more.join("")} }`;
}

const metadata = (name: string, namespace = "default", labels?: Labels) =>
  `{ name: ${name}, namespace: ${namespace}${labels ? `, labels: ${map(labels)}` : ""} }`;

export const namespace = (name: string, labels: Labels = {}): string =>
  `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: ${map(labels)} } }`;

export const pod = (name: string, options: PodOptions = {}): string =>
  `{ apiVersion: v1, kind: Pod, metadata: ${metadata(name, options.namespace, options.labels ?? { app: name })}, spec: ${podSpec(options)} }`;

interface ReplicatedOptions extends PodOptions {
  replicas?: number;
  /** More of the spec, as flow mappings by field. */
  more?: Readonly<Record<string, string>>;
}

const replicated =
  (kind: string) =>
  (name: string, options: ReplicatedOptions = {}): string => {
    const labels = options.labels ?? { app: name };
    const more = Object.entries(options.more ?? {}).map(([field, value]) => `${field}: ${value}, `);
    return (
      `{ apiVersion: apps/v1, kind: ${kind}, metadata: ${metadata(name, options.namespace)}, spec: { replicas: ${options.replicas ?? 1}, ` +
      `${more.join("")}selector: { matchLabels: ${map(labels)} }, template: { metadata: { labels: ${map(labels)} }, spec: ${podSpec(options)} } } }`
    );
  };
export const deployment = replicated("Deployment");
export const statefulSet = replicated("StatefulSet");

interface ServiceOptions {
  namespace?: string;
  selector?: Labels | null;
  /** As "80:8080", or with a name as "http/80:8080". */
  ports?: readonly string[];
  annotations?: Labels;
  /** More of the spec, as flow mappings by field. */
  more?: Readonly<Record<string, string | number | boolean>>;
}

export function service(name: string, options: ServiceOptions = {}): string {
  const {
    namespace: of = "default",
    selector = { app: name },
    ports = ["80:8080"],
    annotations,
    more = {},
  } = options;
  const listed = ports.map((written) => {
    const [rest = "", named] = written.split("/").reverse();
    const [port, targetPort] = rest.split(":");
    return `{ ${named ? `name: ${named}, ` : ""}port: ${port}${targetPort ? `, targetPort: ${targetPort}` : ""} }`;
  });
  const fields = [
    ...(selector ? [`selector: ${map(selector)}`] : []),
    `ports: [${listed.join(", ")}]`,
    ...Object.entries(more).map(([field, value]) => `${field}: ${value}`),
  ];
  const notes = annotations ? `, annotations: ${map(annotations)}` : "";
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${of}${notes} }, spec: { ${fields.join(", ")} } }`;
}
