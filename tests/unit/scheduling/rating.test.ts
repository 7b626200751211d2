import { describe, expect, it } from "vitest";
import type { Grade, SelfRating } from "#lib/core/questions/index.ts";
import { RATINGS } from "#lib/core/reviews/event.ts";
import { ratingOf } from "#lib/core/scheduling/index.ts";

const { again, hard, good, easy } = RATINGS;
const graded = (correct: boolean): Grade => ({ correct, score: correct ? 1 : 0.5, misconceptions: [] });
const choice = { option: "a" };

describe("the rating of an answer", () => {
  it.each([
    { correct: false, hinted: false, easy: false, rating: again },
    { correct: false, hinted: true, easy: true, rating: again },
    { correct: true, hinted: false, easy: false, rating: good },
    { correct: true, hinted: false, easy: true, rating: easy },
    { correct: true, hinted: true, easy: false, rating: hard },
    { correct: true, hinted: true, easy: true, rating: hard },
  ])("correct $correct, hinted $hinted, easy $easy: $rating", ({ correct, rating, ...flags }) => {
    expect(ratingOf(graded(correct), choice, flags)).toBe(rating);
  });

  it.each<[SelfRating, number, number]>([
    ["again", again, again],
    ["hard", hard, hard],
    ["good", good, hard],
    ["easy", easy, hard],
  ])("is the learner's own on a flashcard judged %s, at most Hard after a hint", (recall, own, hinted) => {
    const rate = (flags: { hinted: boolean; easy: boolean }) =>
      ratingOf(graded(recall !== "again"), { recall }, flags);
    expect(rate({ hinted: false, easy: false })).toBe(own);
    expect(rate({ hinted: true, easy: false })).toBe(hinted);
  });
});
