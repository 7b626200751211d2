import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";

/** Links that some programs would cut off. */
const LONG = 8000;

/** Hands out a link to what is on screen. */
export function Share({ link }: { link: () => Promise<string> }) {
  const t = useTranslations("playground.share");
  const [state, setState] = useState<{ url: string; copied: boolean } | null>(null);
  const share = async () => {
    const url = new URL(await link(), window.location.origin).href;
    const copied = await navigator.clipboard?.writeText(url).then(
      () => true,
      () => false,
    );
    setState({ url, copied: copied ?? false });
  };
  return (
    <div className="grid gap-2">
      <Button size="sm" className="justify-self-start" onClick={share}>
        {t("button")}
      </Button>
      <div role="status" className="grid gap-2 text-sm" data-testid="share">
        {state ? (
          <>
            <p>
              {t(state.copied ? "copied" : "copyYourself")} {state.url.length > LONG ? t("long") : null}
            </p>
            <TextField
              label={t("link")}
              readOnly
              value={state.url}
              onFocus={(event) => event.currentTarget.select()}
              className="font-mono text-xs"
            />
          </>
        ) : null}
      </div>
    </div>
  );
}
