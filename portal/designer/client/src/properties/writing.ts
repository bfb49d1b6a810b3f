// The language in which texts are written just now: one for the whole screen.

import { createContext, useContext } from "react";

export interface Writing {
  language: string;
  write: (language: string) => void;
}

export const WritingContext = createContext<Writing>({ language: "en", write: () => {} });
export const useWriting = (): Writing => useContext(WritingContext);
