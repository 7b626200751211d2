import type { ExamRules, ScopePart } from "./draft.ts";
import { TARGETS, USUAL_EXAM } from "./limits.ts";

/** Assignments to start from. Titles and notes are messages: `assignments.templates.<id>`. */
export interface AssignmentTemplate {
  id: TemplateId;
  scope: readonly ScopePart[];
  /** Days there are for it: after joining for newcomers, from today on for everyone. */
  days: number;
  whom: "newcomers" | "everyone";
  readinessTarget: number;
  exam: ExamRules | null;
}

export type TemplateId = "onboarding" | "wholeCourse" | "fromVm" | "serviceIngress" | "cniChoice" | "onCall";

const area = (id: string): ScopePart => ({ kind: "area", id });
const concepts = (...ids: string[]): ScopePart[] => ids.map((id) => ({ kind: "concept", id }));
const COURSE = ["mindset", "service", "ingress", "cni", "together"].map(area);

export const TEMPLATES: readonly AssignmentTemplate[] = [
  {
    id: "onboarding",
    scope: COURSE,
    days: 28,
    whom: "newcomers",
    readinessTarget: TARGETS.usual,
    exam: { ...USUAL_EXAM, minutes: 60 },
  },
  {
    id: "wholeCourse",
    scope: COURSE,
    days: 28,
    whom: "everyone",
    readinessTarget: TARGETS.usual,
    exam: null,
  },
  {
    id: "fromVm",
    scope: [area("mindset")],
    days: 7,
    whom: "everyone",
    readinessTarget: TARGETS.usual,
    exam: null,
  },
  {
    id: "serviceIngress",
    scope: concepts(
      "service-role",
      "clusterip",
      "endpoints",
      "readiness",
      "ports",
      "service-dns",
      "nodeport",
      "lb-service",
      "lb-vs-service",
      "ingress-resource",
      "ingress-controller",
      "host-path",
      "tls",
    ),
    days: 14,
    whom: "everyone",
    readinessTarget: TARGETS.usual,
    exam: null,
  },
  {
    id: "cniChoice",
    scope: concepts(
      "cni-role",
      "flat-vs-overlay",
      "overlay",
      "node-subnet",
      "pod-subnet",
      "kubenet",
      "ip-planning",
      "choose-cni",
    ),
    days: 7,
    whom: "everyone",
    readinessTarget: TARGETS.usual,
    exam: { ...USUAL_EXAM, itemsPerConcept: 2, minutes: 20 },
  },
  {
    id: "onCall",
    scope: concepts(
      "endpoints",
      "readiness",
      "service-dns",
      "traffic-policy",
      "host-path",
      "reachability",
      "network-policy",
      "packet-in",
      "packet-out",
      "debug-service",
      "debug-ingress",
    ),
    days: 14,
    whom: "everyone",
    readinessTarget: 0.9,
    exam: { ...USUAL_EXAM, itemsPerConcept: 2, minutes: 30 },
  },
];
