import type { ClusterOptions } from "#lib/core/cluster/index.ts";
import { deployment, documents, namespace, pod, service } from "./manifests.ts";
import type { Question, Scenario } from "./scenario.ts";

const policy = (name: string, spec: string, of = "default") =>
  `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: ${name}, namespace: ${of} }, spec: ${spec} }`;

/** Two Pods of the default namespace, each on a node of its own. */
const PAIR = documents(
  pod("web", { spec: { nodeName: "node-1" } }),
  pod("client", { spec: { nodeName: "node-2" } }),
);
const connects = (from: string, to: string, port: number = 8080): Question => ({
  connect: { from: `pod/${from}`, to: `@pod/${to}`, port },
  sees: "answered",
});
const isDenied = (from: string, to: string, by: string, port: number = 8080): Question => ({
  connect: { from: `pod/${from}`, to: `@pod/${to}`, port },
  sees: "timed out",
  deniedBy: by.includes("/") ? by : `default/${by}`,
});
const DENY_INGRESS = policy("default-deny-ingress", "{ podSelector: {}, policyTypes: [Ingress] }");
const DENY_EGRESS = policy("default-deny-egress", "{ podSelector: {}, policyTypes: [Egress] }");

/** Of the page on network policies. */
const TEST_POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: test-network-policy
  namespace: default
spec:
  podSelector:
    matchLabels: { role: db }
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - ipBlock:
        cidr: 172.17.0.0/16
        except: [172.17.1.0/24]
    - namespaceSelector:
        matchLabels: { project: myproject }
    - podSelector:
        matchLabels: { role: frontend }
    ports:
    - { protocol: TCP, port: 6379 }
  egress:
  - to:
    - ipBlock: { cidr: 10.0.0.0/24 }
    ports:
    - { protocol: TCP, port: 5978 }
