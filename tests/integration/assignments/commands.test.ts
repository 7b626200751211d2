import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AssignmentDraft } from "#lib/core/assignments/draft.ts";
import { USUAL_EXAM } from "#lib/core/assignments/limits.ts";
import { DAY_MS } from "#lib/core/scheduling/index.ts";
import { NOBODY, type Person, type Viewer } from "#lib/server/auth/viewer.ts";
import { createAssignment } from "#lib/server/commands/create-assignment.ts";
import { editAssignment } from "#lib/server/commands/edit-assignment.ts";
import { extendAssignment } from "#lib/server/commands/extend-assignment.ts";
import { recordReviews } from "#lib/server/commands/record-reviews.ts";
import { setAssignmentArchived } from "#lib/server/commands/set-assignment-archived.ts";
import { setAssignmentClosed } from "#lib/server/commands/set-assignment-closed.ts";
import { db } from "#lib/server/db/client.ts";
import {
  getAssignment,
  getAssignmentChoices,
  getAssignmentDraft,
  getAssignments,
  getOwnAssignments,
} from "#lib/server/queries/assignments.ts";
import { useDatabase } from "../harness/database.ts";
import { answerEvent, createPerson, createTeam, NOW, syncFixtureContent } from "../harness/factories.ts";

useDatabase();
beforeAll(syncFixtureContent);

let manager: Person;
let learner: Person;
let teamId: string;
beforeEach(async () => {
  [manager, learner] = [await createPerson({ name: "Mori" }), await createPerson({ name: "Sato" })];
  teamId = await createTeam({ manager: [manager], learner: [learner] });
});

const draft = (overrides: Partial<AssignmentDraft> = {}): AssignmentDraft => ({
  title: "Pod IPs",
  note: "Before the migration.",
  due: { kind: "on", day: "2026-12-24" },
  scope: [{ kind: "concept", id: "pod-ip" }],
  forEveryone: true,
  forNewcomers: false,
  people: [],
  groups: [],
  readinessTarget: 0.85,
  exam: null,
  ...overrides,
});
const create = async (overrides: Partial<AssignmentDraft> = {}, viewer: Viewer = manager) => {
  const outcome = await createAssignment(viewer, { teamId, draft: draft(overrides) }, NOW);
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value.assignmentId;
};
const actions = async () =>
  (await db().auditEvent.findMany({ where: { teamId }, orderBy: { id: "asc" } })).map(({ action }) => action);
const dueOf = async (assignmentId: string, { userId }: Person) =>
  (await db().assignee.findFirst({ where: { assignmentId, userId } }))?.dueAt.toISOString();

