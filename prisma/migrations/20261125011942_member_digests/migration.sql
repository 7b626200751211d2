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

-- What was kept until now was another last answer. All of it is counted anew at the next start.
DELETE FROM "MemberAnswers";
