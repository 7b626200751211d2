import { useEffect, useRef } from "react";

/**
 * Calls `leave` when the screen goes away: for another page or language, or with its tab. It may come back as it was,
 * from the router's cache or the browser's; then `comeBack` is called. Both see what was rendered last.
 */
export function useLeaving(leave: () => void, comeBack?: () => void): void {
  const latest = useRef({ leave, comeBack });
  useEffect(() => {
    latest.current = { leave, comeBack };
  });
  useEffect(() => {
    latest.current.comeBack?.();
    const onHide = () => latest.current.leave();
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (persisted) latest.current.comeBack?.();
    };
    window.addEventListener("pagehide", onHide);
    window.addEventListener("pageshow", onShow);
    return () => {
      window.removeEventListener("pagehide", onHide);
      window.removeEventListener("pageshow", onShow);
      onHide();
    };
  }, []);
}
