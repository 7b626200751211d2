"use client";

import { useEffect } from "react";
import { useRouter } from "#lib/i18n/navigation.ts";

/** Shows the page anew whenever a content file was saved. */
export function ReloadOnSave() {
  const router = useRouter();
  useEffect(() => {
    const changes = new EventSource("/api/author/changes");
    changes.onmessage = () => router.refresh();
    return () => changes.close();
  }, [router]);
  return null;
}
