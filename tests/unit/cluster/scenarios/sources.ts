/** Where what is expected of the model is said: documentation, specifications, and in a few places the source code itself. */
interface Source {
  title: string;
  url: string;
}

export const SOURCES = {
  service: {
    title: "Kubernetes: Service",
    url: "https://kubernetes.io/docs/concepts/services-networking/service/",
  },
  vips: {
    title: "Kubernetes: Virtual IPs and Service Proxies",
    url: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  },
  slices: {
    title: "Kubernetes: EndpointSlices",
    url: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/",
  },
  dns: {
    title: "Kubernetes: DNS for Services and Pods",
    url: "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  },
  ingress: {
    title: "Kubernetes: Ingress",
    url: "https://kubernetes.io/docs/concepts/services-networking/ingress/",
  },
  policies: {
    title: "Kubernetes: Network Policies",
    url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  },
  internalPolicy: {
    title: "Kubernetes: Service Internal Traffic Policy",
    url: "https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/",
  },
  sourceIp: {
    title: "Kubernetes tutorial: Using Source IP",
    url: "https://kubernetes.io/docs/tutorials/services/source-ip/",
  },
  connect: {
    title: "Kubernetes tutorial: Connecting Applications with Services",
    url: "https://kubernetes.io/docs/tutorials/services/connect-applications-service/",
  },
  termination: {
    title: "Kubernetes tutorial: Explore Termination Behavior for Pods And Their Endpoints",
    url: "https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/",
  },
  debugService: {
    title: "Kubernetes: Debug Services",
    url: "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/",
  },
  deployment: {
    title: "Kubernetes: Deployments",
    url: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
  },
  replicaSet: {
    title: "Kubernetes: ReplicaSet",
    url: "https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/",
  },
  statefulSet: {
    title: "Kubernetes: StatefulSets",
    url: "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/",
  },
  statefulBasics: {
    title: "Kubernetes tutorial: StatefulSet Basics",
    url: "https://kubernetes.io/docs/tutorials/stateful-application/basic-stateful-set/",
  },
  taints: {
    title: "Kubernetes: Taints and Tolerations",
    url: "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
  },
  nodes: { title: "Kubernetes: Nodes", url: "https://kubernetes.io/docs/concepts/architecture/nodes/" },
  nodeStatus: {
    title: "Kubernetes: Node Status",
    url: "https://kubernetes.io/docs/reference/node/node-status/",
  },
  assign: {
    title: "Kubernetes: Assigning Pods to Nodes",
    url: "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/",
  },
  probes: {
    title: "Kubernetes: Pod Lifecycle, container probes",
    url: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",
  },
  policyDefaults: {
    title: "Kubernetes source: defaults of NetworkPolicy",
    url: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/v1/defaults.go",
  },
  defaultClass: {
    title: "Kubernetes source: default IngressClass admission",
    url: "https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/admission/network/defaultingressclass/admission.go",
  },
  azureProvider: {
    title: "Source of cloud-provider-azure",
    url: "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/master/pkg/provider/azure.go",
  },
  gwRoute: {
    title: "Gateway API: HTTPRoute",
    url: "https://gateway-api.sigs.k8s.io/reference/api-types/httproute/",
  },
  gwSpec: {
    title: "Gateway API source of the specification: HTTPRoute",
    url: "https://github.com/kubernetes-sigs/gateway-api/blob/main/apis/v1/httproute_types.go",
  },
  gwRouting: {
    title: "Gateway API guide: HTTP routing",
    url: "https://gateway-api.sigs.k8s.io/guides/user-guides/http-routing/",
  },
  gwMethod: {
    title: "Gateway API guide: HTTP method matching",
    url: "https://gateway-api.sigs.k8s.io/guides/user-guides/http-method-matching/",
  },
  gwHostnames: {
    title: "Gateway API: Hostnames",
    url: "https://gateway-api.sigs.k8s.io/docs/concepts/hostnames/",
  },
  gwCrossNamespace: {
    title: "Gateway API guide: Cross-Namespace routing",
    url: "https://gateway-api.sigs.k8s.io/guides/user-guides/multiple-ns/",
  },
  gwSecurity: {
    title: "Gateway API: Security",
    url: "https://gateway-api.sigs.k8s.io/docs/concepts/security/",
  },
  gwGrant: {
    title: "Gateway API: ReferenceGrant",
    url: "https://gateway-api.sigs.k8s.io/reference/api-types/referencegrant/",
  },
  gwSplitting: {
    title: "Gateway API guide: HTTP traffic splitting",
    url: "https://gateway-api.sigs.k8s.io/guides/user-guides/traffic-splitting/",
  },
  gwMigrating: {
    title: "Gateway API guide: Migrating from Ingress",
    url: "https://gateway-api.sigs.k8s.io/guides/getting-started/migrating-from-ingress/",
  },
  gwConformance: {
    title: "Gateway API conformance tests",
    url: "https://github.com/kubernetes-sigs/gateway-api/tree/main/conformance/tests",
  },
  aksCni: {
    title: "AKS: CNI networking overview",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview",
  },
  aksOverlay: {
    title: "AKS: Azure CNI Overlay",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay",
  },
  aksPodSubnet: {
    title: "AKS: Azure CNI Pod Subnet",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet",
  },
  aksLegacy: {
    title: "AKS: Legacy CNI options",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-legacy-cni",
  },
  aksKubenet: {
    title: "AKS: Configure kubenet",
    url: "https://learn.microsoft.com/azure/aks/configure-kubenet",
  },
  aksPlanning: {
    title: "AKS: IP address planning",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning",
  },
  aksCilium: {
    title: "AKS: Azure CNI Powered by Cilium",
    url: "https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium",
  },
  aksPolicies: {
    title: "AKS: Secure traffic between Pods with network policies",
    url: "https://learn.microsoft.com/azure/aks/use-network-policies",
  },
  aksInternalLb: {
    title: "AKS: Internal load balancer",
    url: "https://learn.microsoft.com/azure/aks/internal-lb",
  },
  aksLb: {
    title: "AKS: Public standard load balancer",
    url: "https://learn.microsoft.com/azure/aks/load-balancer-standard",
  },
  aksConfigureLb: {
    title: "AKS: Configure a public standard load balancer",
    url: "https://learn.microsoft.com/azure/aks/configure-load-balancer-standard",
  },
  aksServices: {
    title: "AKS: Kubernetes Services in AKS",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-services",
  },
  aksIngress: {
    title: "AKS: Ingress in AKS",
    url: "https://learn.microsoft.com/azure/aks/concepts-network-ingress",
  },
  aksAppRouting: {
    title: "AKS: Managed NGINX ingress with the application routing add-on",
    url: "https://learn.microsoft.com/azure/aks/app-routing",
  },
  aksGateway: {
    title: "AKS: Application routing add-on with the Gateway API",
    url: "https://learn.microsoft.com/azure/aks/app-routing-gateway-api",
  },
  aksQuickstart: {
    title: "AKS quickstart: Deploy with Azure CLI",
    url: "https://learn.microsoft.com/azure/aks/learn/quick-kubernetes-deploy-cli",
  },
  aksIssue4342: {
    title: "Azure/AKS issue 4342: FailedCreatePodSandBox",
    url: "https://github.com/Azure/AKS/issues/4342",
  },
  nsg: {
    title: "Azure: Network security groups",
    url: "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview",
  },
  peering: {
    title: "Azure: Virtual network FAQ, peering",
    url: "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq",
  },
  transit: {
    title: "Azure: VPN gateway transit for peering",
    url: "https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit",
  },
} as const satisfies Record<string, Source>;
