// A design can be locked, so that nobody else changes or publishes it meanwhile.

import { Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { address } from "../model/start";
import { IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { t } from "../words/words";
import { useDesign, useDesk } from "./desk";

export function Locking() {
  const { start, calls, open } = useDesk();
  const saved = useDesign((state) => state.saving.kind === "saved");
  const [failed, setFailed] = useState("");
  const { lock } = start;
  const url = address(start.urls, lock ? "unlock" : "lock");
  const may = lock ? lock.may_unlock : open;
  const turn = async (): Promise<void> => {
    if (!url) return;
    const given = await calls.post(url, {});
    if (given.kind === "done") location.reload();
    else setFailed(given.kind === "refused" ? given.sentence : t("The server cannot be reached just now."));
  };
  return (
    <>
      {lock && (
        <Chip tone={lock.mine ? "info" : "warn"} icon={Lock}>
          {lock.mine ? t("Locked by you") : t("Locked by {name}", { name: lock.by })}
        </Chip>
      )}
      {may && url && (
        <IconButton icon={lock ? LockOpen : Lock} label={lock ? t("Unlock, so that others can change it") : t("Lock, so that nobody else changes it")} disabled={open && !saved} onClick={() => void turn()} />
      )}
      {failed && (
        <span className="cwd-err" role="alert">
          {failed}
        </span>
      )}
    </>
  );
}
