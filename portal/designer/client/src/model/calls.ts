// Speaks with the server. Every answer is data, or says why there is none.

import type { Json, Thing } from "./json";

export type Answer<Given> =
  | { kind: "done"; given: Given }
  | { kind: "refused"; status: number; sentence: string; given: Thing }
  | { kind: "offline" }
  | { kind: "signed_out" };

const PATIENCE = 30_000;

const cookie = (name: string): string =>
  document.cookie
    .split("; ")
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? "";

// Where the cookie cannot be read, the page holds the token.
const inPage = (): string => document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";

export class Calls {
  constructor(
    readonly csrf = "",
    readonly ask: typeof fetch = (...given) => fetch(...given),
  ) {}

  post<Given>(url: string, sent: Json): Promise<Answer<Given>> {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") || this.csrf || inPage() };
    return this.#call<Given>(url, { method: "POST", headers, body: JSON.stringify(sent) });
  }

  get<Given>(url: string): Promise<Answer<Given>> {
    return this.#call<Given>(url, { method: "GET" });
  }

  async #call<Given>(url: string, init: RequestInit): Promise<Answer<Given>> {
    let response: Response;
    try {
      const headers = { Accept: "application/json", ...init.headers };
      response = await this.ask(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE), credentials: "same-origin" });
    } catch {
      return { kind: "offline" };
    }
    const given = await body(response);
    if (response.ok && given && !response.redirected) return { kind: "done", given: given as Given };
    // a page where data was asked for is the page to sign in, or says that the form is out of date
    const page = !given && (response.ok || response.status === 403);
    if (response.status === 401 || response.redirected || page) return { kind: "signed_out" };
    if (response.status >= 500 && !given) return { kind: "offline" };
    return { kind: "refused", status: response.status, sentence: sentenceOf(given), given: given ?? {} };
  }
}

async function body(response: Response): Promise<Thing | undefined> {
  if (!response.headers.get("Content-Type")?.includes("json")) return undefined;
  try {
    return (await response.json()) as Thing;
  } catch {
    return undefined;
  }
}

function sentenceOf(given: Thing | undefined): string {
  const error = given?.error;
  const sentence = error && typeof error === "object" && !Array.isArray(error) ? error.sentence : undefined;
  return typeof sentence === "string" ? sentence : "";
}
