// Opens the designer in the server's page: what to show stands in "cwd-start", where to show it in "cwd-root".
// Nothing else imports this file: the server gives it another name, and a file with two names would be loaded twice.

import type { Start } from "./model/start";

const root = document.getElementById("cwd-root");
const given = document.getElementById("cwd-start");
if (root && given) void import("./open").then(({ open }) => open(root, JSON.parse(given.textContent ?? "") as Start));
