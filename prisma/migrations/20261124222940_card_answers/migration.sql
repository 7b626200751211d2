-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "number" SERIAL NOT NULL;

-- CreateTable
CREATE TABLE "CardAnswers" (
    "userId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "first" BYTEA NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "last" BYTEA NOT NULL,

    CONSTRAINT "CardAnswers_pkey" PRIMARY KEY ("userId","itemId")
);

-- CreateIndex
CREATE INDEX "CardAnswers_itemId_idx" ON "CardAnswers"("itemId");

-- CreateIndex
CREATE UNIQUE INDEX "Item_number_key" ON "Item"("number");

-- AddForeignKey
ALTER TABLE "CardAnswers" ADD CONSTRAINT "CardAnswers_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardAnswers" ADD CONSTRAINT "CardAnswers_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is there already: packed as `lib/server/db/sql/card-answers.ts` says.
WITH first AS (
    SELECT DISTINCT ON ("userId", "itemId") * FROM "Review"
    WHERE type = 'answer' AND "undoneAt" IS NULL AND source <> 'cram'
    ORDER BY "userId", "itemId", "reviewedAt", id
), last AS (
    SELECT DISTINCT ON ("userId", "itemId") * FROM "Review"
    WHERE type = 'answer' AND "undoneAt" IS NULL AND source <> 'cram'
    ORDER BY "userId" DESC, "itemId" DESC, "reviewedAt" DESC, id DESC
)
INSERT INTO "CardAnswers" ("userId", "itemId", "firstAt", "first", "lastAt", "last")
SELECT f."userId", f."itemId", f."reviewedAt",
    int4send(i.number) || int4send(f."durationMs") || int2send(f.revision::int2) || substring(int2send((
        SELECT coalesce(sum(1 << (o.n - 1)::int), 0)
        FROM jsonb_array_elements(fv.payload->'options') WITH ORDINALITY o(option, n)
        WHERE f.answer->>'option' = o.option->>'id' OR jsonb_exists(f.answer->'options', o.option->>'id')
    )::int2) FROM 2) || substring(int2send(f.correct::int::int2) FROM 2),
    l."reviewedAt",
    int4send(i.number) || int8send((extract(epoch FROM l."reviewedAt") * 1000)::bigint) || int2send(l.revision::int2) || int4send((
        SELECT coalesce(sum(1 << (b.n - 1)::int), 0)
        FROM (SELECT belief, row_number() OVER () AS n FROM (
            SELECT DISTINCT (jsonb_path_query(lv.payload, '$.**.misconception') #>> '{}') COLLATE "C" AS belief ORDER BY belief
        ) sorted) b
        WHERE b.belief = ANY(l.misconceptions)
    )::int4)
FROM first f
JOIN last l ON l."userId" = f."userId" AND l."itemId" = f."itemId"
JOIN "Item" i ON i.id = f."itemId"
JOIN "ItemRevision" fv ON fv."itemId" = f."itemId" AND fv.revision = f.revision
JOIN "ItemRevision" lv ON lv."itemId" = l."itemId" AND lv.revision = l.revision;
