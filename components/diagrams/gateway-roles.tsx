import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Divider, Figure, Name, Note, Twin } from "./grammar.tsx";

/** Three kinds of object, each pointing at the one above it, and who owns which. */
export function GatewayRoles() {
  const t = useTranslations("diagrams.gatewayRoles");
  return (
    <Figure title={t("title")} steps={[t("step1"), t("step2"), t("step3"), t("step4")]} height={318}>
      <Owner y={8} name={t("provider")} decides={t("providerDecides")} />
      <Box x={144} y={10} width={176} height={50} dashed label="GatewayClass" code="approuting-istio" />

      <Arrow path="M232 114 V62" dotted />
      <Code x={223} y={86} anchor="end">
        gatewayClassName
      </Code>
      <Divider y={100} />
      <Owner y={114} name={t("operator")} decides={t("operatorDecides")} twin={t("gatewayTwin")} />
      <Box x={144} y={116} width={176} height={68} dashed label="Gateway" code={["shared", "HTTPS :443"]} />

      <Arrow path="M186 238 V186" dotted />
      <Arrow path="M278 238 V186" dotted />
      <Code x={232} y={210} anchor="middle">
        parentRefs
      </Code>
      <Divider y={224} />
      <Owner y={238} name={t("developer")} decides={t("developerDecides")} twin={t("routeTwin")} />
      <Box x={144} y={240} width={84} height={50} dashed label="HTTPRoute" code="/shop" />
      <Box x={236} y={240} width={84} height={50} dashed label="HTTPRoute" code="/blog" />
    </Figure>
  );
}

function Owner({ y, name, decides, twin }: { y: number; name: string; decides: string; twin?: string }) {
  const below = y + 36 + 17 * (name.split("\n").length - 1);
  return (
    <>
      <path
        d={`M7 ${y + 18} V${y + 17} A6 6 0 0 1 19 ${y + 17} V${y + 18} Z M13 ${y + 1} a4 4 0 1 1 0 8 a4 4 0 1 1 0 -8`}
        strokeWidth="1.5"
        strokeLinejoin="round"
        className="fill-raised stroke-line-strong"
      />
      <Name x={29} y={y + 15} anchor="start">
        {name}
      </Name>
      <Note x={29} y={below}>
        {decides}
      </Note>
      {twin ? (
        <Twin x={29} y={below + 18}>
          {twin}
        </Twin>
      ) : null}
    </>
  );
}
