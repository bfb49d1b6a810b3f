// What the server makes of the design as it stands here now, a moment after the last change.

import { useEffect, useRef, useState } from "react";
import type { Json, Thing } from "../model/json";
import { address } from "../model/start";
import { useDesign, useDesk } from "../shell/desk";
import { t } from "../words/words";

const PAUSE = 500;
const LATER = 15_000;

export interface Made<Given> {
  made: Given | undefined;
  failed: string;
  // the picture is older than the design
  old: boolean;
}

export function useMade<Given>(call: string, asked: Thing): Made<Given> {
  const { start, calls } = useDesk();
  const document = useDesign((state) => state.document);
  const [made, setMade] = useState<Given>();
  const [failed, setFailed] = useState("");
  const [old, setOld] = useState(true);
  const turn = useRef(0);
  const url = address(start.urls, call);
  const wanted = JSON.stringify(asked);
  useEffect(() => {
    if (!url) return;
    const mine = ++turn.current;
    setOld(true);
    let timer = setTimeout(ask, PAUSE);
    async function ask(): Promise<void> {
      const answer = await calls.post<Given>(url ?? "", { document, ...(JSON.parse(wanted) as Record<string, Json>) });
      if (mine !== turn.current) return;
      if (answer.kind === "done") setMade(() => answer.given);
      setFailed(answer.kind === "done" ? "" : answer.kind === "refused" ? answer.sentence : t("The server cannot be reached just now."));
      setOld(answer.kind !== "done");
      if (answer.kind === "offline" || (answer.kind === "refused" && answer.status === 429)) timer = setTimeout(ask, LATER);
    }
    return () => {
      turn.current += 1;
      clearTimeout(timer);
    };
  }, [url, calls, document, wanted]);
  return { made, failed, old };
}
