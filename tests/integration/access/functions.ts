import { createTranslator } from "next-intl";
import { TABLES } from "#app/api/teams/[team]/[table]/tables.ts";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import type { Viewer } from "#lib/server/auth/viewer.ts";
import { changeGroupMembers } from "#lib/server/commands/change-group-members.ts";
import { changeRole } from "#lib/server/commands/change-role.ts";
import { createAssignment } from "#lib/server/commands/create-assignment.ts";
import { createGroup } from "#lib/server/commands/create-group.ts";
import { createInvite } from "#lib/server/commands/create-invite.ts";
import { deleteGroup } from "#lib/server/commands/delete-group.ts";
import { deleteTeam } from "#lib/server/commands/delete-team.ts";
import { editAssignment } from "#lib/server/commands/edit-assignment.ts";
import { editTeam } from "#lib/server/commands/edit-team.ts";
import { exportAudit } from "#lib/server/commands/export-audit.ts";
import { extendAssignment } from "#lib/server/commands/extend-assignment.ts";
import { inviteByList } from "#lib/server/commands/invite-by-list.ts";
import { leaveTeam } from "#lib/server/commands/leave-team.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { removeMember } from "#lib/server/commands/remove-member.ts";
import { renameGroup } from "#lib/server/commands/rename-group.ts";
import { revokeInvite } from "#lib/server/commands/revoke-invite.ts";
import { saveExamAnswer } from "#lib/server/commands/save-exam-answer.ts";
import { sendReminderAgain } from "#lib/server/commands/send-reminder-again.ts";
import { setAssignmentArchived } from "#lib/server/commands/set-assignment-archived.ts";
import { setAssignmentClosed } from "#lib/server/commands/set-assignment-closed.ts";
import { setJoinRules } from "#lib/server/commands/set-join-rules.ts";
import { setSharing } from "#lib/server/commands/set-sharing.ts";
import { startExam } from "#lib/server/commands/start-exam.ts";
import { submitExam } from "#lib/server/commands/submit-exam.ts";
import { transferOwnership } from "#lib/server/commands/transfer-ownership.ts";
import { db } from "#lib/server/db/client.ts";
import {
  getAssignment,
  getAssignmentChoices,
  getAssignmentDraft,
  getAssignments,
} from "#lib/server/queries/assignments.ts";
import { auditFilterSchema, getAudit } from "#lib/server/queries/audit.ts";
import { dashboardFilterSchema, getFrame } from "#lib/server/queries/dashboard/filters.ts";
import { getHeatMap, heatOptionsSchema } from "#lib/server/queries/dashboard/heat-map.ts";
import { getItemDashboard, getItems } from "#lib/server/queries/dashboard/items.ts";
import { getMisconceptions } from "#lib/server/queries/dashboard/misconceptions.ts";
import { getOverview } from "#lib/server/queries/dashboard/overview.ts";
import { getAnswersOfPerson, getPersonDashboard } from "#lib/server/queries/dashboard/person.ts";
import { getExam, getExamReview } from "#lib/server/queries/exam.ts";
import { getAttemptShares, getExamResults } from "#lib/server/queries/exam-results.ts";
import { getFailedReminders } from "#lib/server/queries/failed-reminders.ts";
import { getAllPeople, getPeople, ownMembership, peopleFilterSchema } from "#lib/server/queries/people.ts";
import { getTeamSettings } from "#lib/server/queries/team-settings.ts";
import { getTeam } from "#lib/server/queries/teams.ts";
import en from "../../../content/messages/en.json";
import { answerEvent, NOW } from "../harness/factories.ts";
import type { Need } from "./asking.ts";
import type { World } from "./world.ts";

export interface TeamFunction {
  needs: Need;
  /** Asks with ids that exist. */
  call: (viewer: Viewer, world: World) => Promise<unknown>;
  /** What must be so for it to work where it is allowed. */
  arrange?: (viewer: Viewer, world: World) => Promise<unknown>;
}

/** The tables that tell of teams. */
export const TEAM_TABLES = [
  ...["Team", "Membership", "TeamGroup", "GroupMember", "Invite", "Assignment", "AssignmentScope"],
  ...[
    "AssignmentTarget",
    "Assignee",
    "Exam",
    "ExamAttempt",
    "ExamAnswer",
    "AuditEvent",
    "Review",
    "ReminderMail",
  ],
];

const draft: AssignmentDraft = {
  title: "Services",
  note: "",
  due: { kind: "after", days: 7 },
  scope: [{ kind: "concept", id: "pod-ip" }],
  forEveryone: true,
  forNewcomers: false,
  people: [],
  groups: [],
  readinessTarget: 0.85,
  exam: null,
};
const filter = dashboardFilterSchema.parse({});
const t = createTranslator({ locale: "en", messages: en, namespace: "dashboard" });
const exam = createTranslator({ locale: "en", messages: en, namespace: "exam" });
const link = { groupId: null, days: 7, maxUses: 1 };
const list = { groupId: null, days: 7, list: "somebody@example.com" };

