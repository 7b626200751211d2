-- CreateTable
CREATE TABLE "MemberDigest" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "cards" BYTEA NOT NULL,
    "firsts" BYTEA NOT NULL,
    "lasts" BYTEA NOT NULL,

    CONSTRAINT "MemberDigest_pkey" PRIMARY KEY ("teamId","userId")
);

-- CreateTable
CREATE TABLE "MemberWeek" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "week" DATE NOT NULL,
    "answers" BYTEA NOT NULL,

    CONSTRAINT "MemberWeek_pkey" PRIMARY KEY ("teamId","userId","week")
);

-- AddForeignKey
ALTER TABLE "MemberDigest" ADD CONSTRAINT "MemberDigest_teamId_userId_fkey" FOREIGN KEY ("teamId", "userId") REFERENCES "Membership"("teamId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberWeek" ADD CONSTRAINT "MemberWeek_teamId_userId_fkey" FOREIGN KEY ("teamId", "userId") REFERENCES "Membership"("teamId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- Compressing takes time and saves little of numbers.
ALTER TABLE "MemberDigest" ALTER COLUMN "cards" SET STORAGE EXTERNAL, ALTER COLUMN "firsts" SET STORAGE EXTERNAL, ALTER COLUMN "lasts" SET STORAGE EXTERNAL;
ALTER TABLE "MemberWeek" ALTER COLUMN "answers" SET STORAGE EXTERNAL;

-- What members have done so far: as `lib/server/db/sql/member-figures.ts` packs it.
INSERT INTO "MemberDigest" ("teamId", "userId", "cards", "firsts", "lasts")
SELECT m."teamId", m."userId",
    coalesce((
        SELECT string_agg(int4send(i."number") || float8send(s."stability")
            || float8send((extract(epoch FROM s."lastReview") * 1000)::float8)
            || float8send(coalesce((extract(epoch FROM s."introducedAt") * 1000)::float8, 0)), '' ORDER BY i."number")
        FROM "CardState" s JOIN "Item" i ON i."id" = s."itemId"
        WHERE s."userId" = m."userId" AND s."lastReview" IS NOT NULL), ''),
    coalesce((
        SELECT string_agg(a."first" || float8send((extract(epoch FROM a."firstAt") * 1000)::float8), '' ORDER BY a."itemId")
        FROM "MemberAnswers" a WHERE a."teamId" = m."teamId" AND a."userId" = m."userId"), ''),
    coalesce((
        SELECT string_agg(a."last", '' ORDER BY a."itemId")
        FROM "MemberAnswers" a WHERE a."teamId" = m."teamId" AND a."userId" = m."userId"), '')
FROM "Membership" m;

INSERT INTO "MemberWeek" ("teamId", "userId", "week", "answers")
SELECT "teamId", "userId", "week", string_agg(int4send("number") || int2send(least("count", 32767)::int2)
    || int4send(least("durationMs", 2147483647)::int4), '' ORDER BY "number")
FROM (
    SELECT m."teamId", m."userId", date_trunc('week', r."reviewedAt" AT TIME ZONE t."timeZone")::date AS "week", i."number",
        count(*) AS "count", sum(r."durationMs") AS "durationMs"
    FROM "Membership" m
    JOIN "Team" t ON t."id" = m."teamId"
    JOIN "Review" r ON r."userId" = m."userId" AND r."reviewedAt" >= m."joinedAt" AND r."type" = 'answer' AND r."undoneAt" IS NULL
    JOIN "Item" i ON i."id" = r."itemId"
    GROUP BY 1, 2, 3, 4
) answered
GROUP BY 1, 2, 3;
