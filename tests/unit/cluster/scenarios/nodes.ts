import { deployment, documents, pod, service } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

const on = (node: string, more: Record<string, string> = {}) => ({ spec: { nodeName: node, ...more } });
const UNREACHABLE = (seconds?: number) =>
  `[{ key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute${seconds === undefined ? "" : `, tolerationSeconds: ${seconds}`} }]`;
const WEB = documents(deployment("web", { replicas: 3 }), service("web"), pod("client", on("node-1")));
const tainted = (name: string, taints: string) =>
  `{ apiVersion: v1, kind: Node, metadata: { name: ${name} }, spec: { taints: ${taints} } }`;

export const nodes: readonly Scenario[] = [
  {
    id: "loss-before-it-is-noticed",
    source: "nodeStatus",
    says: "until the node's grace is over its Pods still count as ready, and connections to them get no answer",
    manifests: WEB,
    story: [
      { failNode: "node-3", seconds: 40 },
      { object: "Node", key: "node-3", has: { status: { conditions: [{ type: "Ready", status: "True" }] } } },
      { endpoints: "web", ready: ["web-*"], notReady: [] },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: ["answered", "timed out"] },
    ],
  },
  {
    id: "loss-noticed",
    source: "nodeStatus",
    says: "a node not heard of for 50 seconds is Ready Unknown, and its Pods are no longer ready",
    manifests: WEB,
    story: [
      { failNode: "node-3", seconds: 60 },
      {
        object: "Node",
        key: "node-3",
        has: { status: { conditions: [{ type: "Ready", status: "Unknown" }] } },
      },
      { pods: { app: "web" }, count: 3, ready: 2 },
      { endpoints: "web", ready: ["web-*"], notReady: ["web-*"] },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered" },
      { events: [{ reason: "NodeNotReady" }] },
    ],
  },
  {
    id: "loss-taints",
    source: "taints",
    says: "a node that cannot be reached gets the taint for it, and no new Pods",
    manifests: WEB,
    story: [
      { failNode: "node-3", seconds: 60 },
      {
        object: "Node",
        key: "node-3",
        has: {
          spec: {
            taints: [
              { key: "node.kubernetes.io/unreachable", effect: "NoSchedule" },
              { key: "node.kubernetes.io/unreachable", effect: "NoExecute" },
            ],
          },
        },
      },
      { scale: "Deployment", key: "web", replicas: 6, seconds: 0 },
      { pods: { app: "web" }, count: 6, ready: 5 },
    ],
  },
  {
    id: "eviction-after-five-minutes",
    source: "taints",
    says: "Pods stay bound to a lost node for five minutes, and are then replaced elsewhere under other names",
    manifests: WEB,
    story: [
      { failNode: "node-3", seconds: 200 },
      { pods: { app: "web" }, count: 3, ready: 2 },
      { noEvent: "TaintManagerEviction" },
      { wait: 400 },
      { pods: { app: "web" }, count: 3, ready: 3 },
      { events: [{ reason: "TaintManagerEviction", key: "default/web-*" }] },
    ],
  },
  {
    id: "evicted-pods-stay-terminating",
    source: "nodes",
    says: "Pods evicted from a lost node stay there as terminating until the node is back",
    cluster: { nodes: 2 },
    manifests: pod("lone", on("node-2")),
    story: [
      { failNode: "node-2" },
      { terminating: "lone" },
      { restoreNode: "node-2" },
      { object: "Pod", key: "lone", has: "nothing" },
    ],
  },
  {
    id: "deleting-a-node-deletes-its-pods",
    source: "nodes",
    says: "deleting the object of a lost node deletes its Pods, and those of a Deployment are made elsewhere",
    cluster: { nodes: 2 },
    manifests: documents(deployment("web", { replicas: 2 }), pod("lone", on("node-2"))),
    story: [
      { failNode: "node-2", seconds: 60 },
      { remove: "Node", key: "node-2" },
      { object: "Pod", key: "lone", has: "nothing" },
      { pods: { app: "web" }, count: 2, ready: 2, perNode: [2] },
    ],
  },
  {
    id: "node-returns",
    source: "taints",
    says: "if the node is back before the five minutes are over its Pods are not evicted",
    cluster: { nodes: 2 },
    manifests: documents(pod("lone", on("node-2")), service("lone")),
    story: [
      { failNode: "node-2", seconds: 200 },
      { endpoints: "lone", ready: [] },
      { restoreNode: "node-2" },
      { noEvent: "TaintManagerEviction" },
      { endpoints: "lone", ready: ["lone"], notReady: [] },
      { apply: pod("new", { spec: { nodeSelector: "{ kubernetes.io/hostname: node-2 }" } }) },
      { pods: { app: "new" }, count: 1, ready: 1 },
    ],
  },
  {
    id: "toleration-of-6000-seconds",
    source: "taints",
    says: "a Pod that tolerates a lost node for 6000 seconds stays that long",
    cluster: { nodes: 2 },
    manifests: documents(pod("patient", on("node-2", { tolerations: UNREACHABLE(6000) }))),
    story: [
      { failNode: "node-2", seconds: 5900 },
      { noEvent: "TaintManagerEviction" },
      { wait: 6100 },
      { events: [{ reason: "TaintManagerEviction", key: "default/patient" }] },
    ],
  },
  {
    id: "toleration-for-ever",
    source: "taints",
    says: "a Pod that tolerates a lost node without limit stays for ever",
    cluster: { nodes: 2 },
    manifests: documents(pod("loyal", on("node-2", { tolerations: UNREACHABLE() }))),
    story: [
      { failNode: "node-2" },
      { noEvent: "TaintManagerEviction" },
      { pods: { app: "loyal" }, count: 1, ready: 0 },
    ],
  },
  {
    id: "no-execute-evicts-at-once",
    source: "taints",
    says: "a taint NoExecute evicts Pods that do not tolerate it at once, one NoSchedule leaves them alone",
    cluster: { nodes: 2 },
    manifests: documents(
      pod("plain", on("node-2")),
      pod("tolerant", on("node-2", { tolerations: "[{ key: key1, operator: Exists }]" })),
    ),
    story: [
      { apply: tainted("node-2", "[{ key: key1, value: value1, effect: NoSchedule }]") },
      { pods: { app: "plain" }, count: 1, ready: 1 },
      { apply: tainted("node-2", "[{ key: key1, value: value1, effect: NoExecute }]"), seconds: 10 },
      { object: "Pod", key: "plain", has: "nothing" },
      { pods: { app: "tolerant" }, count: 1, ready: 1 },
    ],
  },
  {
    id: "no-execute-any-taint",
    source: "taints",
    says: "of two taints NoExecute the one that is not tolerated evicts",
    cluster: { nodes: 2 },
    manifests: pod("half", on("node-2", { tolerations: "[{ key: key1, operator: Exists }]" })),
    story: [
      { apply: tainted("node-2", "[{ key: key1, effect: NoExecute }, { key: key2, effect: NoExecute }]") },
      { object: "Pod", key: "half", has: "nothing" },
    ],
  },
  {
    id: "seconds-count-from-the-taint",
    source: "taints",
    says: "a Pod that tolerates a taint for 3600 seconds is evicted that long after the taint was added",
    example: true,
    cluster: { nodes: 2 },
    manifests: documents(
      pod(
        "brief",
        on("node-2", {
          tolerations:
            "[{ key: key1, operator: Equal, value: value1, effect: NoExecute, tolerationSeconds: 3600 }]",
        }),
      ),
      pod("patient", on("node-1", { tolerations: UNREACHABLE(5000) })),
    ),
    story: [
      // Time goes on to when the other Pod is evicted, more than an hour.
      { failNode: "node-1" },
      { apply: tainted("node-2", "[{ key: key1, value: value1, effect: NoExecute }]"), seconds: 3000 },
      { pods: { app: "brief" }, count: 1, ready: 1 },
      { wait: 4000 },
      { object: "Pod", key: "brief", has: "nothing" },
    ],
  },
  {
    id: "bare-pod-of-a-lost-node",
    source: "replicaSet",
    says: "a bare Pod of a lost node is made nowhere else",
    cluster: { nodes: 2 },
    manifests: pod("lone", on("node-2")),
    story: [{ failNode: "node-2" }, { pods: { app: "lone" }, count: 0 }],
  },
];
