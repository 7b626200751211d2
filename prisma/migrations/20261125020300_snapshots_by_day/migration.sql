-- A row for each day of a person instead of one for each of its concepts.
ALTER TABLE "ReadinessSnapshot" RENAME TO "SnapshotCell";
ALTER TABLE "SnapshotCell" DROP CONSTRAINT "ReadinessSnapshot_pkey";
ALTER TABLE "SnapshotCell" DROP CONSTRAINT "ReadinessSnapshot_userId_fkey";
ALTER TABLE "SnapshotCell" DROP CONSTRAINT "ReadinessSnapshot_conceptId_fkey";

-- CreateTable
CREATE TABLE "ReadinessSnapshot" (
    "userId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "chances" JSONB NOT NULL,

    CONSTRAINT "ReadinessSnapshot_pkey" PRIMARY KEY ("userId","day")
);

-- AddForeignKey
ALTER TABLE "ReadinessSnapshot" ADD CONSTRAINT "ReadinessSnapshot_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "ReadinessSnapshot" ("userId", "day", "chances")
SELECT "userId", "day", jsonb_object_agg("conceptId", round("chance"::numeric, 6)) FROM "SnapshotCell" GROUP BY 1, 2;

DROP TABLE "SnapshotCell";
