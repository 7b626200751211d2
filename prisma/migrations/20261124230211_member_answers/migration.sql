-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "number" SERIAL NOT NULL;

-- CreateTable
CREATE TABLE "MemberAnswers" (
    "teamId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "first" BYTEA NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "last" BYTEA NOT NULL,

    CONSTRAINT "MemberAnswers_pkey" PRIMARY KEY ("teamId","userId","itemId")
);

-- CreateIndex
CREATE INDEX "MemberAnswers_itemId_idx" ON "MemberAnswers"("itemId");

-- CreateIndex
CREATE UNIQUE INDEX "Item_number_key" ON "Item"("number");

-- AddForeignKey
ALTER TABLE "MemberAnswers" ADD CONSTRAINT "MemberAnswers_teamId_userId_fkey" FOREIGN KEY ("teamId", "userId") REFERENCES "Membership"("teamId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemberAnswers" ADD CONSTRAINT "MemberAnswers_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
