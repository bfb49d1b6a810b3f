import { BookmarkPlus } from "lucide-react";
import { useState } from "react";
import { at, type Path, thing } from "../model/json";
import type { Kept } from "../model/library";
import { Button, IconButton } from "../parts/Button";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { KeepDialog } from "./KeepDialog";

interface KeepButtonProps {
  what: Kept["what"];
  places: Path[];
  name: string;
  words?: boolean;
}

// Keeps what is chosen in the library of the department.
export function KeepButton({ what, places, name, words }: KeepButtonProps) {
  const { store } = useDesk();
  const [open, setOpen] = useState(false);
  const items = (): ReturnType<typeof thing>[] => places.map((path) => thing(at(store.state.document, path)));
  return (
    <>
      {words ? (
        <Button icon={BookmarkPlus} onClick={() => setOpen(true)}>
          {t("Keep in the library")}
        </Button>
      ) : (
        <IconButton small icon={BookmarkPlus} label={t("Keep in the library")} onClick={() => setOpen(true)} />
      )}
      {open && <KeepDialog title={t("Keep in the library")} name={name} what={what} items={items()} onClose={() => setOpen(false)} />}
    </>
  );
}
