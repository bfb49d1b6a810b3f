import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";
import { Sign } from "./Icon";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "plain" | "primary" | "quiet" | "bad";
  small?: boolean;
  icon?: LucideIcon;
  turns?: boolean;
}

export function Button({ look = "plain", small, icon, turns, children, className = "", ...rest }: ButtonProps) {
  const classes = ["cwd-btn", `cwd-btn--${look}`, small ? "cwd-btn--s" : "", className].join(" ").trim();
  return (
    <button type="button" className={classes} {...rest}>
      {icon && <Sign of={icon} turns={turns ?? false} size={small ? 14 : 16} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children"> {
  label: string;
  icon: LucideIcon;
  keys?: string;
}

// A picture without a word: with a name for a screen reader and a tooltip for everybody else.
export function IconButton({ label, icon, keys, small, turns, look = "quiet", className = "", ...rest }: IconButtonProps) {
  return (
    <Button
      look={look}
      small={small ?? false}
      icon={icon}
      turns={turns ?? false}
      aria-label={label}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      className={`cwd-btn--icon ${className}`}
      {...rest}
    />
  );
}