`;
/** Flat, so that machines around it reach Pods with their own addresses. */
const TEST_CLUSTER: ClusterOptions = {
  mode: "nodeSubnet",
  serviceCidr: "10.200.0.0/16",
  onPremises: { addressSpace: ["172.17.0.0/16", "10.0.0.0/24", "10.0.1.0/24"], gatewayIn: "aks-vnet" },
  machines: [
    { name: "inside", address: "172.17.0.5" },
    { name: "except", address: "172.17.1.5" },
    { name: "peer", address: "10.0.0.7", listens: [5978, 80] },
    { name: "other", address: "10.0.1.7", listens: [5978] },
  ],
};

const CLIENTS = (spec: string) =>
  documents(
    namespace("alice", { user: "alice" }),
    namespace("bob", { user: "bob" }),
    pod("web"),
    pod("client", { labels: { role: "client" } }),
    pod("other", { labels: { role: "other" } }),
    pod("client", { namespace: "alice", labels: { role: "client" } }),
    pod("other", { namespace: "alice", labels: { role: "other" } }),
    pod("client", { namespace: "bob", labels: { role: "client" } }),
    policy("peers", `{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: ${spec} }] }`),
  );

export const policies: readonly Scenario[] = [
  {
    id: "no-policy",
    source: "policies",
    says: "without policies all Pods reach each other, across namespaces too",
    manifests: documents(
      namespace("other"),
      pod("web"),
      pod("client"),
      pod("client", { namespace: "other" }),
    ),
    story: [connects("client", "web"), connects("other/client", "web")],
  },
  {
    id: "default-deny-ingress",
    source: "policies",
    says: "a policy for all Pods without ingress rules lets nothing in and everything out",
    example: true,
    manifests: documents(
      PAIR,
      namespace("other"),
      pod("server", { namespace: "other" }),
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-ingress }
spec:
  podSelector: {}
  policyTypes:
  - Ingress
`,
    ),
    story: [
      isDenied("client", "web", "default-deny-ingress"),
      isDenied("other/server", "web", "default-deny-ingress"),
      connects("client", "other/server"),
    ],
  },
  {
    id: "allow-all-ingress",
    source: "policies",
    says: "a policy that allows all ingress lets everything in, though another allows nothing",
    example: true,
    manifests: documents(
      PAIR,
      DENY_INGRESS,
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-all-ingress }
spec:
  podSelector: {}
  ingress:
  - {}
  policyTypes:
  - Ingress
`,
    ),
    story: [connects("client", "web")],
  },
  {
    id: "default-deny-egress",
    source: "policies",
    says: "a policy for all Pods without egress rules lets nothing out and everything in",
    example: true,
    manifests: documents(
      PAIR,
      namespace("other"),
      pod("server", { namespace: "other" }),
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-egress }
spec:
  podSelector: {}
  policyTypes:
  - Egress
`,
    ),
    story: [isDenied("client", "web", "default-deny-egress"), connects("other/server", "web")],
  },
  {
    id: "allow-all-egress",
    source: "policies",
    says: "a policy that allows all egress lets everything out, though another allows nothing",
    example: true,
    manifests: documents(
      PAIR,
      DENY_EGRESS,
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-all-egress }
spec:
  podSelector: {}
  egress:
  - {}
  policyTypes:
  - Egress
`,
    ),
    story: [connects("client", "web")],
  },
  {
    id: "default-deny-all",
    source: "policies",
    says: "a policy with both directions and no rules lets nothing in and nothing out",
    example: true,
    manifests: documents(
      PAIR,
      namespace("other"),
      pod("server", { namespace: "other" }),
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-all }
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  - Egress
`,
    ),
    story: [
      isDenied("client", "web", "default-deny-all"),
      isDenied("client", "other/server", "default-deny-all"),
      isDenied("other/server", "web", "default-deny-all"),
    ],
  },
  {
    id: "test-network-policy-ingress",
    source: "policies",
    says: "Pods with role=db are reached on 6379 from front ends, from namespaces of myproject, and from 172.17.0.0/16 but for 172.17.1.0/24",
    example: true,
    cluster: TEST_CLUSTER,
    manifests: documents(
      namespace("mine", { project: "myproject" }),
      namespace("theirs"),
      pod("db", { labels: { role: "db" }, ports: [6379, 5432] }),
      pod("frontend", { labels: { role: "frontend" } }),
      pod("backend", { labels: { role: "backend" } }),
      pod("any", { namespace: "mine" }),
      pod("frontend", { namespace: "theirs", labels: { role: "frontend" } }),
      TEST_POLICY,
    ),
    story: [
      connects("frontend", "db", 6379),
      isDenied("backend", "db", "test-network-policy", 6379),
      isDenied("frontend", "db", "test-network-policy", 5432),
      connects("mine/any", "db", 6379),
      isDenied("theirs/frontend", "db", "test-network-policy", 6379),
      { connect: { from: "machine/inside", to: "@pod/db", port: 6379 }, sees: "answered" },
      {
        connect: { from: "machine/except", to: "@pod/db", port: 6379 },
        sees: "timed out",
        deniedBy: "default/test-network-policy",
      },
      connects("backend", "frontend"),
    ],
  },
  {
    id: "test-network-policy-egress",
    source: "policies",
    says: "Pods with role=db connect to 10.0.0.0/24 on 5978, and to nothing else",
    example: true,
    cluster: TEST_CLUSTER,
    manifests: documents(
      pod("db", { labels: { role: "db" } }),
      pod("backend", { labels: { role: "backend" } }),
      TEST_POLICY,
    ),
    story: [
      { connect: { from: "pod/db", to: "@machine/peer", port: 5978 }, sees: "answered" },
      {
        connect: { from: "pod/db", to: "@machine/peer", port: 80 },
        sees: "timed out",
        deniedBy: "default/test-network-policy",
      },
      {
        connect: { from: "pod/db", to: "@machine/other", port: 5978 },
        sees: "timed out",
        deniedBy: "default/test-network-policy",
      },
      isDenied("db", "backend", "test-network-policy"),
      { connect: { from: "pod/backend", to: "@machine/peer", port: 80 }, sees: "answered" },
    ],
  },
  {
    id: "one-entry-means-both",
    source: "policies",
    says: "namespaceSelector and podSelector in one entry allow Pods that meet both",
    example: true,
    manifests: CLIENTS(
      "[{ namespaceSelector: { matchLabels: { user: alice } }, podSelector: { matchLabels: { role: client } } }]",
    ),
    story: [
      connects("alice/client", "web"),
      isDenied("alice/other", "web", "peers"),
      isDenied("client", "web", "peers"),
      isDenied("bob/client", "web", "peers"),
    ],
  },
  {
    id: "two-entries-mean-either",
    source: "policies",
    says: "namespaceSelector and podSelector in two entries allow all Pods of the namespaces, and those Pods of the policy's own",
    example: true,
    manifests: CLIENTS(
      "[{ namespaceSelector: { matchLabels: { user: alice } } }, { podSelector: { matchLabels: { role: client } } }]",
    ),
    story: [
      connects("alice/client", "web"),
      connects("alice/other", "web"),
      connects("client", "web"),
      isDenied("other", "web", "peers"),
      isDenied("bob/client", "web", "peers"),
    ],
  },
  {
    id: "both-ends",
    source: "policies",
    says: "a connection needs the sender's egress and the receiver's ingress",
    manifests: documents(
      PAIR,
      policy(
        "in",
        "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }] }] }",
      ),
    ),
    story: [
      connects("client", "web"),
      { apply: policy("out", "{ podSelector: { matchLabels: { app: client } }, policyTypes: [Egress] }") },
      isDenied("client", "web", "out"),
      {
        apply: policy(
          "out",
          "{ podSelector: { matchLabels: { app: client } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }] }",
        ),
      },
      connects("client", "web"),
    ],
  },
  {
    id: "additive",
    source: "policies",
    says: "of several policies that select a Pod each adds to what is allowed, in whatever order",
    manifests: documents(
      pod("web"),
      pod("a"),
      pod("b"),
      pod("c"),
      policy(
        "z-first",
        "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }] }] }",
      ),
      policy(
        "a-second",
        "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: b } } }] }] }",
      ),
      DENY_INGRESS,
    ),
    story: [connects("a", "web"), connects("b", "web"), isDenied("c", "web", "z-first")],
  },
  {
    id: "others-stay-open",
    source: "policies",
    says: "Pods that no policy selects stay open",
    manifests: documents(
      pod("web"),
      pod("api"),
      pod("client"),
      policy("web", "{ podSelector: { matchLabels: { app: web } } }"),
    ),
    story: [isDenied("client", "web", "web"), connects("client", "api"), connects("web", "client")],
  },
  {
    id: "directions-by-default",
    source: "policies",
    says: "a policy that names no directions counts for ingress, and for egress if it has rules for it",
    manifests: documents(
      PAIR,
      pod("api"),
      policy(
        "client",
        "{ podSelector: { matchLabels: { app: client } }, egress: [{ to: [{ podSelector: { matchLabels: { app: web } } }] }] }",
      ),
    ),
    story: [
      connects("client", "web"),
      isDenied("client", "api", "client"),
      isDenied("api", "client", "client"),
    ],
  },
  {
    id: "empty-egress-is-no-rule",
    source: "policyDefaults",
    says: "a policy that names no directions and has an empty list of egress rules counts for ingress alone",
    manifests: documents(
      PAIR,
      policy("client", "{ podSelector: { matchLabels: { app: client } }, egress: [] }"),
    ),
    story: [connects("client", "web"), isDenied("web", "client", "client")],
  },
  {
    id: "empty-policy-types",
    source: "policyDefaults",
    says: "an empty list of directions is as none: ingress counts",
    manifests: documents(
      PAIR,
      policy("web", "{ podSelector: { matchLabels: { app: web } }, policyTypes: [] }"),
    ),
    story: [isDenied("client", "web", "web")],
  },
  {
    id: "replies-pass",
    source: "policies",
    says: "replies to what was allowed need no rule",
    manifests: documents(
      PAIR,
      policy(
        "web",
        "{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress], ingress: [{}] }",
      ),
      policy(
        "client",
        "{ podSelector: { matchLabels: { app: client } }, policyTypes: [Ingress, Egress], egress: [{}] }",
      ),
    ),
    story: [connects("client", "web"), isDenied("web", "client", "web")],
  },
  {
    id: "from-own-node",
    source: "policies",
    says: "a Pod is reached from its own node whatever policies say, and from another node not",
    manifests: documents(PAIR, DENY_INGRESS),
    story: [
      { connect: { from: "node/node-1", to: "@pod/web", port: 8080 }, sees: "answered" },
      { connect: { from: "node/node-2", to: "@pod/web", port: 8080 }, sees: "timed out" },
    ],
  },
  {
    id: "to-own-node",
    source: "policies",
    says: "a Pod reaches its own node whatever policies say",
    manifests: documents(PAIR, DENY_EGRESS),
    story: [
      { connect: { from: "pod/web", to: "@node/node-1", port: 0, protocol: "ICMP" }, sees: "answered" },
      { connect: { from: "pod/web", to: "@node/node-2", port: 0, protocol: "ICMP" }, sees: "timed out" },
    ],
  },
  {
    id: "to-itself",
    source: "policies",
    says: "a Pod reaches itself whatever policies say",
    manifests: documents(PAIR, DENY_INGRESS, DENY_EGRESS),
    story: [connects("web", "web")],
  },
  {
    id: "port-range",
    source: "policies",
    says: "with port 32000 and endPort 32768 connections to the ports between are allowed",
    example: true,
    cluster: {
      ...TEST_CLUSTER,
      machines: [{ name: "peer", address: "10.0.0.7", listens: [31999, 32000, 32500, 32768, 32769] }],
    },
    manifests: documents(
      pod("db", { labels: { role: "db" } }),
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: multi-port-egress, namespace: default }
spec:
  podSelector:
    matchLabels: { role: db }
  policyTypes: [Egress]
  egress:
  - to:
    - ipBlock: { cidr: 10.0.0.0/24 }
    ports:
    - { protocol: TCP, port: 32000, endPort: 32768 }
`,
    ),
    story: [
      ...[32000, 32500, 32768].map(
        (port): Question => ({ connect: { from: "pod/db", to: "@machine/peer", port }, sees: "answered" }),
      ),
      ...[31999, 32769].map(
        (port): Question => ({ connect: { from: "pod/db", to: "@machine/peer", port }, sees: "timed out" }),
      ),
    ],
  },
  {
    id: "end-port-without-number",
    source: "policies",
    says: "an endPort needs a port by number, and one that is not above it",
    story: [
      {
        apply: policy("a", "{ podSelector: {}, ingress: [{ ports: [{ endPort: 90 }] }] }"),
        refused: "endPort",
      },
      {
        apply: policy("b", "{ podSelector: {}, ingress: [{ ports: [{ port: http, endPort: 90 }] }] }"),
        refused: "endPort",
      },
      {
        apply: policy("c", "{ podSelector: {}, ingress: [{ ports: [{ port: 100, endPort: 90 }] }] }"),
        refused: "endPort",
      },
    ],
  },
  {
    id: "port-by-name",
    source: "policies",
    says: "a port by name is the one that the Pod calls so",
    manifests: documents(
      pod("a", { labels: { app: "web" }, ports: ["http:8080", "admin:9000"] }),
      pod("b", { labels: { app: "web" }, ports: ["http:9000"] }),
      pod("client"),
      policy("web", "{ podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: http }] }] }"),
    ),
    story: [connects("client", "a"), isDenied("client", "a", "web", 9000), connects("client", "b", 9000)],
  },
  {
    id: "port-of-the-pod",
    source: "policies",
    says: "rules are about the Pod's port, not that of the Service by which it is reached",
    manifests: documents(
      deployment("web"),
      service("web"),
      pod("client"),
      policy("web", "{ podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 8080 }] }] }"),
    ),
    story: [
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "answered" },
      {
        apply: policy(
          "web",
          "{ podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 80 }] }] }",
        ),
      },
      { connect: { from: "pod/client", to: "web", port: 80 }, sees: "timed out" },
    ],
  },
  {
    id: "protocol",
    source: "policies",
    says: "a rule for a port is for TCP unless it names another protocol",
    manifests: documents(
      PAIR,
      policy("web", "{ podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 8080 }] }] }"),
    ),
    story: [
      connects("client", "web"),
      {
        connect: { from: "pod/client", to: "@pod/web", port: 8080, protocol: "UDP" },
        sees: "timed out",
        deniedBy: "default/web",
      },
    ],
  },
  {
    id: "no-engine",
    source: "policies",
    says: "where nothing enforces them policies have no effect",
    cluster: { policyEngine: "none" },
    manifests: documents(PAIR, DENY_INGRESS, DENY_EGRESS),
    story: [connects("client", "web")],
  },
  {
    id: "demo-policy",
    source: "aksPolicies",
    says: "the client times out until it carries the label that the policy asks for",
    example: true,
    cluster: { policyEngine: "azure" },
    manifests: documents(
      namespace("demo"),
      pod("server", { namespace: "demo", labels: { app: "server" }, ports: [80] }),
      pod("client", { namespace: "demo", labels: { run: "client" } }),
    ),
    story: [
      connects("demo/client", "demo/server", 80),
      {
        apply: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: demo-policy, namespace: demo }
spec:
  podSelector:
    matchLabels: { app: server }
  ingress:
  - from:
    - podSelector:
        matchLabels: { app: client }
    ports:
    - { port: 80, protocol: TCP }
`,
      },
      isDenied("demo/client", "demo/server", "demo/demo-policy", 80),
      { relabel: "Pod", key: "demo/client", labels: { app: "client" } },
      connects("demo/client", "demo/server", 80),
    ],
  },
  {
    id: "cilium-ip-block",
    source: "aksCilium",
    says: "with Cilium a range of addresses never stands for Pods and nodes, not even 0.0.0.0/0",
    example: true,
    cluster: { dataPlane: "cilium", machines: [{ name: "www", address: "198.51.100.80", listens: [443] }] },
    manifests: documents(
      PAIR,
      `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: example-ipblock }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - to:
    - ipBlock: { cidr: 0.0.0.0/0 }
`,
    ),
    story: [
      isDenied("client", "web", "example-ipblock"),
      { connect: { from: "pod/client", to: "@node/node-1", port: 0, protocol: "ICMP" }, sees: "timed out" },
      { connect: { from: "pod/client", to: "@machine/www", port: 443 }, sees: "answered" },
      {
        apply: policy(
          "example-ipblock",
          "{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }, { namespaceSelector: {} }, { podSelector: {} }] }] }",
        ),
      },
      connects("client", "web"),
    ],
  },
  {
    id: "ip-block-elsewhere",
    source: "policies",
    says: "with another engine a range of addresses covers Pods that have addresses of it",
    manifests: documents(
      PAIR,
      policy(
        "all",
        "{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }",
      ),
    ),
    story: [connects("client", "web")],
  },
  {
    id: "namespaces-by-name",
    source: "policies",
    says: "namespaces are named by the label that each carries, several of them by an expression",
    manifests: documents(
      namespace("frontend"),
      namespace("backend"),
      namespace("other"),
      pod("myapp"),
      ...["frontend", "backend", "other"].map((of) => pod("server", { namespace: of })),
      policy(
        "egress-namespaces",
        "{ podSelector: { matchLabels: { app: myapp } }, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [frontend, backend] }] } }] }] }",
      ),
    ),
    story: [
      connects("myapp", "frontend/server"),
      connects("myapp", "backend/server"),
      isDenied("myapp", "other/server", "egress-namespaces"),
    ],
  },
  {
    id: "policy-of-own-namespace",
    source: "policies",
    says: "a policy selects Pods of its own namespace only",
    manifests: documents(namespace("other"), PAIR, policy("deny", "{ podSelector: {} }", "other")),
    story: [connects("client", "web")],
  },
  {
    id: "all-pods-of-all-namespaces",
    source: "policies",
    says: "an empty podSelector as a peer means all Pods of the policy's namespace, an empty namespaceSelector all of all",
    manifests: documents(
      namespace("other"),
      PAIR,
      pod("client", { namespace: "other" }),
      policy(
        "web",
        "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }] }] }",
      ),
    ),
    story: [
      connects("client", "web"),
      isDenied("other/client", "web", "web"),
      {
        apply: policy(
          "web",
          "{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }",
        ),
      },
      connects("other/client", "web"),
    ],
  },
];
