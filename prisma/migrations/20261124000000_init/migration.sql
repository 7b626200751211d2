-- CreateEnum
CREATE TYPE "Locale" AS ENUM ('ja', 'en');

-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('signUp', 'resetPassword');

-- CreateEnum
CREATE TYPE "CardPhase" AS ENUM ('new', 'learning', 'review', 'relearning');

-- CreateEnum
CREATE TYPE "ReviewType" AS ENUM ('answer', 'undo', 'redo', 'suspend', 'unsuspend', 'bury', 'reset');

-- CreateEnum
CREATE TYPE "ReviewSource" AS ENUM ('study', 'quiz', 'exam', 'cram');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "isGuest" BOOLEAN NOT NULL DEFAULT true,
    "name" TEXT,
    "email" TEXT,
    "emailVerifiedAt" TIMESTAMPTZ(3),
    "passwordHash" TEXT,
    "sessionVersion" INTEGER NOT NULL DEFAULT 0,
    "locale" "Locale" NOT NULL DEFAULT 'ja',
    "timeZone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "dayStartHour" INTEGER NOT NULL DEFAULT 4,
    "desiredRetention" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
    "newPerDay" INTEGER NOT NULL DEFAULT 12,
    "schedulerWeights" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "schedulerVersion" INTEGER NOT NULL DEFAULT 6,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerificationToken" (
    "tokenHash" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "email" TEXT NOT NULL,
    "passwordHash" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VerificationToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "MergedGuest" (
    "guestId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "mergedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MergedGuest_pkey" PRIMARY KEY ("guestId")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "windowEnd" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Area" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" JSONB NOT NULL,
    "description" JSONB NOT NULL,

    CONSTRAINT "Area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Concept" (
    "id" TEXT NOT NULL,
    "areaId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" JSONB NOT NULL,
    "summary" JSONB NOT NULL,
    "lesson" JSONB NOT NULL,
    "diagram" TEXT,
    "sources" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Concept_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConceptNeed" (
    "conceptId" TEXT NOT NULL,
    "needsId" TEXT NOT NULL,

    CONSTRAINT "ConceptNeed_pkey" PRIMARY KEY ("conceptId","needsId")
);

-- CreateTable
CREATE TABLE "Misconception" (
    "id" TEXT NOT NULL,
    "areaId" TEXT NOT NULL,
    "belief" JSONB NOT NULL,
    "model" JSONB NOT NULL,
    "symptom" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Misconception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Bank" (
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" JSONB NOT NULL,
    "description" JSONB NOT NULL,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Bank_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Item" (
    "id" TEXT NOT NULL,
    "bankId" TEXT NOT NULL,
    "conceptId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "difficulty" INTEGER NOT NULL,
    "family" TEXT,
    "contentHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ItemRevision" (
    "itemId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ItemRevision_pkey" PRIMARY KEY ("itemId","revision")
);

-- CreateTable
CREATE TABLE "Enrollment" (
    "userId" UUID NOT NULL,
    "bankId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Enrollment_pkey" PRIMARY KEY ("userId","bankId")
);

-- CreateTable
CREATE TABLE "CardState" (
    "userId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "state" "CardPhase" NOT NULL DEFAULT 'new',
    "due" TIMESTAMPTZ(3) NOT NULL,
    "stability" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "step" INTEGER NOT NULL,
    "scheduledDays" DOUBLE PRECISION NOT NULL,
    "reps" INTEGER NOT NULL,
    "lapses" INTEGER NOT NULL,
    "lastReview" TIMESTAMPTZ(3),
    "introducedAt" TIMESTAMPTZ(3),
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "buriedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "CardState_pkey" PRIMARY KEY ("userId","itemId")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "itemId" TEXT NOT NULL,
    "type" "ReviewType" NOT NULL,
    "reviewedAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision" INTEGER,
    "source" "ReviewSource",
    "locale" "Locale",
    "answer" JSONB,
    "seed" BIGINT,
    "hinted" BOOLEAN,
    "easy" BOOLEAN,
    "durationMs" INTEGER,
    "rating" INTEGER,
    "correct" BOOLEAN,
    "score" DOUBLE PRECISION,
    "misconceptions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "targetId" UUID,
    "until" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContentSync" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "contentHash" TEXT NOT NULL,
    "syncedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContentSync_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");

-- CreateIndex
CREATE INDEX "VerificationToken_userId_idx" ON "VerificationToken"("userId");

-- CreateIndex
CREATE INDEX "MergedGuest_userId_idx" ON "MergedGuest"("userId");

-- CreateIndex
CREATE INDEX "RateLimit_windowEnd_idx" ON "RateLimit"("windowEnd");

-- CreateIndex
CREATE INDEX "ConceptNeed_needsId_idx" ON "ConceptNeed"("needsId");

-- CreateIndex
CREATE INDEX "Item_bankId_idx" ON "Item"("bankId");

-- CreateIndex
CREATE INDEX "Item_conceptId_idx" ON "Item"("conceptId");

-- CreateIndex
CREATE INDEX "Enrollment_bankId_idx" ON "Enrollment"("bankId");

-- CreateIndex
CREATE INDEX "CardState_userId_due_idx" ON "CardState"("userId", "due");

-- CreateIndex
CREATE INDEX "CardState_itemId_idx" ON "CardState"("itemId");

-- CreateIndex
CREATE INDEX "Review_userId_itemId_reviewedAt_id_idx" ON "Review"("userId", "itemId", "reviewedAt", "id");

-- CreateIndex
CREATE INDEX "Review_userId_reviewedAt_idx" ON "Review"("userId", "reviewedAt");

-- CreateIndex
CREATE INDEX "Review_itemId_idx" ON "Review"("itemId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerificationToken" ADD CONSTRAINT "VerificationToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MergedGuest" ADD CONSTRAINT "MergedGuest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Concept" ADD CONSTRAINT "Concept_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConceptNeed" ADD CONSTRAINT "ConceptNeed_conceptId_fkey" FOREIGN KEY ("conceptId") REFERENCES "Concept"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConceptNeed" ADD CONSTRAINT "ConceptNeed_needsId_fkey" FOREIGN KEY ("needsId") REFERENCES "Concept"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Item" ADD CONSTRAINT "Item_bankId_fkey" FOREIGN KEY ("bankId") REFERENCES "Bank"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Item" ADD CONSTRAINT "Item_conceptId_fkey" FOREIGN KEY ("conceptId") REFERENCES "Concept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ItemRevision" ADD CONSTRAINT "ItemRevision_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enrollment" ADD CONSTRAINT "Enrollment_bankId_fkey" FOREIGN KEY ("bankId") REFERENCES "Bank"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardState" ADD CONSTRAINT "CardState_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CardState" ADD CONSTRAINT "CardState_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say, written by hand.

-- One address is one account, whatever its case: the application lower-cases, the database insists.
ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_case" CHECK (email = lower(email));
ALTER TABLE "User" ADD CONSTRAINT "User_settings_in_range" CHECK (
  "dayStartHour" BETWEEN 0 AND 23
  AND "desiredRetention" BETWEEN 0.7 AND 0.97
  AND "newPerDay" BETWEEN 0 AND 200
  AND cardinality("schedulerWeights") IN (0, 21)
);
ALTER TABLE "ContentSync" ADD CONSTRAINT "ContentSync_one_row" CHECK (id = 1);

-- A review says exactly what its type needs.
ALTER TABLE "Review" ADD CONSTRAINT "Review_answer_complete" CHECK (
  (type = 'answer') = (
    revision IS NOT NULL AND source IS NOT NULL AND locale IS NOT NULL AND answer IS NOT NULL AND seed IS NOT NULL
    AND hinted IS NOT NULL AND easy IS NOT NULL AND "durationMs" IS NOT NULL
    AND rating IS NOT NULL AND correct IS NOT NULL AND score IS NOT NULL
  )
);
ALTER TABLE "Review" ADD CONSTRAINT "Review_values_in_range" CHECK (
  rating BETWEEN 1 AND 4 AND score BETWEEN 0 AND 1 AND "durationMs" >= 0 AND seed BETWEEN 0 AND 4294967295
);
ALTER TABLE "Review" ADD CONSTRAINT "Review_target" CHECK ((type IN ('undo', 'redo')) = ("targetId" IS NOT NULL));
ALTER TABLE "Review" ADD CONSTRAINT "Review_until" CHECK ((type = 'bury') = (until IS NOT NULL));
ALTER TABLE "Review" ADD CONSTRAINT "Review_not_from_the_future" CHECK ("reviewedAt" <= "receivedAt");

-- Reviews are facts: nobody changes or deletes them. Three things may happen to a row all the same:
-- `undoneAt` follows undo and redo events; a guest's reviews become those of the account that the guest signs in to;
-- and erasing an account, which names itself in a transaction-local setting, takes its reviews along.
CREATE FUNCTION podshift_guard_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'reviews are append-only: TRUNCATE refused';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF current_setting('podshift.erasing', true) = OLD."userId"::text THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'reviews are append-only: DELETE refused';
  END IF;
  SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO changed
    FROM jsonb_each(to_jsonb(NEW)) WHERE value IS DISTINCT FROM to_jsonb(OLD) -> key;
  IF changed - 'undoneAt' = '{}' THEN
    RETURN NEW;
  END IF;
  IF changed - 'userId' = '{}'
     AND (SELECT "isGuest" FROM "User" WHERE id = OLD."userId")
     AND NOT (SELECT "isGuest" FROM "User" WHERE id = NEW."userId") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'reviews are append-only: UPDATE refused';
END $$;
CREATE TRIGGER podshift_guard_review BEFORE UPDATE OR DELETE ON "Review"
  FOR EACH ROW EXECUTE FUNCTION podshift_guard_review();
CREATE TRIGGER podshift_guard_review_truncate BEFORE TRUNCATE ON "Review"
  FOR EACH STATEMENT EXECUTE FUNCTION podshift_guard_review();
