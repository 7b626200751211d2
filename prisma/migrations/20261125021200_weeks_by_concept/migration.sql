-- AlterTable
ALTER TABLE "Concept" ADD COLUMN     "number" SERIAL NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Concept_number_key" ON "Concept"("number");
