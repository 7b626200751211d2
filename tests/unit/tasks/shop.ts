import { type Task, taskSchema } from "#lib/core/tasks/index.ts";

/** A Pod, as short as can be. */
export const pod = (
  name: string,
  { labels = {}, image = name, namespace = "default", node = "" } = {},
): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: ${JSON.stringify(labels)} }
spec: { ${node && `nodeName: ${node}, `}containers: [{ name: main, image: "${image}" }] }
`;

/** Something that makes Pods, all labelled so; ready once something listens on 8080. */
export const pods = (name: string, { kind = "Deployment", app = name, replicas = 2, image = name } = {}) => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec:
      containers: [{ name: main, image: "${image}", readinessProbe: { tcpSocket: { port: 8080 } } }]
`;

/** A Service `shop`, or another. */
export const service = (spec: string, name = "shop"): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: ${spec}
`;

export const all = (...manifests: readonly string[]): string => manifests.join("\n---\n");

/** In front of the Pods of the shop, as it should be. */
export const GOOD = service("{ selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }");

const text = { ja: "?", en: "?" };

/** What a client in the cluster sees of `shop:80`. */
export const fromClient = (expected: object, after: readonly object[] = []) => ({
  id: "from-client",
  text,
  after,
  connection: { connection: { from: "Pod/client", to: "shop", port: 80 }, ...expected },
});

/** Two Pods of a shop on two nodes, a client on the second, and somebody outside; a Service is to be written. */
export const task = (probes: readonly object[], { scene = {}, beliefs = [] as string[] } = {}): Task =>
  taskSchema.parse({
    scene: {
      nodes: 2,
      images: { "shop:1": { listens: [8080] }, "shop:2": { listens: [9090] } },
      manifests: all(pods("shop", { image: "shop:1" }), pod("client", { node: "node-2" })),
      machines: [{ name: "outside", address: "203.0.113.9" }],
      ...scene,
    },
    start: "# nothing yet",
    probes,
    beliefs,
  });
