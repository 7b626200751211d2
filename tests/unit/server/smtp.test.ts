import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { deliver as Deliver } from "#lib/server/mail/send.ts";

/** What the mail server was told. */
let heard = "";
/** What it answers to each recipient, or nothing at all. */
let answer: string | null;
let server: Server;
let deliver: typeof Deliver;

/** A mail server that speaks just enough to be believed. */
beforeAll(async () => {
  server = createServer((socket) => {
    let inData = false;
    socket.write("220 mail.example ESMTP\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      heard += chunk;
      for (const line of String(chunk).split("\r\n").filter(Boolean)) {
        if (inData) {
          if (line !== ".") continue;
          inData = false;
          socket.write("250 taken\r\n");
        } else if (line.startsWith("RCPT")) {
          if (answer) socket.write(`${answer}\r\n`);
        } else if (line === "DATA") {
          inData = true;
          socket.write("354 go on\r\n");
        } else socket.write("250 fine\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The mail server has no port");
  process.env.SMTP_URL = `smtp://127.0.0.1:${address.port}?ignoreTLS=true&socketTimeout=300`;
  ({ deliver } = await import("#lib/server/mail/send.ts"));
});
afterAll(() => server.close());
beforeEach(() => {
  heard = "";
  answer = "250 fine";
});

const letter = {
  to: "lena@example.com",
  subject: "Due soon",
  text: "Three days are left.",
  headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
  identity: { id: "letter", edition: "2026-11-24" },
};

it("a letter goes to the mail server, with the same Message-ID each time", async () => {
  await deliver(letter);
  await deliver(letter);
  expect(heard.match(/^Message-ID: <letter\.2026-11-24@localhost>\r$/gm)).toHaveLength(2);
  expect(heard).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  expect(heard).toContain("Three days are left.");
});

it("a letter that is refused throws, with what the mail server called it", async () => {
  answer = "550 no such person";
  await expect(deliver(letter)).rejects.toMatchObject({ code: "EENVELOPE", responseCode: 550 });
});

it("a mail server that says nothing any more is not waited for", async () => {
  answer = null;
  await expect(deliver(letter)).rejects.toMatchObject({ code: "ETIMEDOUT" });
});
