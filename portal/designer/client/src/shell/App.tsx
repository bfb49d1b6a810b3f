import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { WritingContext } from "../properties/writing";
import { t } from "../words/words";
import { Bar } from "./Bar";
import { Clashes } from "./Clashes";
import { DeskContext, type Desk, useDesign, useDesk, useLanguages } from "./desk";
import { KeysDialog } from "./KeysDialog";
import { Presence } from "./Presence";
import { ProblemStrip } from "./ProblemStrip";
import { useGoal } from "./settings";
import { SignedOut } from "./SignedOut";
import { TabBar } from "./TabBar";
import { Tour } from "./Tour";
import { useKeys } from "./useKeys";

const FormTab = lazy(() => import("../form/FormTab"));
const WorkflowTab = lazy(() => import("../workflow/WorkflowTab"));
const Overview = lazy(() => import("../pages/Overview"));
const Messages = lazy(() => import("../pages/Messages"));
const Certificates = lazy(() => import("../pages/Certificates"));
const People = lazy(() => import("../pages/People"));
const Versions = lazy(() => import("../pages/Versions"));

const PARTS: Record<string, React.ComponentType> = {
  overview: Overview,
  form: FormTab,
  workflow: WorkflowTab,
  messages: Messages,
  certificate: Certificates,
  people: People,
  versions: Versions,
};

export function App({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <Writer />
    </DeskContext.Provider>
  );
}

function Writer() {
  const { first } = useLanguages();
  const [chosen, write] = useState<string>();
  const writing = useMemo(() => ({ language: chosen ?? first, write }), [chosen, first]);
  return (
    <WritingContext.Provider value={writing}>
      <Screen />
    </WritingContext.Provider>
  );
}

function Screen() {
  const { start, store } = useDesk();
  const tab = useDesign((state) => state.where.tab);
  const said = useDesign((state) => state.said);
  const saving = useDesign((state) => state.saving.kind);
  const [keys, setKeys] = useState(false);
  const [tour, setTour] = useState(false);
  useKeys(() => setKeys(true));
  useGoal();
  useEffect(() => {
    history.replaceState(null, "", `#${tab}`);
  }, [tab]);
  useEffect(() => {
    const follow = (): void => {
      const wanted = location.hash.slice(1);
      if (wanted in PARTS && wanted !== store.state.where.tab) store.open(wanted);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [store]);
  const Part = PARTS[tab] ?? Overview;
  return (
    <div className="cwd-app" lang={start.language} dir={start.dir}>
      <Bar onKeys={() => setKeys(true)} onTour={() => setTour(true)} />
      <TabBar />
      <main className="cwd-content">
        <Suspense fallback={<p className="cwd-loading">{t("Opening")}</p>}>
          <Part key={tab} />
        </Suspense>
      </main>
      <ProblemStrip />
      <p className="cwd-vh" role="status">
        {said}
      </p>
      <Presence />
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
      {tour && <Tour onClose={() => setTour(false)} />}
      {saving === "clashing" && <Clashes />}
      {saving === "signed_out" && <SignedOut />}
    </div>
  );
}
