/** Manifest tasks: what is asked for, and whether a learner's manifests do it. How they are written is nobody's business. */
export { gradeAny } from "./grade.ts";
export { type Finding, type Judgement, judge } from "./judge.ts";
export { ANSWER_LIMIT, type Probe, probeSchema, type Task, taskSchema } from "./task.ts";
