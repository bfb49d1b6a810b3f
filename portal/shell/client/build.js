// Builds what every server-drawn page loads, and renews the table of icons.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static", "built");
const modules = join(here, "node_modules");

// One file of several: a module that loads others would name them without their hash.
function joinScripts(name, ...parts) {
  const text = parts.map((part) => readFileSync(join(here, "src", part), "utf8").replace(/^import .*$/gm, "").replace(/^export /gm, ""));
  writeFileSync(join(built, name), text.join("\n"));
}

function buildStyles() {
  const base = sass.compile(join(here, "src", "portal-base.scss"), { loadPaths: [modules], style: "compressed", quietDeps: true });
  writeFileSync(join(built, "portal-base.css"), base.css);
  writeFileSync(join(built, "portal-base.rtl.css"), rtlcss.process(base.css));
  for (const name of ["tokens.css", "portal.css", "workbench.css", "portal.js", "workbench.js"]) copyFileSync(join(here, "src", name), join(built, name));
  joinScripts("page.js", "sending.js", "page.js");
  joinScripts("questions.js", "suggest.js", "sign.js", "questions.js");
  copyFileSync(join(modules, "idiomorph", "dist", "idiomorph-ext.min.js"), join(built, "idiomorph-ext.min.js"));
}

// The table is committed, so that Python draws icons without this build.
function buildIcons() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean).sort();
  const table = { "": readFileSync(join(modules, "lucide-static", "LICENSE"), "utf8").split("\n---")[0].trim() };
  for (const name of names) {
    const file = join(modules, "lucide-static", "icons", `${name}.svg`);
    if (!existsSync(file)) throw new Error(`lucide has no icon named ${name}`);
    const inner = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[\s\S]*?>|<\/svg>\s*$/g, "");
    table[name] = inner.split("\n").map((line) => line.trim()).join("");
  }
  writeFileSync(join(here, "..", "icons.json"), JSON.stringify(table, null, 1) + "\n");
}

mkdirSync(built, { recursive: true });
buildStyles();
buildIcons();