describe("an assignment", () => {
  it("comes to whom it means when it is made, and is shown to managers and to the learner", async () => {
    const id = await create({ exam: USUAL_EXAM });
    expect(await actions()).toEqual(["assignment.created"]);
    const [summary] = (await getAssignments(manager, teamId, NOW)) ?? [];
    expect(summary).toMatchObject({ id, title: "Pod IPs", assignees: 1, hasExam: true });
    expect(summary?.counts).toMatchObject({ notStarted: 1, done: 0 });
    const view = await getAssignment(manager, teamId, id, NOW);
    expect(view?.scope).toMatchObject([{ kind: "concept", id: "pod-ip", title: { en: expect.any(String) } }]);
    expect(view?.exam).toEqual(USUAL_EXAM);
    expect(view?.rows).toMatchObject([{ userId: learner.userId, name: "Sato", plan: { newLeft: 4 } }]);
    const [own] = await getOwnAssignments(learner, NOW);
    expect(own).toMatchObject({ assignmentId: id, team: { id: teamId }, plan: view?.rows[0]?.plan });
    expect(await getOwnAssignments(manager, NOW)).toEqual([]);
  });

  it("counts what was learned before it", async () => {
    await recordReviews(learner, [answerEvent({ at: NOW - DAY_MS })], NOW);
    const id = await create();
    const view = await getAssignment(manager, teamId, id, NOW);
    expect(view?.rows).toMatchObject([{ seen: 1, plan: { status: "onTrack", newLeft: 3 } }]);
  });

  it("refuses what is not there, not in the team, or due already", async () => {
    const stranger = await createPerson();
    const attempt = async (overrides: Partial<AssignmentDraft>) =>
      createAssignment(manager, { teamId, draft: draft(overrides) }, NOW);
    expect(await attempt({ scope: [{ kind: "bank", id: "pod-ip" }] })).toMatchObject({
      field: "draft.scope",
    });
    expect(await attempt({ people: [stranger.userId] })).toMatchObject({
      error: "not-found",
      field: "draft.people",
    });
    expect(await attempt({ due: { kind: "on", day: "2026-11-23" } })).toMatchObject({ error: "due-past" });
    expect((await attempt({ due: { kind: "on", day: "2026-11-24" } })).ok).toBe(true);
  });

  it("changes for everybody when it is edited, and comes back as the draft that was written", async () => {
    const id = await create({ exam: USUAL_EXAM });
    const changed = draft({
      due: { kind: "after", days: 7 },
      scope: [
        { kind: "area", id: "mindset" },
        { kind: "bank", id: "basics" },
      ],
      forEveryone: false,
      people: [learner.userId, manager.userId],
      exam: { ...USUAL_EXAM, minutes: 5, reviewable: false },
    });
    expect(await editAssignment(manager, { assignmentId: id, draft: changed }, NOW)).toMatchObject({
      ok: true,
    });
    const stored = await getAssignmentDraft(manager, teamId, id);
    expect({ ...stored, people: new Set(stored?.people), scope: new Set(stored?.scope) }).toEqual({
      ...changed,
      people: new Set(changed.people),
      scope: new Set(changed.scope),
    });
    const view = await getAssignment(manager, teamId, id, NOW);
    expect(view?.rows.map(({ items }) => items)).toEqual([8, 8]);
    expect(await dueOf(id, learner)).toBe("2026-12-01T15:00:00.000Z");
    expect(await editAssignment(manager, { assignmentId: id, draft: draft() }, NOW)).toMatchObject({
      ok: true,
    });
    expect(await db().exam.count({ where: { assignmentId: id } })).toBe(0);
    expect(await actions()).toEqual(["assignment.created", "assignment.edited", "assignment.edited"]);
  });

  it("may keep a due day that has passed when it is edited, but not be given one", async () => {
    const id = await create();
    const later = NOW + 60 * DAY_MS;
    const edit = (overrides: Partial<AssignmentDraft>) =>
      editAssignment(manager, { assignmentId: id, draft: draft(overrides) }, later);
    expect(await edit({ title: "Pod IPs, again" })).toMatchObject({ ok: true });
    expect(await edit({ due: { kind: "on", day: "2026-12-25" } })).toMatchObject({ error: "due-past" });
  });

  it("is extended for one person alone, and follows the assignment again when that is taken back", async () => {
    const id = await create();
    const extend = (day: string | null, userId = learner.userId) =>
      extendAssignment(manager, { assignmentId: id, userId, day }, NOW);
    expect(await extend("2027-01-10")).toMatchObject({ ok: true });
    expect(await dueOf(id, learner)).toBe("2027-01-10T15:00:00.000Z");
    expect((await getAssignment(manager, teamId, id, NOW))?.rows).toMatchObject([{ extended: true }]);
    expect(await extend(null)).toMatchObject({ ok: true });
    expect(await dueOf(id, learner)).toBe("2026-12-24T15:00:00.000Z");
    expect(await extend("2026-11-23")).toMatchObject({ error: "due-past" });
    expect(await extend("2027-01-10", manager.userId)).toMatchObject({ error: "not-found" });
    const events = await db().auditEvent.findMany({ where: { teamId, subjectId: learner.userId } });
    expect(events.map(({ action }) => action)).toEqual(["assignment.extended", "assignment.extended"]);
  });

  it("asks for nothing when closed, comes to newcomers when opened again, and closes when archived", async () => {
    const id = await create();
    const close = (closed: boolean) =>
      setAssignmentClosed(manager, { assignmentId: id, closed }, NOW + DAY_MS);
    expect(await close(true)).toMatchObject({ ok: true });
    expect(await getOwnAssignments(learner, NOW)).toEqual([]);
    const later = await createPerson();
    await db().membership.create({ data: { teamId, userId: later.userId, role: "learner" } });
    expect(await close(false)).toMatchObject({ ok: true });
    expect(await getOwnAssignments(later, NOW + DAY_MS)).toHaveLength(1);
    const archive = (archived: boolean) =>
      setAssignmentArchived(manager, { assignmentId: id, archived }, NOW + 2 * DAY_MS);
    expect(await archive(true)).toMatchObject({ ok: true });
    expect(await close(false)).toMatchObject({ error: "not-found" });
    expect(await getOwnAssignments(later, NOW + 2 * DAY_MS)).toEqual([]);
    expect(await archive(false)).toMatchObject({ ok: true });
    expect(await getAssignments(manager, teamId, NOW)).toMatchObject([
      { archivedAt: null, closedAt: NOW + 2 * DAY_MS },
    ]);
    expect(await actions()).toEqual([
      "assignment.created",
      "assignment.closed",
      "assignment.reopened",
      "assignment.archived",
      "assignment.unarchived",
    ]);
  });
});

describe("who may not", () => {
  it("make, change or see assignments finds nothing, whoever it is", async () => {
    const id = await create();
    const elsewhere = await createPerson();
    await createTeam({ owner: [elsewhere] });
    const guest = await createPerson({ isGuest: true });
    const before = await actions();
    for (const viewer of [learner, elsewhere, guest, NOBODY]) {
      const outcomes = [
        await createAssignment(viewer, { teamId, draft: draft() }, NOW),
        await editAssignment(viewer, { assignmentId: id, draft: draft({ title: "Mine" }) }, NOW),
        await extendAssignment(viewer, { assignmentId: id, userId: learner.userId, day: "2027-01-10" }, NOW),
        await setAssignmentClosed(viewer, { assignmentId: id, closed: true }, NOW),
        await setAssignmentArchived(viewer, { assignmentId: id, archived: true }, NOW),
      ];
      const error = viewer === NOBODY ? "not-signed-in" : "not-found";
      expect(outcomes.map((outcome) => outcome.ok || outcome.error)).toEqual(outcomes.map(() => error));
      expect(await getAssignments(viewer, teamId, NOW)).toBeNull();
      expect(await getAssignment(viewer, teamId, id, NOW)).toBeNull();
      expect(await getAssignmentDraft(viewer, teamId, id)).toBeNull();
      expect(await getAssignmentChoices(viewer, teamId)).toBeNull();
    }
    expect(await actions()).toEqual(before);
    // A manager finds it only under its own team.
    const other = await createTeam({ manager: [manager] });
    expect(await getAssignment(manager, other, id, NOW)).toBeNull();
  });
});
