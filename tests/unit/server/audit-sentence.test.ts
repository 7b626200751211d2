import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { auditSentence, nameOf } from "#lib/server/audit-sentence.ts";
import { AUDIT_ACTIONS } from "#lib/server/commands/audit.ts";
import en from "../../../content/messages/en.json" with { type: "json" };
import ja from "../../../content/messages/ja.json" with { type: "json" };

const faults: string[] = [];
const onError = ({ message }: Error) => faults.push(message);
const words = [
  createTranslator({ locale: "en", messages: en, namespace: "audit", onError }),
  createTranslator({ locale: "ja", messages: ja as unknown as typeof en, namespace: "audit", onError }),
] as const;
const entry = { id: "1", at: 0, actor: null, subject: null };

describe("a sentence of the log", () => {
  it.each(AUDIT_ACTIONS)("tells of %s in both languages, even with nothing more to say", (action) => {
    for (const t of words) {
      expect(auditSentence({ ...entry, action, details: {} }, t)).not.toContain("audit.");
      expect(t(`names.${action}`)).not.toContain("audit.");
    }
    expect(faults).toEqual([]);
  });

  it("names roles in the reader's language, and says how somebody came", () => {
    const details = { by: "domain", role: "learner" };
    expect(words.map((t) => auditSentence({ ...entry, action: "member.joined", details }, t))).toEqual([
      "Joined as learner, by the domain of their address",
      "受講者として参加（メールのドメイン）",
    ]);
  });

  it("calls whoever erased their account by the end of an id that says nothing else", () => {
    const person = { id: "019ab3f0-0000-7000-8000-00000000f2a1", name: null };
    expect(words.map((t) => nameOf(person, t))).toEqual(["Former member f2a1", "元メンバー f2a1"]);
  });
});
