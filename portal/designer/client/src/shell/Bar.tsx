import { ChevronRight, CircleHelp, Eye, Images, Keyboard, Map as MapIcon, Pencil, Redo2, Send, Undo2 } from "lucide-react";
import { text, thing } from "../model/json";
import { address } from "../model/start";
import { readable } from "../model/texts";
import { Button, IconButton } from "../parts/Button";
import { Chip } from "../parts/Chip";
import { Sign } from "../parts/Icon";
import { Menu } from "../parts/Menu";
import { t } from "../words/words";
import { useDesign, useDesk } from "./desk";
import { Faces } from "./Presence";
import { Locking } from "./Locking";
import { SavedSign } from "./SavedSign";

interface BarProps {
  onKeys: () => void;
  onTour: () => void;
}

// Where this is, whether it is saved, who else is here, and the one thing to press.
export function Bar({ onKeys, onTour }: BarProps) {
  const { start, store, open } = useDesk();
  const title = useDesign((state) => thing(state.document).title);
  const tab = useDesign((state) => state.where.tab);
  const past = useDesign((state) => state.past.length);
  const future = useDesign((state) => state.future.length);
  const previewing = useDesign((state) => state.previewing);
  const help = address(start.urls, "help");
  const services = address(start.urls, "services");
  const name = readable(title, start.language) || start.service.title || text(start.service.key);
  return (
    <header className="cwd-bar">
      {services && (
        <>
          <a href={services} className="cwd-crumb">
            {t("Services")}
          </a>
          <Sign of={ChevronRight} size={14} turns />
        </>
      )}
      <h1>{name}</h1>
      <Chip tone="info" icon={Pencil}>
        {t("Draft of version {n}", { n: start.service.version_being_made })}
      </Chip>
      <SavedSign />
      <Locking />
      <div className="cwd-bar__end">
        <Faces />
        <IconButton icon={Undo2} turns label={t("Undo")} keys="Control+Z" disabled={!past || !open} onClick={() => store.undo()} />
        <IconButton icon={Redo2} turns label={t("Redo")} keys="Control+Shift+Z" disabled={!future || !open} onClick={() => store.redo()} />
        <Menu
          icon={CircleHelp}
          label={t("Help")}
          items={[
            { label: t("A tour in five steps"), icon: MapIcon, run: onTour },
            ...(help ? [{ label: t("From nothing to a certificate, in pictures"), icon: Images, run: () => location.assign(help) }] : []),
            { label: t("Keys"), icon: Keyboard, keys: "?", run: onKeys },
          ]}
        />
        {address(start.urls, "preview") && (
          <Button icon={Eye} aria-pressed={previewing} onClick={() => preview(store, !previewing)}>
            {t("Preview")}
          </Button>
        )}
        {tab !== "versions" && (start.may.ask || start.may.publish) && (
          <Button look="primary" icon={Send} turns onClick={() => store.open("versions")}>
            {start.may.publish ? t("Publish…") : t("Ask to publish…")}
          </Button>
        )}
      </div>
    </header>
  );
}

function preview(store: ReturnType<typeof useDesk>["store"], on: boolean): void {
  if (on && store.state.where.tab !== "form") store.open("form");
  store.set({ previewing: on });
}
