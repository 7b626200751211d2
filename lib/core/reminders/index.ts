/**
 * Reminders: what there is to say to a person by mail, when, and under which key, so that it is said once. Pure; knows neither
 * mail nor clock.
 */
export {
  type AssignedPart,
  MATTER_KINDS,
  type MailWishes,
  type Matter,
  type MatterKind,
  mattersDue,
  type Recipient,
  WINDOWS,
  WISH_OF,
} from "./matters.ts";
export { isDecentHour, isoWeek, localDay } from "./time.ts";
