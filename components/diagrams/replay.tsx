"use client";

import { Fragment, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** A drawing that moved once and can be asked to do so again. Under reduced motion there is nothing to ask for. */
export function Replay({ label, children }: { label: string; children: ReactNode }) {
  const [run, setRun] = useState(0);
  return (
    <div className="grid justify-items-center gap-1">
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
