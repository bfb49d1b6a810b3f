// Places the steps of a large workflow beside the page, which goes on answering meanwhile.

import type { Drawing } from "./drawing";
import { place } from "./layout";

addEventListener("message", ({ data }: MessageEvent<{ turn: number; drawing: Drawing }>) => {
  postMessage({ turn: data.turn, placed: place(data.drawing) });
});
