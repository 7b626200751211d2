import { deployment, documents, pod } from "./manifests.ts";
import type { Scenario } from "./scenario.ts";

/** Of the page on Deployments. The probe is ours: by failing it stands for an image that cannot be pulled. */
const NGINX = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels: { app: nginx }
spec:
  replicas: 3
  selector:
    matchLabels: { app: nginx }
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
      - name: nginx
        image: nginx:1.14.2
        ports:
        - containerPort: 80
        readinessProbe:
          tcpSocket: { port: 80 }
`;
const TEN = NGINX.replace(
  "replicas: 3",
  "replicas: 10\n  strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } }",
);
/** An image that cannot be pulled: its Pods never become ready. */
const BROKEN = { "nginx:1.161": { healthy: false }, "nginx:sometag": { healthy: false } };

/** Of the page on ReplicaSets. */
const FRONTEND = `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: frontend
  labels: { app: guestbook, tier: frontend }
spec:
  replicas: 3
  selector:
    matchLabels: { tier: frontend }
  template:
    metadata:
      labels: { tier: frontend }
    spec:
      containers:
      - name: php-redis
        image: gb-frontend:v5
`;
const BARE_PODS = documents(
  pod("pod1", { labels: { tier: "frontend" } }),
  pod("pod2", { labels: { tier: "frontend" } }),
);

export const rollouts: readonly Scenario[] = [
  {
    id: "deployment-makes-pods",
    source: "deployment",
    says: "a Deployment of three makes one ReplicaSet, named after it and a hash, that makes three Pods with that hash as a label",
    example: true,
    manifests: NGINX,
    story: [
      { replicaSets: "nginx-deployment", replicas: [3], ready: [3] },
      { pods: { app: "nginx" }, count: 3, ready: 3, carry: "pod-template-hash" },
      {
        object: "Deployment",
        key: "nginx-deployment",
        has: { status: { replicas: 3, updatedReplicas: 3, readyReplicas: 3 } },
      },
      {
        events: [
          { reason: "ScalingReplicaSet", says: "Scaled up replica set nginx-deployment-\\w+ .*to 3$" },
        ],
      },
    ],
  },
  {
    id: "deployment-update",
    source: "deployment",
    says: "an update of the image scales the new ReplicaSet up and the old one down by one in turn, with at least three ready and at most four",
    example: true,
    manifests: NGINX,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { throughout: { app: "nginx" }, readyAtLeast: 3, podsAtMost: 4 },
      { replicaSets: "nginx-deployment", replicas: [0, 3], ready: [0, 3] },
      {
        events: [
          { reason: "ScalingReplicaSet", says: "Scaled up .*to 3$" },
          { reason: "ScalingReplicaSet", says: "Scaled up .*to 1$" },
          { reason: "ScalingReplicaSet", says: "Scaled down .*to 2$" },
          { reason: "ScalingReplicaSet", says: "Scaled up .*to 2$" },
          { reason: "ScalingReplicaSet", says: "Scaled down .*to 1$" },
          { reason: "ScalingReplicaSet", says: "Scaled up .*to 3$" },
          { reason: "ScalingReplicaSet", says: "Scaled down .*to 0$" },
        ],
        inOrder: true,
      },
    ],
  },
  {
    id: "deployment-update-of-four",
    source: "deployment",
    says: "with four replicas there are between three and five Pods during an update",
    example: true,
    manifests: NGINX.replace("replicas: 3", "replicas: 4"),
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { throughout: { app: "nginx" }, readyAtLeast: 3, podsAtMost: 5 },
      { replicaSets: "nginx-deployment", replicas: [0, 4] },
    ],
  },
  {
    id: "rollout-shares-rounded",
    source: "deployment",
    says: "a share of Pods that may be missing is rounded down, one of Pods that may be too many up",
    manifests: NGINX.replace("replicas: 3", "replicas: 10"),
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { throughout: { app: "nginx" }, readyAtLeast: 8, podsAtMost: 13 },
      { pods: { app: "nginx" }, count: 10, ready: 10 },
    ],
  },
  {
    id: "rollout-stuck",
    source: "deployment",
    says: "an image that cannot be pulled stops the rollout: three old Pods go on, and one new one is not ready",
    example: true,
    cluster: { images: BROKEN },
    manifests: NGINX,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.161" },
      { replicaSets: "nginx-deployment", replicas: [3, 1], ready: [3, 0] },
    ],
  },
  {
    id: "rollback",
    source: "deployment",
    says: "putting the template back scales the ReplicaSet of that template, and makes no new one",
    example: true,
    cluster: { images: BROKEN },
    manifests: NGINX,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.161" },
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { replicaSets: "nginx-deployment", replicas: [0, 3, 0] },
      { pods: { app: "nginx" }, count: 3, ready: 3 },
    ],
  },
  {
    id: "rollout-blocked-of-ten",
    source: "deployment",
    says: "of ten with surge 3 and unavailable 2, an image that never starts leaves eight old Pods and five new ones",
    example: true,
    cluster: { images: BROKEN },
    manifests: TEN,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:sometag" },
      { replicaSets: "nginx-deployment", replicas: [8, 5], ready: [8, 0] },
    ],
  },
  {
    id: "proportional-scaling",
    source: "deployment",
    says: "scaled to 15 in the middle of a rollout, three more go to the old ReplicaSet of eight and two to the new one of five",
    example: true,
    cluster: { images: BROKEN },
    manifests: TEN,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:sometag" },
      { scale: "Deployment", key: "nginx-deployment", replicas: 15 },
      { replicaSets: "nginx-deployment", replicas: [11, 7], ready: [11, 0] },
    ],
  },
  {
    id: "proportional-scaling-down",
    source: "deployment",
    says: "scaled to 5 in the middle of a rollout, three go from the old ReplicaSet of eight and two from the new one of five",
    cluster: { images: BROKEN },
    manifests: TEN,
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:sometag" },
      { scale: "Deployment", key: "nginx-deployment", replicas: 5, steps: 1 },
      { replicaSets: "nginx-deployment", replicas: [5, 3] },
    ],
  },
  {
    id: "rollover",
    source: "deployment",
    says: "an update in the middle of another ends with Pods of the newest template alone",
    manifests: NGINX.replace("replicas: 3", "replicas: 5"),
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1", steps: 3 },
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.17.0" },
      { replicaSets: "nginx-deployment", replicas: [0, 0, 5] },
    ],
  },
  {
    id: "scaling-is-no-rollout",
    source: "deployment",
    says: "scaling a Deployment starts no rollout",
    manifests: NGINX,
    story: [
      { keep: "first", of: "@pod/nginx-deployment-*" },
      { scale: "Deployment", key: "nginx-deployment", replicas: 5 },
      { replicaSets: "nginx-deployment", replicas: [5] },
      { throughout: { app: "nginx" }, readyAtLeast: 3, podsAtMost: 5 },
    ],
  },
  {
    id: "recreate",
    source: "deployment",
    says: "with the strategy Recreate all old Pods are gone before a new one is made",
    manifests: NGINX.replace("replicas: 3", "replicas: 3\n  strategy: { type: Recreate }"),
    story: [
      { setImage: "Deployment", key: "nginx-deployment", image: "nginx:1.16.1" },
      { throughout: { app: "nginx" }, imagesAtMost: 1, podsAtMost: 3 },
      { replicaSets: "nginx-deployment", replicas: [0, 3] },
    ],
  },
  {
    id: "surge-and-unavailable-both-zero",
    source: "deployment",
    says: "how many may be missing and how many too many cannot both be none",
    story: [
      {
        apply: deployment("web", {
          more: { strategy: "{ rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }" },
        }),
        refused: "maxUnavailable",
      },
    ],
  },
  {
    id: "selector-must-match-template",
    source: "deployment",
    says: "a Deployment whose selector does not match its template is refused",
    story: [
      {
        apply: NGINX.replace("matchLabels: { app: nginx }", "matchLabels: { app: apache }"),
        refused: "`selector` does not match",
      },
    ],
  },
  {
    id: "selector-immutable",
    source: "deployment",
    says: "the selector of a Deployment cannot be changed once it is there",
    manifests: NGINX,
    story: [
      {
        apply: NGINX.replaceAll("{ app: nginx }", "{ app: nginx, tier: web }"),
        refused: "field is immutable",
      },
    ],
  },
  {
    id: "replicas-default-one",
    source: "deployment",
    says: "without a number of replicas there is one",
    manifests: NGINX.replace("  replicas: 3\n", ""),
    story: [{ pods: { app: "nginx" }, count: 1 }],
  },
  {
    id: "replicaset-owns-pods",
    source: "replicaSet",
    says: "a ReplicaSet makes its Pods and is named in them as their owner",
    example: true,
    manifests: FRONTEND,
    story: [
      { pods: { tier: "frontend" }, count: 3, ready: 3 },
      {
        object: "Pod",
        key: "frontend-*",
        has: { metadata: { ownerReferences: [{ kind: "ReplicaSet", name: "frontend" }] } },
      },
      { events: [{ reason: "SuccessfulCreate", says: "Created pod: frontend-" }] },
    ],
  },
  {
    id: "replicaset-ends-acquired-pods",
    source: "replicaSet",
    says: "bare Pods with matching labels made after a full ReplicaSet are acquired by it and ended",
    example: true,
    manifests: FRONTEND,
    story: [
      { apply: BARE_PODS },
      { pods: { tier: "frontend" }, count: 3, ready: 3 },
      { object: "Pod", key: "pod1", has: "nothing" },
      { object: "Pod", key: "pod2", has: "nothing" },
    ],
  },
  {
    id: "replicaset-keeps-acquired-pods",
    source: "replicaSet",
    says: "bare Pods that were there first are acquired and kept, so that only one more is made",
    example: true,
    manifests: BARE_PODS,
    story: [
      { apply: FRONTEND },
      { pods: { tier: "frontend" }, count: 3 },
      {
        object: "Pod",
        key: "pod1",
        has: { metadata: { ownerReferences: [{ kind: "ReplicaSet", name: "frontend" }] } },
      },
      {
        object: "Pod",
        key: "pod2",
        has: { metadata: { ownerReferences: [{ kind: "ReplicaSet", name: "frontend" }] } },
      },
    ],
  },
  {
    id: "pod-isolated-by-label",
    source: "replicaSet",
    says: "a Pod whose label is changed leaves its ReplicaSet, goes on, and is replaced",
    manifests: FRONTEND,
    story: [
      { relabel: "Pod", key: "frontend-*", labels: { tier: "debug" } },
      { pods: { tier: "frontend" }, count: 3 },
      { pods: { tier: "debug" }, count: 1, ready: 1 },
    ],
  },
  {
    id: "deleting-deletes-pods",
    source: "replicaSet",
    says: "deleting a ReplicaSet deletes its Pods",
    manifests: FRONTEND,
    story: [
      { remove: "ReplicaSet", key: "frontend" },
      { pods: { tier: "frontend" }, count: 0 },
    ],
  },
  {
    id: "deleting-deployment-deletes-all",
    source: "replicaSet",
    says: "deleting a Deployment deletes its ReplicaSets and their Pods",
    manifests: NGINX,
    story: [
      { remove: "Deployment", key: "nginx-deployment" },
      { replicaSets: "nginx-deployment", replicas: [] },
      { pods: { app: "nginx" }, count: 0 },
    ],
  },
  {
    id: "bare-pod-is-not-replaced",
    source: "replicaSet",
    says: "a bare Pod that is deleted stays gone, one of a ReplicaSet is replaced by one of another name",
    manifests: documents(FRONTEND, pod("lonely")),
    story: [
      { keep: "name", of: "@podName/frontend-*" },
      { remove: "Pod", key: "lonely" },
      { remove: "Pod", key: "frontend-*" },
      { pods: { app: "lonely" }, count: 0 },
      { pods: { tier: "frontend" }, count: 3 },
      { object: "Pod", key: "@kept/name", has: "nothing" },
    ],
  },
  {
    id: "cordon",
    source: "nodes",
    says: "a node marked unschedulable gets no new Pods and keeps those it has",
    cluster: { nodes: 2 },
    manifests: deployment("web", { replicas: 4 }),
    story: [
      { pods: { app: "web" }, count: 4, perNode: [2, 2] },
      { cordon: "node-2" },
      { scale: "Deployment", key: "web", replicas: 6 },
      { pods: { app: "web" }, count: 6, perNode: [4, 2] },
    ],
  },
  {
    id: "node-selector",
    source: "assign",
    says: "a Pod goes only to nodes that have the labels of its nodeSelector, and stays pending without any",
    manifests: documents(
      pod("here", { spec: { nodeSelector: "{ kubernetes.io/hostname: node-2 }" } }),
      pod("nowhere", { spec: { nodeSelector: "{ disktype: ssd }" } }),
    ),
    story: [
      { object: "Pod", key: "here", has: { spec: { nodeName: "node-2" } } },
      { object: "Pod", key: "nowhere", has: { status: { phase: "Pending" } } },
      {
        events: [
          {
            reason: "FailedScheduling",
            key: "default/nowhere",
            says: "0/3 nodes are available.*node affinity/selector",
          },
        ],
      },
    ],
  },
  {
    id: "node-name",
    source: "assign",
    says: "a Pod that names its node gets there without the scheduler, cordoned or not",
    story: [
      { cordon: "node-2" },
      { apply: pod("there", { spec: { nodeName: "node-2" } }) },
      { object: "Pod", key: "there", has: { spec: { nodeName: "node-2" }, status: { phase: "Running" } } },
    ],
  },
  {
    id: "taint-keeps-pods-away",
    source: "taints",
    says: "a Pod is put on a node with a taint only if it tolerates it, by the same value or whatever the value",
    cluster: { nodes: 1 },
    manifests: `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
