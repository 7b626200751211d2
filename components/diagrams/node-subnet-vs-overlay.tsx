import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Divider, Figure, Machine, Mark, Name, Note } from "./grammar.tsx";

/** Where a node and its Pods take their addresses from; an address has the colour of its source. */
export function NodeSubnetVsOverlay() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("podAddresses.title")}
      steps={[
        t("podAddresses.step1"),
        t("podAddresses.step2"),
        t("podAddresses.step3"),
        t("podAddresses.step4"),
      ]}
      height={420}
    >
      <Name x={4} y={17} anchor="start">
        Azure CNI Overlay
      </Name>
      <Box
        x={4}
        y={30}
        width={124}
        height={50}
        world="vm"
        dashed
        label={t("podAddresses.subnet")}
        code="10.224.0.0/16"
      />
      <Arrow path="M130 46 H172" dotted />
      <Code x={151} y={38} anchor="middle">
        1
      </Code>
      <Box
        x={4}
        y={100}
        width={124}
        height={50}
        dashed
        label={t("podAddresses.podCidr")}
        code="10.244.0.0/16"
      />
      <Arrow path="M130 125 H172" dotted />
      <Code x={151} y={117} anchor="middle">
        /24
      </Code>
      <Machine x={174} y={30} width={146} height={138} label={t("podAddresses.node")}>
        <Code x={310} y={48} anchor="end" world="vm">
          10.224.0.4
        </Code>
      </Machine>
      <Box x={182} y={58} width={130} height={48} label="Pod" code="10.244.0.7" codeWorld="cluster" />
      <Box x={182} y={112} width={130} height={48} label="Pod" code="10.244.0.12" codeWorld="cluster" />
      <Mark x={12} y={188} />
      <Note x={27} y={192}>
        {t("podAddresses.notReached")}
      </Note>

      <Divider y={208} />
      <Name x={4} y={233} anchor="start">
        Node Subnet
      </Name>
      <Box
        x={4}
        y={290}
        width={124}
        height={50}
        world="vm"
        dashed
        label={t("podAddresses.subnet")}
        code="10.224.0.0/16"
      />
      <Arrow path="M130 315 H172" dotted />
      <Code x={151} y={307} anchor="middle">
        31
      </Code>
      <Machine x={174} y={246} width={146} height={138} label={t("podAddresses.node")}>
        <Code x={310} y={264} anchor="end" world="vm">
          10.224.0.4
        </Code>
      </Machine>
      <Box x={182} y={274} width={130} height={48} label="Pod" code="10.224.0.5" codeWorld="vm" />
      <Box
        x={182}
        y={328}
        width={130}
        height={48}
        world="vm"
        dashed
        label={t("podAddresses.more", { count: 29 })}
        remark={t("podAddresses.reserved")}
      />
      <Mark x={12} y={404} yes />
      <Note x={27} y={408}>
        {t("podAddresses.reached")}
      </Note>
    </Figure>
  );
}
