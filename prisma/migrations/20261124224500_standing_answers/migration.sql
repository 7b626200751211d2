-- Activity of a whole team reads hundreds of thousands of answers and four of their columns: from the index alone. Partial, so
-- Prisma's schema does not know of it.
CREATE INDEX "Review_standing_answers_idx" ON "Review" ("userId", "reviewedAt") INCLUDE ("itemId", "durationMs")
  WHERE type = 'answer' AND "undoneAt" IS NULL;
