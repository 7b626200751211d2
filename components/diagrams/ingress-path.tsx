import { useTranslations } from "next-intl";
import { Arrow, Box, Figure, Note } from "./grammar.tsx";

/** The Ingress is a blueprint that the controller reads; requests go through the controller to two Services by path. */
export function IngressPath() {
  const t = useTranslations("diagrams.ingress");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={376}>
      <Box x={12} y={10} width={140} height={44} world="outside" label={t("client")} detail="example.com" />
      <Arrow path="M82 54 V106" />
      <Note x={90} y={84}>
        {t("request")}
      </Note>
      <Box
        x={12}
        y={110}
        width={140}
        height={60}
        world="cluster"
        label={t("controller")}
        detail={t("architect")}
      />
      <Box
        x={212}
        y={110}
        width={136}
        height={60}
        world="cluster"
        dashed
        label="Ingress"
        detail={t("blueprint")}
      />
      <Arrow path="M212 140 H154" dotted />
      <Note x={183} y={132} anchor="middle">
        {t("watches")}
      </Note>
      <Arrow path="M60 170 V222" />
      <Arrow path="M104 170 C104 200 270 190 270 222" />
      <Note x={12} y={202}>
        /shop
      </Note>
      <Note x={226} y={196}>
        /blog
      </Note>
      <Box x={12} y={226} width={140} height={44} world="cluster" dashed label="Service shop" />
      <Box x={208} y={226} width={140} height={44} world="cluster" dashed label="Service blog" />
      <Arrow path="M48 270 V314" />
      <Arrow path="M116 270 V314" />
      <Arrow path="M278 270 V314" />
      <Box x={12} y={318} width={66} height={46} world="cluster" label="Pod" detail="shop-1" />
      <Box x={86} y={318} width={66} height={46} world="cluster" label="Pod" detail="shop-2" />
      <Box x={245} y={318} width={66} height={46} world="cluster" label="Pod" detail="blog-1" />
    </Figure>
  );
}
