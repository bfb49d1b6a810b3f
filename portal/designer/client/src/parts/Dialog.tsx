import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../words/words";
import { IconButton } from "./Button";

interface DialogProps {
  title: string;
  onClose?: () => void;
  wide?: boolean;
  children: ReactNode;
  foot?: ReactNode;
}

// The browser's own dialog: it keeps the focus, closes with Escape and gives the focus back.
export function Dialog({ title, onClose, wide, children, foot }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    // the browser would begin with the button that closes
    shown?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`cwd-dialog ${wide ? "cwd-dialog--wide" : ""}`}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <header className="cwd-dialog__head">
        <h2 id={name}>{title}</h2>
        {onClose && <IconButton icon={X} label={t("Close")} onClick={onClose} />}
      </header>
      <div className="cwd-dialog__body">{children}</div>
      {foot && <footer className="cwd-dialog__foot">{foot}</footer>}
    </dialog>
  );
}
