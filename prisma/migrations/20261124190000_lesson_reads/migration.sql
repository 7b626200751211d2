-- CreateTable
CREATE TABLE "LessonRead" (
    "userId" UUID NOT NULL,
    "conceptId" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "skipped" BOOLEAN NOT NULL,

    CONSTRAINT "LessonRead_pkey" PRIMARY KEY ("userId","conceptId")
);

-- CreateIndex
CREATE INDEX "LessonRead_conceptId_idx" ON "LessonRead"("conceptId");

-- AddForeignKey
ALTER TABLE "LessonRead" ADD CONSTRAINT "LessonRead_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LessonRead" ADD CONSTRAINT "LessonRead_conceptId_fkey" FOREIGN KEY ("conceptId") REFERENCES "Concept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
