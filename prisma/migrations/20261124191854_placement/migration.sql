-- AlterEnum
ALTER TYPE "ReviewSource" ADD VALUE 'placement';

-- AlterEnum
ALTER TYPE "ReviewType" ADD VALUE 'know';
