import { CircleAlert, CloudAlert, CloudCheck, CloudOff, CloudUpload, Lock } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { Saving } from "../model/store";
import { Button } from "../parts/Button";
import { Sign } from "../parts/Icon";
import { clock, t } from "../words/words";
import { useDesign, useDesk } from "./desk";

function told(saving: Saving): { icon: LucideIcon; words: string; tone: string } {
  switch (saving.kind) {
    case "saved":
      return { icon: CloudCheck, tone: "good", words: savedWords(saving.at, saving.others === true) };
    case "waiting":
    case "saving":
      return { icon: CloudUpload, tone: "quiet", words: t("Saving") };
    case "offline":
      return { icon: CloudOff, tone: "warn", words: t("No connection. Kept on this computer") };
    case "signed_out":
      return { icon: Lock, tone: "warn", words: t("Signed out. Kept on this computer") };
    case "clashing":
      return { icon: CloudAlert, tone: "warn", words: t("Somebody else changed the same") };
    case "refused":
      return { icon: CircleAlert, tone: "bad", words: saving.sentence || t("This could not be saved") };
  }
}

function savedWords(at: Date | null, others: boolean): string {
  if (!at) return t("Saved");
  const time = clock(at);
  return others ? t("Saved {time}, with what others changed", { time }) : t("Saved {time}", { time });
}

export function SavedSign() {
  const { open, saver } = useDesk();
  const saving = useDesign((state) => state.saving);
  if (!open) return <span className="cwd-saved cwd-saved--quiet">{t("You may look, not change")}</span>;
  const { icon, words, tone } = told(saving);
  return (
    <>
      <span className={`cwd-saved cwd-saved--${tone}`} role="status">
        <Sign of={icon} size={15} />
        {words}
      </span>
      {(saving.kind === "offline" || saving.kind === "refused") && (
        <Button small look="quiet" onClick={() => void saver?.save()}>
          {t("Try again")}
        </Button>
      )}
    </>
  );
}
