"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { DiagramId } from "#lib/core/diagrams.ts";

export type Drawn = Partial<Record<DiagramId, ReactNode>>;

const DrawnContext = createContext<Drawn>({});

/** Hands drawings that the server made to what shows questions in the browser. */
export const DrawnProvider = DrawnContext;

/** A drawing that the page came with. */
export const DrawnDiagram = ({ id }: { id: DiagramId }): ReactNode => useContext(DrawnContext)[id];
