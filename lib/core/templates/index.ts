import { allowedClients } from "./allowed-clients.ts";
import { arrivesOnNode } from "./arrives-on-node.ts";
import { clientSees } from "./client-sees.ts";
import { dnsAnswers } from "./dns-answers.ts";
import { egressTargets } from "./egress-targets.ts";
import { endpointAddresses } from "./endpoint-addresses.ts";
import { grantedBackend } from "./granted-backend.ts";
import { headlessAnswer } from "./headless-answer.ts";
import { httpRouteRule } from "./http-route-rule.ts";
import { ingressAddress } from "./ingress-address.ts";
import { ingressRule } from "./ingress-rule.ts";
import { localCallers } from "./local-callers.ts";
import { logSources } from "./log-sources.ts";
import { namesThatResolve } from "./names-that-resolve.ts";
import { nodePodRange } from "./node-pod-range.ts";
import { nodePortNodes } from "./node-port-nodes.ts";
import { nodesThatFit } from "./nodes-that-fit.ts";
import { onPremisesTargets } from "./on-premises-targets.ts";
import { outgoingSource } from "./outgoing-source.ts";
import { podSubnetAddresses } from "./pod-subnet-addresses.ts";
import { podsAfter } from "./pods-after.ts";
import { portMapping } from "./port-mapping.ts";
import { probeNodes } from "./probe-nodes.ts";
import { reachable } from "./reachable.ts";
import { receivingPods } from "./receiving-pods.ts";
import { relabelledPod } from "./relabelled-pod.ts";
import { sharedLoadBalancers } from "./shared-load-balancers.ts";
import { statefulNames } from "./stateful-names.ts";
import { stickyRequests } from "./sticky-requests.ts";
import { subnetAddresses, subnetPrefix } from "./subnet.ts";
import { type Asked, askOnce, type Difficulty, type Generated, type Template } from "./template.ts";
import { unclaimedIngress } from "./unclaimed-ingress.ts";
import { vnetAddressesTaken } from "./vnet-addresses.ts";

/**
 * Questions that never repeat: a template draws a small cluster from a seed, takes the key from the cluster model, and the wrong
 * options from what the model comes to under a wrong belief. One file for each template; what they share is in dice.ts (draws),
 * draw.ts (clusters), print.ts (manifests and kubectl), words.ts and beliefs.ts (texts).
 */
export const TEMPLATES = {
  "receiving-pods": receivingPods,
  "endpoint-addresses": endpointAddresses,
  "headless-answer": headlessAnswer,
  "names-that-resolve": namesThatResolve,
  "allowed-clients": allowedClients,
  "ingress-rule": ingressRule,
  "http-route-rule": httpRouteRule,
  "client-sees": clientSees,
  "ingress-address": ingressAddress,
  "log-sources": logSources,
  "outgoing-source": outgoingSource,
  "pods-after": podsAfter,
  "subnet-addresses": subnetAddresses,
  "subnet-prefix": subnetPrefix,
  "probe-nodes": probeNodes,
  "shared-load-balancers": sharedLoadBalancers,
  "arrives-on-node": arrivesOnNode,
  "node-port-nodes": nodePortNodes,
  "on-premises-targets": onPremisesTargets,
  "node-pod-range": nodePodRange,
  "relabelled-pod": relabelledPod,
  "pod-subnet-addresses": podSubnetAddresses,
  "nodes-that-fit": nodesThatFit,
  "dns-answers": dnsAnswers,
  "stateful-names": statefulNames,
  "local-callers": localCallers,
  "port-mapping": portMapping,
  "granted-backend": grantedBackend,
  "egress-targets": egressTargets,
  reachable,
  "sticky-requests": stickyRequests,
  "unclaimed-ingress": unclaimedIngress,
  "vnet-addresses": vnetAddressesTaken,
} as const satisfies Record<string, Template>;

export type TemplateId = keyof typeof TEMPLATES;

/** A question with what its tests ask of it. The same for ever for the same version of the template, seed and difficulty. */
export const ask = (id: TemplateId, seed: number, difficulty: Difficulty): Asked =>
  askOnce(id, TEMPLATES[id], seed, difficulty);

/** The question of a seed: what an item of a bank has beside its id, revision and dates. */
export const instantiate = (id: TemplateId, seed: number, difficulty: Difficulty): Generated =>
  ask(id, seed, difficulty).question;
