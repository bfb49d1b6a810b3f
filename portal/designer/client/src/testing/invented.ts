// A department that asks riddles: kinds that no server has, so that the client cannot know them by name.

import type { Json, Thing } from "../model/json";
import type { Schema } from "../model/schema";
import type { FieldType, NodeKind, Start } from "../model/start";

const words: Schema = { title: "Text", anyOf: [{ type: "string" }, { type: "object", additionalProperties: { type: "string" } }] };
const step = (title: string): Schema => ({ type: "string", title, ui: { widget: "step" } });

export const RIDDLE: FieldType = {
  key: "riddle",
  label: "Riddle",
  icon_svg: "<path d='M1 1'/>",
  group: "Puzzles",
  has_answer: true,
  holds: null,
  common: 1,
  schema: { type: "object", properties: { solution: { ...words, title: "Solution" }, tries: { type: "integer", title: "Tries", default: 3 } } },
  field: { type: "riddle", label: { en: "A new riddle" }, options: {} },
  errors: [{ code: "unsolved", sentence: "Solve the riddle" }],
};

export const CHEST: FieldType = {
  key: "chest",
  label: "Chest",
  icon_svg: "",
  has_answer: true,
  holds: "treasures",
  schema: { type: "object", properties: { treasures: { type: "array", items: {}, ui: { widget: "fields" } } } },
  field: { type: "chest", label: { en: "A new chest" }, options: { treasures: [] } },
};

export const ORACLE: NodeKind = {
  key: "oracle",
  label: "Oracle",
  family: "person",
  icon_svg: "",
  schema: {
    type: "object",
    required: ["key", "type", "answers"],
    properties: {
      key: { type: "string", ui: { widget: "key" } },
      type: { const: "oracle" },
      title: { ...words, title: "Title" },
      answers: {
        type: "array",
        title: "Answers",
        items: { type: "object", required: ["to"], properties: { label: { ...words, title: "Label" }, to: step("Leads to") } },
      },
      otherwise: step("Otherwise"),
    },
  },
  node: { type: "oracle", title: { en: "Ask the oracle" }, answers: [{ label: { en: "Yes" } }] },
};

export const GATE: NodeKind = {
  key: "gate",
  label: "Gate",
  family: "start",
  icon_svg: "",
  begins: "application",
  schema: { type: "object", required: ["next"], properties: { key: { type: "string" }, type: { const: "gate" }, title: words, next: step("Next") } },
  node: { type: "gate", title: { en: "The gate" } },
};

export const BELL: NodeKind = {
  key: "bell",
  label: "Bell",
  family: "event",
  icon_svg: "",
  watches: true,
  schema: {
    type: "object",
    properties: { key: { type: "string" }, type: { const: "bell" }, title: words, on: { type: "string", title: "On", ui: { widget: "host" } }, next: step("Next") },
  },
  node: { type: "bell", title: { en: "The bell rings" } },
};

export const TOMB: NodeKind = {
  key: "tomb",
  label: "Tomb",
  family: "end",
  icon_svg: "",
  ends: true,
  schema: { type: "object", properties: { key: { type: "string" }, type: { const: "tomb" }, title: words } },
  node: { type: "tomb", title: { en: "The tomb" } },
};

export const question = (key: string, more: Thing = {}): Thing => ({ key, type: "riddle", label: { en: `What is ${key}?` }, options: {}, ...more });

export function aDesign(): Thing {
  return {
    format: 1,
    key: "riddles",
    title: { en: "Solve riddles" },
    languages: ["en", "fr"],
    forms: {
      quest: {
        title: { en: "Quest" },
        pages: [
          { key: "one", title: { en: "First" }, fields: [question("sky"), question("sea")] },
          { key: "two", title: { en: "Second" }, fields: [{ key: "box", type: "chest", label: { en: "Box" }, options: { treasures: [question("ring")] } }] },
        ],
      },
    },
    workflow: {
      start: "gate",
      nodes: [
        { key: "gate", type: "gate", title: { en: "Come in" }, next: "ask" },
        { key: "ask", type: "oracle", title: { en: "Ask" }, answers: [{ label: { en: "Yes" }, to: "tomb" }, { label: { en: "Again" }, to: "ask" }], otherwise: "tomb" },
        { key: "tomb", type: "tomb", title: { en: "Rest" } },
      ],
    },
  };
}

const anObject: Schema = { type: "object", properties: {} };

export function aStart(document: Json = aDesign()): Start {
  return {
    service: { key: "riddles", title: "Solve riddles", department: { key: "myths", name: "Myths" }, live_version: 1, version_being_made: 2 },
    document,
    revision: "1",
    registry: {
      field_types: [RIDDLE, CHEST],
      field_schema: {
        type: "object",
        properties: {
          key: { type: "string", title: "Short name", ui: { widget: "key" } },
          label: { ...words, title: "Question" },
          show_when: { type: "string", title: "Shown when", ui: { widget: "rule" } },
          required: { type: "boolean", title: "Must be answered", default: true },
        },
      },
      page_schema: { type: "object", properties: { title: { ...words, title: "Title of the page" } } },
      form_schema: anObject,
      certificate_schema: { type: "object", properties: { title: { ...words, title: "Title" } } },
      message_schema: { type: "object", properties: { subject: { ...words, title: "Subject" } } },
      package_schema: { type: "object", properties: { title: { ...words, title: "Title of the service" } } },
      blocks: [{ key: "pair", label: "Pair", fields: [question("first"), question("second")] }],
      node_types: [GATE, ORACLE, BELL, TOMB],
      operators: [{ key: "is", label: "is", takes: "one", kinds: ["text"] }],
      roles: [],
      languages: [
        { code: "en", name: "English", dir: "ltr" },
        { code: "fr", name: "français", dir: "ltr" },
      ],
      templates: [],
    },
    problems: [],
    checklist: [],
    may: { design: true, publish: false, ask: true },
    urls: { save: "/save", rule: "/rule" },
    language: "en",
    dir: "ltr",
  };
}
