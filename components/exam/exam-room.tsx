"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { ExamScreen } from "./exam-screen.tsx";

/** The attempt that is under way, or what there is to say without one. When an attempt ends, the focus is on its result. */
export function ExamRoom({
  open,
  children,
}: {
  open: ComponentProps<typeof ExamScreen> | null;
  children: ReactNode;
}) {
  const outside = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (!open && wasOpen.current) outside.current?.focus();
    wasOpen.current = open !== null;
  }, [open]);
  if (open) return <ExamScreen key={open.attemptId} {...open} />;
  return (
    <div ref={outside} tabIndex={-1} className="outline-none">
      {children}
    </div>
  );
}
