import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Note, Twin } from "./grammar.tsx";

/** The Ingress is a blueprint; the controller reads it and sets up a proxy, which sends requests to Services by path. */
export function IngressPath() {
  const t = useTranslations("diagrams.ingress");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={376}>
      <Box x={4} y={6} width={128} height={50} world="none" label={t("client")} code="example.com" />
      <Box x={192} y={6} width={128} height={50} dashed label="Ingress" remark={t("blueprint")} />
      <Twin x={320} y={73} anchor="end">
        {t("ingressTwin")}
      </Twin>

      <Arrow path="M68 58 V107" />
      <Note x={76} y={88}>
        HTTPS
      </Note>
      <Arrow path="M256 80 V107" dotted />
      <Note x={264} y={98}>
        {t("reads")}
      </Note>
      <Box x={4} y={110} width={128} height={50} label={t("proxy")} remark={t("carries")} />
      <Twin x={4} y={177}>
        Application Gateway
      </Twin>
      <Box x={192} y={110} width={128} height={50} label={t("controller")} remark={t("architect")} />
      <Arrow path="M190 135 H135" dotted />
      <Note x={163} y={127} anchor="middle">
        {t("setsUp")}
      </Note>

      <Arrow path="M52 183 V231" />
      <Code x={60} y={212}>
        /shop
      </Code>
      <Arrow path="M132 150 C176 156 256 186 256 231" />
      <Code x={190} y={208}>
        /blog
      </Code>
      <Box x={4} y={234} width={128} height={40} dashed label="Service shop" />
      <Box x={192} y={234} width={128} height={40} dashed label="Service blog" />
      <Arrow path="M34 274 V315" />
      <Arrow path="M102 274 V315" />
      <Arrow path="M256 274 V315" />
      <Box x={4} y={318} width={60} height={50} label="Pod" code="shop-1" />
      <Box x={72} y={318} width={60} height={50} label="Pod" code="shop-2" />
      <Box x={226} y={318} width={60} height={50} label="Pod" code="blog-1" />
    </Figure>
  );
}
