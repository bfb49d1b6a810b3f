import { useRef } from "react";
import { t } from "../words/words";
import { useDesign, useDesk } from "./desk";
import { tabsOf } from "./tabs";

export function TabBar() {
  const { start, store } = useDesk();
  const tab = useDesign((state) => state.where.tab);
  const checklist = useDesign((state) => state.checklist);
  const bar = useRef<HTMLElement>(null);
  const done = `${checklist.filter((item) => item.done).length}/${checklist.length}`;
  return (
    <nav className="cwd-tabs" aria-label={t("Parts of the service")} ref={bar}>
      {tabsOf(start).map(({ key, label, href, badge }) => {
        const count = key === "overview" && checklist.length ? done : badge;
        return (
          <a
            key={key}
            href={href ?? `#${key}`}
            aria-current={key === tab ? "page" : undefined}
            onClick={(event) => {
              if (href || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              store.open(key);
            }}
          >
            {label}
            {count && <span className="cwd-count">{count}</span>}
          </a>
        );
      })}
    </nav>
  );
}