spec: { taints: [{ key: key1, value: value1, effect: NoSchedule }] }
---
${documents(
  pod("plain"),
  pod("equal", {
    spec: { tolerations: "[{ key: key1, operator: Equal, value: value1, effect: NoSchedule }]" },
  }),
  pod("other", {
    spec: { tolerations: "[{ key: key1, operator: Equal, value: value2, effect: NoSchedule }]" },
  }),
  pod("exists", { spec: { tolerations: "[{ key: key1, operator: Exists, effect: NoSchedule }]" } }),
  pod("all", { spec: { tolerations: "[{ operator: Exists }]" } }),
)}`,
    story: [
      { object: "Pod", key: "plain", has: { status: { phase: "Pending" } } },
      { object: "Pod", key: "other", has: { status: { phase: "Pending" } } },
      { object: "Pod", key: "equal", has: { status: { phase: "Running" } } },
      { object: "Pod", key: "exists", has: { status: { phase: "Running" } } },
      { object: "Pod", key: "all", has: { status: { phase: "Running" } } },
      {
        events: [
          { reason: "FailedScheduling", key: "default/plain", says: "untolerated taint \\{key1: value1\\}" },
        ],
      },
    ],
  },
  {
    id: "three-taints-two-tolerations",
    source: "taints",
    says: "of three taints the one not tolerated keeps a new Pod away, and lets one that runs there go on",
    example: true,
    cluster: { nodes: ["node1"] },
    manifests: pod("running", {
      spec: {
        tolerations:
          "[{ key: key1, operator: Equal, value: value1, effect: NoSchedule }, { key: key1, operator: Equal, value: value1, effect: NoExecute }]",
      },
    }),
    story: [
      {
        apply: `
