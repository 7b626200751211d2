import { createNavigation } from "next-intl/navigation";
import { routing } from "./routing.ts";

/** Links and navigation that keep the language. */
export const { Link, redirect, usePathname, useRouter, getPathname } = createNavigation(routing);
