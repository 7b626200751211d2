import { useTranslations } from "next-intl";
import { Arrow, Box, Code, Figure, Note, Packet } from "./grammar.tsx";

const HOPS = [
  { y: 56, from: "198.51.100.7", to: "203.0.113.9:80" },
  { y: 144, from: "198.51.100.7", to: "203.0.113.9:80" },
  { y: 232, from: "198.51.100.7", to: "10.244.1.8:8000", newTo: true },
  { y: 320, from: "10.244.1.8", to: "10.244.3.9:8080", newFrom: true, newTo: true },
];

/** A request's way in, with the addresses that its packets carry on each hop. */
export function PacketIn() {
  const t = useTranslations("diagrams");
  return (
    <Figure
      title={t("packetIn.title")}
      steps={[t("packetIn.step1"), t("packetIn.step2"), t("packetIn.step3"), t("packetIn.step4")]}
      height={414}
      moving
    >
      <Box x={4} y={6} width={148} height={50} world="none" label={t("common.client")} code="198.51.100.7" />
      <Box x={4} y={94} width={148} height={50} world="vm" label="Azure Load Balancer" code="203.0.113.9" />
      <Note x={166} y={123}>
        {t("packetIn.lb")}
      </Note>
      <Box
        x={4}
        y={182}
        width={148}
        height={50}
        world="none"
        dashed
        label={t("packetIn.rules")}
        code="10.224.0.5"
      />
      <Note x={166} y={211}>
        {t("packetIn.rewrite")}
      </Note>
      <Box x={4} y={270} width={148} height={50} label={t("packetIn.proxy")} code="10.244.1.8" />
      <Note x={166} y={299}>
        {t("packetIn.terminate")}
      </Note>
      <Box x={4} y={358} width={148} height={50} label={t("packetIn.app")} code="10.244.3.9" />
      {HOPS.map(({ y, from, to, newFrom, newTo }) => (
        <g key={y}>
          <Arrow path={`M78 ${y + 2} V${y + 36}`} />
          <Note x={166} y={y + 15}>
            {t("packetIn.from")}
          </Note>
          <Code x={210} y={y + 15} className={newFrom ? "font-semibold" : ""}>
            {from}
          </Code>
          <Note x={166} y={y + 32}>
            {t("packetIn.to")}
          </Note>
          <Code x={210} y={y + 32} className={newTo ? "font-semibold" : ""}>
            {to}
          </Code>
        </g>
      ))}
      {HOPS.map(({ y }, index) => (
        <Packet key={y} path={`M78 ${y + 2} V${y + 36}`} begin={0.4 + index} seconds={0.7} />
      ))}
    </Figure>
  );
}
