import { useState } from "react";
import { address } from "../model/start";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { t } from "../words/words";
import { useDesk } from "./desk";

// The session is over: what was changed is kept here, and sent once the person has signed in again.
export function SignedOut() {
  const { start, saver } = useDesk();
  const [away, setAway] = useState(false);
  if (away) return null;
  return (
    <Dialog
      title={t("You have been signed out")}
      onClose={() => setAway(true)}
      foot={
        <>
          <a className="cwd-btn cwd-btn--plain" href={address(start.urls, "sign_in") ?? location.href} target="_blank" rel="noopener">
            {t("Sign in in a new tab")}
          </a>
          <Button look="primary" onClick={() => void saver?.save()}>
            {t("Save again")}
          </Button>
        </>
      }
    >
      <p>{t("Your changes are kept on this computer. Sign in in a new tab, come back here, and save again.")}</p>
    </Dialog>
  );
}
