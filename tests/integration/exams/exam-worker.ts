/** An app process that takes exams over HTTP, as the pages' actions do: the body is the command, who asks and its input. */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { Person } from "#lib/server/auth/viewer.ts";
import { closeOverdueAttempts } from "#lib/server/commands/close-attempts.ts";
import { saveExamAnswer } from "#lib/server/commands/save-exam-answer.ts";
import { startExam } from "#lib/server/commands/start-exam.ts";
import { submitExam } from "#lib/server/commands/submit-exam.ts";
import { openDatabase } from "#lib/server/db/client.ts";

const commands = {
  start: startExam,
  save: saveExamAnswer,
  submit: submitExam,
  close: async () => ({ ok: true, value: await closeOverdueAttempts(Date.now()) }),
};

await openDatabase({ databaseUrl: process.env.DATABASE_URL, dataFolder: "" });
createServer(async (request, response) => {
  const { command, person, input } = JSON.parse(await text(request)) as {
    command: keyof typeof commands;
    person: Person;
    input: never;
  };
  const outcome = await commands[command](person, input, Date.now()).catch(() => null);
  response.statusCode = outcome ? 200 : 500;
  response.end(JSON.stringify(outcome));
}).listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));