/** Every function of teams. One that is missing here fails `access.test.ts`. */
export const FUNCTIONS: Record<string, TeamFunction> = {
  getTeam: { needs: "team.see", call: (viewer, { teamId }) => getTeam(viewer, teamId) },
  getTeamSettings: { needs: "team.see", call: (viewer, { teamId }) => getTeamSettings(viewer, teamId) },
  ownMembership: {
    needs: "team.see",
    call: (viewer, { teamId }) => ownMembership(viewer, teamId, "team.see"),
  },
  leaveTeam: { needs: "team.see", call: (viewer, { teamId }) => leaveTeam(viewer, { teamId }, NOW) },
  setSharing: {
    needs: "team.see",
    call: (viewer, { teamId }) => setSharing(viewer, { teamId, sharesAll: true }, NOW),
  },

  editTeam: {
    needs: "team.edit",
    call: (viewer, { teamId }) => editTeam(viewer, { teamId, name: "Mine", timeZone: "Asia/Tokyo" }, NOW),
  },
  setJoinRules: {
    needs: "team.edit",
    call: (viewer, { teamId }) => setJoinRules(viewer, { teamId, domains: [], groups: [] }, NOW),
  },
  deleteTeam: {
    needs: "team.edit",
    call: (viewer, { teamId }) => deleteTeam(viewer, { teamId }),
    arrange: (viewer, { teamId }) =>
      db().membership.deleteMany({
        where: { teamId, NOT: { userId: "userId" in viewer ? viewer.userId : teamId } },
      }),
  },

  getPeople: {
    needs: "people.see",
    call: (viewer, { teamId }) => getPeople(viewer, teamId, peopleFilterSchema.parse({}), NOW),
  },
  getAllPeople: {
    needs: "people.see",
    call: (viewer, { teamId }) => getAllPeople(viewer, teamId, peopleFilterSchema.parse({})),
  },
  "createInvite for learners": {
    needs: "learners.manage",
    call: (viewer, { teamId }) => createInvite(viewer, { teamId, role: "learner", ...link }, NOW),
  },
  "createInvite for managers": {
    needs: "roles.change",
    call: (viewer, { teamId }) => createInvite(viewer, { teamId, role: "manager", ...link }, NOW),
  },
  "inviteByList of learners": {
    needs: "learners.manage",
    call: (viewer, { teamId }) =>
      inviteByList(viewer, { teamId, role: "learner", ...list }, { apply: true, now: NOW }),
  },
  "inviteByList of owners": {
    needs: "roles.change",
    call: (viewer, { teamId }) =>
      inviteByList(viewer, { teamId, role: "owner", ...list }, { apply: true, now: NOW }),
  },
  revokeInvite: {
    needs: "learners.manage",
    call: (viewer, { teamId, inviteId }) => revokeInvite(viewer, { teamId, inviteId }, NOW),
  },
  "removeMember: a learner": {
    needs: "learners.manage",
    call: (viewer, { teamId, learner }) => removeMember(viewer, { teamId, userId: learner.userId }, NOW),
  },
  "removeMember: a manager": {
    needs: "roles.change",
    call: (viewer, { teamId, coManager }) => removeMember(viewer, { teamId, userId: coManager.userId }, NOW),
  },
  changeRole: {
    needs: "roles.change",
    call: (viewer, { teamId, learner }) =>
      changeRole(viewer, { teamId, userId: learner.userId, role: "manager" }, NOW),
  },
  transferOwnership: {
    needs: "roles.change",
    call: (viewer, { teamId, coManager }) =>
      transferOwnership(viewer, { teamId, userId: coManager.userId }, NOW),
  },

  createGroup: {
    needs: "groups.edit",
    call: (viewer, { teamId }) => createGroup(viewer, { teamId, name: "Day shift" }, NOW),
  },
  renameGroup: {
    needs: "groups.edit",
    call: (viewer, { teamId, groupId }) => renameGroup(viewer, { teamId, groupId, name: "Day shift" }, NOW),
  },
  deleteGroup: {
    needs: "groups.edit",
    call: (viewer, { teamId, groupId }) => deleteGroup(viewer, { teamId, groupId }, NOW),
  },
  changeGroupMembers: {
    needs: "groups.edit",
    call: (viewer, { teamId, groupId, learner }) =>
      changeGroupMembers(viewer, { teamId, groupId, add: [learner.userId], remove: [] }, NOW),
  },

  getAssignments: {
    needs: "assignments.see",
    call: (viewer, { teamId }) => getAssignments(viewer, teamId, NOW),
  },
  getAssignment: {
    needs: "assignments.see",
    call: (viewer, { teamId, assignmentId }) => getAssignment(viewer, teamId, assignmentId, NOW),
  },
  getAssignmentDraft: {
    needs: "assignments.edit",
    call: (viewer, { teamId, assignmentId }) => getAssignmentDraft(viewer, teamId, assignmentId),
  },
  getAssignmentChoices: {
    needs: "assignments.edit",
    call: (viewer, { teamId }) => getAssignmentChoices(viewer, teamId),
  },
  createAssignment: {
    needs: "assignments.edit",
    call: (viewer, { teamId }) => createAssignment(viewer, { teamId, draft }, NOW),
  },
  editAssignment: {
    needs: "assignments.edit",
    call: (viewer, { assignmentId }) => editAssignment(viewer, { assignmentId, draft }, NOW),
  },
  extendAssignment: {
    needs: "assignments.edit",
    call: (viewer, { assignmentId, learner }) =>
      extendAssignment(viewer, { assignmentId, userId: learner.userId, day: "2027-01-31" }, NOW),
  },
  setAssignmentClosed: {
    needs: "assignments.edit",
    call: (viewer, { assignmentId }) => setAssignmentClosed(viewer, { assignmentId, closed: true }, NOW),
  },
  setAssignmentArchived: {
    needs: "assignments.edit",
    call: (viewer, { assignmentId }) => setAssignmentArchived(viewer, { assignmentId, archived: true }, NOW),
  },

  getExam: {
    needs: "assignee",
    call: (viewer, { assignmentId }) => getExam(viewer, assignmentId, NOW),
  },
  getExamReview: {
    needs: "assignee",
    call: (viewer, { assignmentId }) => getExamReview(viewer, { assignmentId, number: 1 }, NOW),
    arrange: (viewer, { attemptId, assignmentId }) =>
      Promise.all([
        submitExam(viewer, { attemptId }, NOW),
        db().assignment.update({ where: { id: assignmentId }, data: { closedAt: new Date(NOW) } }),
      ]),
  },
  startExam: {
    needs: "assignee",
    call: (viewer, { assignmentId }) => startExam(viewer, { assignmentId }, NOW),
  },
  saveExamAnswer: {
    needs: "assignee",
    call: (viewer, { attemptId }) =>
      saveExamAnswer(viewer, { attemptId, position: 0, answer: null, locale: "ja", durationMs: 1000 }, NOW),
  },
  submitExam: { needs: "assignee", call: (viewer, { attemptId }) => submitExam(viewer, { attemptId }, NOW) },

  getFrame: { needs: "team.see", call: (viewer, { teamId }) => getFrame(viewer, teamId, filter, NOW) },
  getOverview: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getOverview(viewer, teamId, filter, NOW),
  },
  getHeatMap: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getHeatMap(viewer, teamId, filter, NOW, heatOptionsSchema.parse({})),
  },
  getPersonDashboard: {
    needs: "dashboards.see",
    call: (viewer, { teamId, colleague }) =>
      getPersonDashboard(viewer, teamId, colleague.userId, filter, NOW),
  },
  getAnswersOfPerson: {
    needs: "dashboards.see",
    call: (viewer, { teamId, colleague }) =>
      getAnswersOfPerson(viewer, teamId, colleague.userId, filter, NOW, { limit: 10 }),
  },
  getMisconceptions: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getMisconceptions(viewer, teamId, filter, NOW),
  },
  getItems: { needs: "dashboards.see", call: (viewer, { teamId }) => getItems(viewer, teamId, filter, NOW) },
  getItemDashboard: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getItemDashboard(viewer, teamId, "pod-ip-after", filter, NOW),
    // A question that nobody has answered has no page.
    arrange: (_, { colleague }) => recordReviews(colleague, [answerEvent()], NOW),
  },
  getExamResults: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getExamResults(viewer, teamId, filter, NOW),
  },
  getAttemptShares: {
    needs: "dashboards.see",
    call: (viewer, { teamId }) => getAttemptShares(viewer, teamId, filter),
  },
  ...Object.fromEntries(
    Object.entries(TABLES).map(([name, table]): [string, TeamFunction] => [
      `/api/teams/…/${name}.csv`,
      {
        needs: "dashboards.see",
        call: (viewer, { teamId, colleague }) =>
          table({ viewer, teamId, query: { person: colleague.userId }, now: NOW, locale: "en", t, exam }),
      },
    ]),
  ),
  getFailedReminders: {
    needs: "reminders.see",
    call: (viewer, { teamId }) => getFailedReminders(viewer, teamId, NOW),
  },
  sendReminderAgain: {
    needs: "reminders.send",
    call: (viewer, { teamId, failedMailId }) =>
      sendReminderAgain(viewer, { teamId, mailId: failedMailId }, NOW),
  },

  getAudit: {
    needs: "audit.read",
    call: (viewer, { teamId }) => getAudit(viewer, teamId, auditFilterSchema.parse({})),
  },
  exportAudit: {
    needs: "audit.read",
    call: (viewer, { teamId }) => exportAudit(viewer, teamId, auditFilterSchema.parse({}), NOW),
  },
};
