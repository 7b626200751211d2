/** What a cluster of a learner may hold at most: larger ones teach nothing more and would take long. */
export const BOUNDS = { nodes: 10, replicas: 60, objects: 100 } as const;
