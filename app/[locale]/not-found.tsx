import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/surface.tsx";

/** An address without a page, told as the story of the place: the Pod that was there has gone. */
export default function NotFoundPage() {
  const t = useTranslations("notFound");
  return (
    <Card className="mx-auto grid max-w-xl justify-items-center gap-5 py-12 text-center">
      <svg viewBox="0 0 200 60" aria-hidden="true" className="w-52 font-mono">
        <rect
          x="1"
          y="8"
          width="82"
          height="44"
          rx="8"
          strokeWidth="1.5"
          className="fill-vm-soft stroke-vm"
        />
        <text x="42" y="34" fontSize="11" textAnchor="middle" className="fill-vm-ink">
          GET /
        </text>
        <path d="M90 30 H112" strokeWidth="1.75" strokeDasharray="2 4" className="stroke-ink-muted" />
        <rect
          x="118"
          y="8"
          width="81"
          height="44"
          rx="8"
          strokeWidth="1.5"
          strokeDasharray="5 4"
          className="fill-none stroke-pod"
        />
        <text x="158" y="34" fontSize="11" textAnchor="middle" className="fill-pod-ink">
          404
        </text>
      </svg>
      <div className="grid gap-2">
        <h1 className="text-2xl">{t("title")}</h1>
        <p className="text-ink-muted">{t("help")}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <LinkButton href="/" variant="primary">
          {t("toToday")}
        </LinkButton>
        <LinkButton href="/banks">{t("toBanks")}</LinkButton>
      </div>
    </Card>
  );
}
