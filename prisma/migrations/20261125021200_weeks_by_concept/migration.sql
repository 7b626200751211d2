-- AlterTable
ALTER TABLE "Concept" ADD COLUMN     "number" SERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Concept_number_key" ON "Concept"("number");

-- Smaller: stability of cards in single precision, weeks by concept instead of by item.
UPDATE "MemberDigest" d SET "cards" = coalesce((
    SELECT string_agg(int4send(i."number") || float4send(s."stability"::float4)
        || float8send((extract(epoch FROM s."lastReview") * 1000)::float8)
        || float8send(coalesce((extract(epoch FROM s."introducedAt") * 1000)::float8, 0)), '' ORDER BY i."number")
    FROM "CardState" s JOIN "Item" i ON i."id" = s."itemId"
    WHERE s."userId" = d."userId" AND s."lastReview" IS NOT NULL), '');

DELETE FROM "MemberWeek";
INSERT INTO "MemberWeek" ("teamId", "userId", "week", "answers")
SELECT "teamId", "userId", "week", string_agg(int2send("number"::int2) || int2send(least("count", 32767)::int2)
    || int4send(least("durationMs", 2147483647)::int4), '' ORDER BY "number")
FROM (
    SELECT m."teamId", m."userId", date_trunc('week', r."reviewedAt" AT TIME ZONE t."timeZone")::date AS "week", c."number",
        count(*) AS "count", sum(r."durationMs") AS "durationMs"
    FROM "Membership" m
    JOIN "Team" t ON t."id" = m."teamId"
    JOIN "Review" r ON r."userId" = m."userId" AND r."reviewedAt" >= m."joinedAt" AND r."type" = 'answer' AND r."undoneAt" IS NULL
    JOIN "Item" i ON i."id" = r."itemId"
    JOIN "Concept" c ON c."id" = i."conceptId"
    GROUP BY 1, 2, 3, 4
) answered
GROUP BY 1, 2, 3;
