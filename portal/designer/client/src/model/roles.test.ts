import { expect, test } from "vitest";
import { choicesFor } from "../properties/naming";
import { aDesign, aStart, ORACLE } from "../testing/invented";
import { kindsOf } from "./forms";
import { type Json, put, type Thing } from "./json";
import { keyForRole, rolesIn, rolesOf, stepsWith } from "./roles";
import type { NodeKind, Registry } from "./start";
import { stepKindsOf } from "./steps";

const PRIEST: NodeKind = {
  ...ORACLE,
  key: "priest",
  schema: {
    type: "object",
    properties: {
      key: { type: "string" },
      type: { const: "priest" },
      role: { type: "string", ui: { widget: "role" } },
      late: { type: "array", items: { type: "object", properties: { to: { type: "array", items: { type: "string" }, ui: { widget: "recipients" } } } } },
    },
  },
};

const registry: Registry = {
  ...aStart().registry,
  node_types: [PRIEST],
  roles: [
    { key: "monk", name: "Monk", people: 3, names: ["Ada"] },
    { key: "seer", name: "Seer", people: 2, names: ["Bea", "Cid"], own: true },
  ],
  parties: [{ key: "pilgrim", name: "The pilgrim", widgets: ["roles", "recipients"] }],
};
const kinds = stepKindsOf(registry.node_types);

function design(): Json {
  const roles = { seer: { title: { en: "Great seer" } }, guest: { title: { en: "Guest" }, who: "applicant" } };
  const nodes: Thing[] = [
    { key: "a", type: "priest", role: "monk", late: [{ to: ["seer", "pilgrim"] }] },
    { key: "b", type: "priest", role: "seer" },
  ];
  return put(put(aDesign(), ["roles"], roles), ["workflow", "nodes"], nodes);
}

const offered = (widget: string): string[] =>
  (choicesFor(widget, { document: design(), registry, kinds: kindsOf([]), language: "en" }) ?? []).map((one) => one.label);

test("roles of the product stand before those that the service makes, with who has them", () => {
  expect(rolesOf(design(), registry, "en").map((role) => [role.key, role.name, role.people, role.who])).toEqual([
    ["monk", "Monk", 3, "staff"],
    ["seer", "Great seer", 2, "staff"],
    ["guest", "Guest", 0, "applicant"],
  ]);
});

test("a role that another service of the department made is not one of this service", () => {
  expect(rolesOf(aDesign(), registry, "en").map((role) => role.key)).toEqual(["monk"]);
});

test("a step can be given to a role of its own service, and only what a setting takes is offered", () => {
  expect(offered("role")).toEqual(["Monk (3)", "Great seer (2)"]);
  expect(offered("recipients")).toEqual(["The pilgrim", "Monk (3)", "Great seer (2)"]);
  expect(offered("roles")).toEqual(["The pilgrim", "Monk (3)", "Great seer (2)", "Guest"]);
});

test("roles are found wherever a step names them", () => {
  expect(rolesIn({ type: "priest", role: "monk", late: [{ to: ["seer"] }] }, PRIEST.schema)).toEqual(["monk", "seer"]);
  expect(stepsWith(design(), "seer", kinds).map(({ index }) => index)).toEqual([0, 1]);
  expect(stepsWith(design(), "monk", kinds).map(({ index }) => index)).toEqual([0]);
});

test("a role with the name of one of the department is that one; another gets a key that nobody has", () => {
  expect(keyForRole(" seer", aDesign(), registry)).toBe("seer");
  expect(keyForRole("Monk", aDesign(), registry)).toBe("monk_2");
  expect(keyForRole("Publisher", aDesign(), registry)).toBe("publisher_2");
});