apiVersion: v1
kind: Node
metadata: { name: node1 }
spec:
  taints:
  - { key: key1, value: value1, effect: NoSchedule }
  - { key: key1, value: value1, effect: NoExecute }
  - { key: key2, value: value2, effect: NoSchedule }
`,
      },
      {
        apply: pod("late", {
          spec: {
            tolerations:
              "[{ key: key1, operator: Equal, value: value1, effect: NoSchedule }, { key: key1, operator: Equal, value: value1, effect: NoExecute }]",
          },
        }),
      },
      { object: "Pod", key: "running", has: { status: { phase: "Running" } } },
      { object: "Pod", key: "late", has: { status: { phase: "Pending" } } },
    ],
  },
  {
    id: "max-pods",
    source: "aksPlanning",
    says: "a node takes no more Pods than its maximum; the rest stays pending",
    cluster: { nodes: 1, maxPods: 10 },
    manifests: deployment("web", { replicas: 12 }),
    story: [
      { pods: { app: "web" }, count: 12, ready: 10 },
      { events: [{ reason: "FailedScheduling", says: "Too many pods" }] },
    ],
  },
  {
    id: "same-port-on-one-node",
    source: "connect",
    says: "several Pods on one node use the same container port, each at an address of its own",
    cluster: { nodes: 1 },
    manifests: documents(deployment("web", { replicas: 3 }), pod("client")),
    story: [
      { connect: { from: "pod/client", to: "@pod/web-*", port: 8080 }, sees: "answered" },
      { connect: { from: "pod/client", to: "@pod/web-*#1", port: 8080 }, sees: "answered" },
      { differ: ["@pod/web-*", "@pod/web-*#1"] },
      { connect: { from: "pod/client", to: "@node/node-1", port: 8080 }, sees: "refused" },
    ],
  },
];
