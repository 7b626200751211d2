import type { Scene } from "#lib/core/scene/index.ts";
import type { SceneId } from "./scene-ids.ts";

/** Clusters to start from where no tour leads. */

const deployment = (
  name: string,
  { replicas, port, image = `${name}:1` }: { replicas: number; port: number; image?: string },
) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          ports:
            - containerPort: ${port}
          readinessProbe:
            tcpSocket:
              port: ${port}
`;

const service = (
  name: string,
  { port, targetPort, type = "ClusterIP" }: { port: number; targetPort: number; type?: string },
) => `
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ${type}
  selector:
    app: ${name}
  ports:
    - port: ${port}
      targetPort: ${targetPort}
`;

const client = `
apiVersion: v1
kind: Pod
metadata:
  name: client
  labels:
    app: client
spec:
  containers:
    - name: client
      image: client:1
`;

const proxy = `
apiVersion: v1
kind: Namespace
metadata:
  name: ingress-nginx
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: controller
  namespace: ingress-nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ingress-nginx
  template:
    metadata:
      labels:
        app: ingress-nginx
    spec:
      containers:
        - name: controller
          image: ingress-nginx:1
          ports:
            - containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: controller
  namespace: ingress-nginx
spec:
  type: LoadBalancer
  selector:
    app: ingress-nginx
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
          - path: /api
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 80
`;

const onlyApi = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-from-api
spec:
  podSelector:
    matchLabels:
      app: db
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: api
      ports:
        - port: 5432
`;

const written = (...manifests: readonly string[]): Pick<Scene, "manifests" | "changes"> => ({
  manifests: manifests.map((one) => one.trimStart()).join("---\n"),
  changes: [],
});

export const SCENES = {
  service: {
    nodes: 3,
    ...written(
      deployment("web", { replicas: 3, port: 8080 }),
      service("web", { port: 80, targetPort: 8080 }),
      client,
    ),
  },
  shop: {
    nodes: 3,
    machines: [{ name: "visitor", address: "198.51.100.7" }],
    controllers: [{ name: "k8s.io/ingress-nginx", dataPlane: "pods", service: "ingress-nginx/controller" }],
    ...written(
      proxy,
      deployment("web", { replicas: 2, port: 8080 }),
      service("web", { port: 80, targetPort: 8080 }),
      deployment("api", { replicas: 2, port: 8000 }),
      service("api", { port: 80, targetPort: 8000 }),
    ),
  },
  policies: {
    nodes: 2,
    machines: [{ name: "office", address: "192.168.10.5" }],
    onPremises: { addressSpace: ["192.168.0.0/16"], gatewayIn: "aks-vnet" },
    ...written(
      deployment("web", { replicas: 2, port: 8080 }),
      service("web", { port: 80, targetPort: 8080, type: "LoadBalancer" }),
      deployment("api", { replicas: 1, port: 8000 }),
      service("api", { port: 80, targetPort: 8000 }),
      deployment("db", { replicas: 1, port: 5432 }),
      service("db", { port: 5432, targetPort: 5432 }),
      onlyApi,
    ),
  },
  crowd: {
    nodes: 5,
    ...written(
      deployment("web", { replicas: 49, port: 8080 }),
      service("web", { port: 80, targetPort: 8080 }),
      client,
    ),
  },
  empty: { nodes: 3, ...written() },
} satisfies Record<SceneId, Scene>;
