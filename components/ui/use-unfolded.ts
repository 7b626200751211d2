import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether an element has been laid out by now: what is folded away is not, until somebody unfolds it. */
export function useUnfolded<E extends Element>(): [RefObject<E | null>, boolean] {
  const ref = useRef<E>(null);
  const [isUnfolded, setUnfolded] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || isUnfolded) return;
    const observer = new ResizeObserver(() => {
      if (element.getClientRects().length > 0) setUnfolded(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isUnfolded]);
  return [ref, isUnfolded];
}
