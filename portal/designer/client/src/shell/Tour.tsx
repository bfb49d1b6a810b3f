import { useState } from "react";
import { Button } from "../parts/Button";
import { Dialog } from "../parts/Dialog";
import { t } from "../words/words";
import { useDesk } from "./desk";

interface Stop {
  tab: string;
  title: () => string;
  words: () => string;
}

const STOPS: Stop[] = [
  { tab: "overview", title: () => t("The list of what is missing"), words: () => t("Overview says what a service still needs before it can be published. Each line leads to its place.") },
  { tab: "form", title: () => t("What people are asked"), words: () => t("On the left are pages and questions, in the middle the page nearly as people see it, on the right what can be set. Press Ctrl / to add a question.") },
  { tab: "form", title: () => t("Conditions without programming"), words: () => t("Under Rules, say when a question is shown: pick an earlier question, a comparison and an answer. The server checks it at once.") },
  { tab: "workflow", title: () => t("What happens with an application"), words: () => t("Steps stand from top to bottom. Press the plus on a way to put a step there. The outline can do everything that the picture can.") },
  { tab: "versions", title: () => t("Publishing"), words: () => t("Versions shows what changes and what that means for open cases. Nothing is seen by the public before somebody publishes it.") },
];

export function Tour({ onClose }: { onClose: () => void }) {
  const { store } = useDesk();
  const [number, setNumber] = useState(0);
  const go = (next: number): void => {
    const stop = STOPS[next];
    if (!stop) return onClose();
    setNumber(next);
    store.open(stop.tab);
  };
  const stop = STOPS[number];
  if (!stop) return null;
  return (
    <Dialog
      title={stop.title()}
      onClose={onClose}
      foot={
        <>
          <span className="cwd-meta">{t("{n} of {all}", { n: number + 1, all: STOPS.length })}</span>
          {number > 0 && <Button onClick={() => go(number - 1)}>{t("Back")}</Button>}
          <Button look="primary" onClick={() => go(number + 1)}>
            {number + 1 < STOPS.length ? t("Next") : t("Begin")}
          </Button>
        </>
      }
    >
      <p>{stop.words()}</p>
    </Dialog>
  );
}
