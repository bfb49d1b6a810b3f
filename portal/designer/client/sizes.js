// Prints what a browser loads for each half of the designer, compressed, and refuses a half that has grown too large.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT = 250_000;
const built = join(dirname(fileURLToPath(import.meta.url)), "..", "static", "built");
const manifest = JSON.parse(readFileSync(join(built, "designer.json"), "utf8"));

const weigh = (file) => gzipSync(readFileSync(join(built, file)), { level: 9 }).length;

// Everything that a chunk needs, itself included.
function needed(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const other of manifest[name].imports ?? []) needed(other, found);
  return found;
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const opened = manifest[entry].dynamicImports[0];
const halves = { form: "src/form/FormTab.tsx", workflow: "src/workflow/WorkflowTab.tsx" };
const twice = Object.keys(manifest).filter((name) => manifest[name].imports?.includes(entry));
if (twice.length) {
  console.error(`${twice.join(", ")} would load the entry a second time, under the name that the server does not use.`);
  process.exit(1);
}
let tooLarge = false;
for (const [half, name] of Object.entries(halves)) {
  const files = new Set([...needed(entry), ...needed(opened), ...needed(name)].map((chunk) => manifest[chunk].file));
  const bytes = [...files].reduce((sum, file) => sum + weigh(file), 0);
  console.log(`${half}: ${(bytes / 1000).toFixed(1)} kB gzip of ${LIMIT / 1000} kB`);
  tooLarge ||= bytes > LIMIT;
}
// what a worker loads, once it is needed
for (const file of readdirSync(join(built, "chunks")).filter((name) => name.includes("Worker"))) {
  console.log(`${file.split("-")[0]}: ${(weigh(join("chunks", file)) / 1000).toFixed(1)} kB gzip`);
}
console.log(`styles: ${(weigh("designer.css") / 1000).toFixed(1)} kB gzip`);
if (tooLarge) {
  console.error("A half of the designer is too large. Load what it needs later, or leave it out.");
  process.exit(1);
}
