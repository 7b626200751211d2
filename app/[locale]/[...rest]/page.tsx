import { notFound } from "next/navigation";

/** Every address that no page claims: answered inside the app, in the reader's language. */
export default function UnknownPage() {
  notFound();
}
