// The parts of the designer. Those that the server draws itself come as links.

import type { Start, TabLink } from "../model/start";
import { t } from "../words/words";

export interface OwnTab {
  key: string;
  label: () => string;
}

export const TABS: OwnTab[] = [
  { key: "overview", label: () => t("Overview") },
  { key: "form", label: () => t("Form") },
  { key: "workflow", label: () => t("Workflow") },
  { key: "certificate", label: () => t("Certificate") },
  { key: "messages", label: () => t("Messages") },
  { key: "people", label: () => t("People") },
  { key: "versions", label: () => t("Versions") },
];

const isOwn = (key: string): boolean => TABS.some((tab) => tab.key === key);

// The server's list where it sends one; otherwise the designer's own tabs.
export function tabsOf(start: Start): TabLink[] {
  const own = TABS.map((tab) => ({ key: tab.key, label: tab.label(), href: null, badge: null }));
  const sent = (start.tabs ?? start.urls.tabs ?? []).filter((tab) => tab.href || isOwn(tab.key));
  if (!sent.length) return own;
  const known = new Set(sent.map((tab) => tab.key));
  const versions = own.filter((tab) => tab.key === "versions" && !known.has(tab.key));
  return [...own.filter((tab) => tab.key !== "versions" && !known.has(tab.key)), ...sent, ...versions];
}
