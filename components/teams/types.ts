import type { Outcome } from "#components/account/use-command.ts";

export const ROLES = ["owner", "manager", "learner"] as const;
export type Role = (typeof ROLES)[number];

export interface GroupChoice {
  id: string;
  name: string;
}

/** An action as a component sees it. */
export type Action<Input, Value = unknown> = (input: Input) => Promise<Outcome & { value?: Value }>;

/** The form that the boxes beside members belong to. */
export const GROUP_FORM = "group-bar";
