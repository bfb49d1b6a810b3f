import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { IconButton, Button } from "./Button";
import { Sign } from "./Icon";

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  keys?: string;
  bad?: boolean;
  off?: boolean;
  run: () => void;
}

interface MenuProps {
  label: string;
  icon: LucideIcon;
  items: MenuItem[];
  words?: string;
  small?: boolean;
  className?: string;
}

// A button with a list of actions: arrows walk, Escape closes, and the focus comes back to the button.
export function Menu({ label, icon, items, words, small, className }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const buttons = (): HTMLButtonElement[] => [...(root.current?.querySelectorAll<HTMLButtonElement>("[role=menuitem]") ?? [])];
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector<HTMLButtonElement>("[aria-haspopup]")?.focus();
  };
  useEffect(() => {
    if (!open) return;
    buttons().find((button) => !button.disabled)?.focus();
    const outside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const walk = (event: KeyboardEvent): void => {
    const all = buttons().filter((button) => !button.disabled);
    const here = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    else return;
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
  };
  const opener = { "aria-haspopup": "menu" as const, "aria-expanded": open, "aria-controls": open ? id : undefined };
  return (
    <div className={`cwd-menu ${className ?? ""}`} ref={root}>
      {words ? (
        <Button icon={icon} small={small ?? false} aria-label={label} {...opener} onClick={() => setOpen(!open)}>
          {words}
        </Button>
      ) : (
        <IconButton icon={icon} label={label} small={small ?? false} {...opener} onClick={() => setOpen(!open)} />
      )}
      {open && (
        <div role="menu" id={id} aria-label={label} className="cwd-menu__list" onKeyDown={walk}>
          {items.map((item) => (
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={item.label}
              disabled={item.off}
              className={item.bad ? "cwd-menu__item cwd-bad" : "cwd-menu__item"}
              onClick={() => {
                close();
                item.run();
              }}
            >
              {item.icon ? <Sign of={item.icon} size={15} /> : <span />}
              <span>{item.label}</span>
              {item.keys && <kbd>{item.keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
