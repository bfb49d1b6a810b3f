// What the server's page hands over when the designer opens.

import type { Json, Part, Thing } from "./json";
import type { Kept } from "./library";
import type { Schema } from "./schema";

export interface FieldType {
  key: string;
  label: string;
  icon_svg: string;
  group?: string;
  has_answer: boolean;
  computed?: boolean;
  holds: string | null;
  schema: Schema;
  field: Thing;
  errors?: { code: string; sentence: string }[];
  // its place among the kinds that are offered first
  common?: number;
  // what the answer is to a rule: a text, a day, several choices
  kind?: string;
  help?: string;
  face?: { shape?: string; width?: number; parts?: string[] };
}

export interface Block {
  key: string;
  label: string;
  icon_svg?: string;
  fields: Thing[];
}

export interface NodeKind {
  key: string;
  label: string;
  family: string;
  icon_svg: string;
  schema: Schema;
  node: Thing;
  help?: string;
  begins?: string | null;
  watches?: boolean;
  ends?: boolean;
  // its place among the kinds of its family that are offered first
  common?: number;
  // what else than its icon a step has, by setting and value
  icons?: Record<string, Record<string, string>>;
}

export interface Operator {
  key: string;
  label: string;
  takes: "nothing" | "one" | "two" | "several" | "rows";
  // whether another answer can stand in the place of the value
  with_answers?: boolean;
  value?: string;
  kinds?: string[];
}

// Whose holders can do steps: how many people they are, and the names of the first. Own ones are made by services.
export interface DepartmentRole {
  key: string;
  name: string;
  people: number;
  names?: string[];
  own?: boolean;
}

export interface Registry {
  field_types: FieldType[];
  field_schema: Schema;
  page_schema: Schema;
  form_schema: Schema;
  package_schema: Schema;
  workflow_schema?: Schema;
  certificate_schema?: Schema;
  message_schema?: Schema;
  blocks: Block[];
  node_types: NodeKind[];
  operators: Operator[];
  roles: DepartmentRole[];
  role_schema?: Schema;
  // the other services of the department
  services?: { key: string; name: string }[];
  // who else can be named where roles are, by the widgets that offer them
  parties?: { key: string; name: string; widgets: string[] }[];
  languages: { code: string; name: string; dir: "ltr" | "rtl" }[];
  message_placeholders?: { key: string; label: string }[];
  templates: { key: string; label: string; help?: string; workflow?: Thing; document?: Thing }[];
}

export interface Problem {
  path: Part[];
  where?: string;
  sentence: string;
  severity: "mend" | "look";
  code?: string;
}

export interface CheckItem {
  key: string;
  done: boolean;
  sentence: string;
  tab: string;
  path?: Part[] | null;
}

export interface TabLink {
  key: string;
  label: string;
  href?: string | null;
  badge?: string | null;
}

export interface Urls {
  [name: string]: string | TabLink[] | undefined;
  tabs?: TabLink[];
}

export interface Start {
  service: {
    key: string;
    title: string;
    department: { key: string; name: string; brand?: string };
    live_version: number | null;
    version_being_made: number;
  };
  document: Json;
  revision: string;
  // what the department keeps for its services
  library?: Kept[];
  registry: Registry;
  problems: Problem[];
  checklist: CheckItem[];
  // who changes and who publishes services, and how many colleagues approve that before
  people?: { design: string[]; publish: string[]; approvals: number };
  // who has locked the design, where somebody has
  lock?: { by: string; mine: boolean; may_unlock: boolean } | null;
  may: { design: boolean; publish: boolean; ask: boolean };
  urls: Urls;
  tabs?: TabLink[];
  language: string;
  dir: "ltr" | "rtl";
  csrf?: string;
}

export interface Person {
  name: string;
  initials: string;
  where?: string;
}

export const address = (urls: Urls, name: string): string | undefined => {
  const found = urls[name];
  return typeof found === "string" && found ? found : undefined;
};

// The texts of a design are in the languages of its service; a new one begins with that of the reader.
export function languagesOf(document: Json, start: Pick<Start, "language">): string[] {
  const given = document !== null && typeof document === "object" && !Array.isArray(document) ? document.languages : null;
  const found = Array.isArray(given) ? given.filter((one): one is string => typeof one === "string") : [];
  return found.length ? found : [start.language];
}
