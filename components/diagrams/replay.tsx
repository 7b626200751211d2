"use client";

import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

/**
 * A drawing that moves once when it comes into view and can be asked to do so again. Under reduced motion there is
 * nothing to ask for.
 */
export function Replay({ label, children }: { label: string; children: ReactNode }) {
  const [run, setRun] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        setRun((before) => before + 1);
      },
      { threshold: 0.6 },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className="grid justify-items-center gap-1">
      <Fragment key={run}>{children}</Fragment>
      <Button
        variant="quiet"
        size="sm"
        className="motion-reduce:hidden"
        onClick={() => setRun((before) => before + 1)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
          <path
            d="M13 8a5 5 0 1 1-1.6-3.7M12.6 1.6v3.1H9.5"
            fill="none"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
            className="stroke-current"
          />
        </svg>
        {label}
      </Button>
    </div>
  );
}
