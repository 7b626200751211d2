import { describe, expect, it } from "vitest";
import { createSaver, type Draft, type SaveOutcome, type SaverState } from "#lib/browser/exam-saver.ts";

const saved: SaveOutcome = { ok: true, value: { remainingMs: 1000 } };
const draft = (position: number, option: string): Draft => ({ position, answer: { option }, durationMs: 1 });

/** A saver whose clock and server are in the test's hands. */
function setUp(answers: (SaveOutcome | Error)[] = []) {
  const sent: Draft[] = [];
  const planned: { run: () => void; delayMs: number }[] = [];
  let state: SaverState = { waiting: new Set(), problem: null };
  let over = false;
  const saver = createSaver({
    send: async (one) => {
      sent.push(one);
      const answer = answers.shift() ?? saved;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onState: (next) => {
      state = next;
    },
    onSaved: () => undefined,
    onOver: () => {
      over = true;
    },
    schedule: (run, delayMs) => {
      planned.push({ run, delayMs });
      return () => planned.splice(0);
    },
  });
  return { saver, sent, planned, state: () => state, over: () => over };
}

describe("answers on their way", () => {
  it("are sent once somebody pauses, the latest to each question", async () => {
    const { saver, sent, planned, state } = setUp();
    saver.save(draft(0, "1"));
    saver.save(draft(0, "2"));
    saver.save(draft(1, "3"));
    expect([sent, [...state().waiting]]).toEqual([[], [0, 1]]);
    expect(planned).toHaveLength(1);
    await saver.flush();
    expect(sent).toEqual([draft(0, "2"), draft(1, "3")]);
    expect(state()).toEqual({ waiting: new Set(), problem: null });
  });

  it("are sent again where one was changed while it was on its way", async () => {
    const { saver, sent, state } = setUp();
    saver.save(draft(0, "1"));
    const sending = saver.flush();
    saver.save(draft(0, "2"));
    expect(await sending).toBe(true);
    expect(sent).toEqual([draft(0, "1"), draft(0, "2")]);
    expect(state().waiting.size).toBe(0);
  });

  it("wait for the network, longer each time, and get there when it is back", async () => {
    const { saver, sent, planned, state } = setUp([new Error("lost"), new Error("lost")]);
    saver.save(draft(0, "1"));
    expect(await saver.flush()).toBe(false);
    expect(state()).toEqual({ waiting: new Set([0]), problem: "offline" });
    const [first] = planned.map(({ delayMs }) => delayMs);
    saver.save(draft(1, "2"));
    expect(await saver.flush()).toBe(false);
    expect(planned[0]?.delayMs).toBeGreaterThan(first ?? 0);
    expect(await saver.flush()).toBe(true);
    expect(sent.at(-1)).toEqual(draft(1, "2"));
    expect(state()).toEqual({ waiting: new Set(), problem: null });
  });

  it("end with the time", async () => {
    const { saver, sent, over, state } = setUp([{ ok: false, error: "exam-over" }]);
    saver.save(draft(0, "1"));
    saver.save(draft(1, "1"));
    await saver.flush();
    expect([over(), sent.length, state().waiting.size]).toEqual([true, 1, 0]);
  });

  it("are kept when the server refuses them, with the reason", async () => {
    const { saver, state } = setUp([{ ok: false, error: "not-signed-in" }]);
    saver.save(draft(0, "1"));
    expect(await saver.flush()).toBe(false);
    expect(state()).toEqual({ waiting: new Set([0]), problem: "not-signed-in" });
    expect(await saver.flush()).toBe(true);
  });
});
