import { useTranslations } from "next-intl";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** What stands where a page will be: its title and two blocks. */
export default function LoadingPage() {
  const t = useTranslations("loading");
  return (
    <div role="status" data-loading="" className="grid gap-6">
      <span className="sr-only">{t("page")}</span>
      <Skeleton className="h-9 w-56 max-w-full" />
      <Skeleton className="h-40" />
      <Skeleton className="h-64" />
    </div>
  );
}
