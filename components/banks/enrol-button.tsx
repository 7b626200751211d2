"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { useRouter } from "#lib/i18n/navigation.ts";

/** Puts a bank's cards into the learner's days, or takes them out. */
export function EnrolButton({
  bankId,
  enrolled,
  action,
}: {
  bankId: string;
  enrolled: boolean;
  action: (input: { bankId: string; enrolled: boolean }) => Promise<unknown>;
}) {
  const t = useTranslations("banks");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant={enrolled ? "secondary" : "primary"}
      pending={pending}
      onClick={() =>
        startTransition(async () => {
          await action({ bankId, enrolled: !enrolled });
          router.refresh();
        })
      }
    >
      {enrolled ? t("leave") : t("enrol")}
    </Button>
  );
}
