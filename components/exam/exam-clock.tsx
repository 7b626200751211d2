"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

/** Moments that are worth a word, in minutes before the end. */
const WORDS_AT = [10, 5, 1];

/**
 * The time that is left, by a deadline on this machine's clock that the server's answers correct. It is told to screen readers
 * at a few moments, not every second.
 */
export function ExamClock({
  deadline,
  onEnding,
  onEnd,
}: {
  /** Ms since the epoch, by this machine's clock. */
  deadline: number;
  /** A moment before the end: what is not sent yet should be. */
  onEnding: () => void;
  onEnd: () => void;
}) {
  const t = useTranslations("exam");
  const [seconds, setSeconds] = useState<number | null>(null);
  const [word, setWord] = useState("");
  // It outlives corrections of the deadline, so that no moment is missed between two of them.
  const before = useRef(Number.POSITIVE_INFINITY);
  const latest = useRef({ onEnding, onEnd });
  useEffect(() => {
    latest.current = { onEnding, onEnd };
  });
  useEffect(() => {
    const tick = () => {
      const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
      const passed = WORDS_AT.find((minutes) => left <= minutes * 60 && before.current > minutes * 60);
      // Not at once: whoever comes back with three minutes left sees them.
      if (passed && Number.isFinite(before.current)) setWord(t("minutesLeft", { minutes: passed }));
      if (left <= ENDING_SECONDS && before.current > ENDING_SECONDS) latest.current.onEnding();
      if (left === 0 && before.current > 0) latest.current.onEnd();
      before.current = left;
      setSeconds(left);
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [deadline, t]);
  return (
    <>
      <span
        role="timer"
        aria-label={t("timeLeft")}
        className={`font-mono tabular-nums ${seconds !== null && seconds <= 60 ? "font-semibold text-warn" : ""}`}
      >
        {seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`}
      </span>
      <span role="status" className="sr-only">
        {word}
      </span>
    </>
  );
}

const ENDING_SECONDS = 3;
