import { useEffect, useRef } from "react";

/** Tells a screen that wants to know of each change what the answer is by now. */
export function useDraft<A>(answer: A | null, onChange: ((answer: A | null) => void) | undefined): void {
  const told = useRef(JSON.stringify(answer));
  useEffect(() => {
    const text = JSON.stringify(answer);
    if (text === told.current) return;
    told.current = text;
    onChange?.(answer);
  });
}
