"""What Terraform makes, read from its text: no program and no provider is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TERRAFORM = Path(__file__).resolve().parents[3] / "terraform"
SITES = {"eks": "primary", "eks-dr": "dr"}  # the overlay, and the folder that makes its cloud


@dataclass(frozen=True)
class Module:
    """A module as a site calls it: its source, and what it is given."""

    source: str
    given: dict[str, str]

    @property
    def text(self) -> str:
        return (TERRAFORM / "modules" / self.source / "main.tf").read_text()


def live(site: str, file: str = "main") -> str:
    return (TERRAFORM / "live" / site / f"{file}.tf").read_text()


def blocks(text: str, header: str) -> list[str]:
    """The inside of every block that begins so, up to the brace that closes it in the first column."""
    return re.findall(rf"^{header} \{{\n(.*?)^\}}", text, re.M | re.S)


def attributes(block: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+)\s+= (.+)$", block, re.M))


def default(site: str, variable: str) -> str:
    [block] = blocks(live(site, "variables"), f'variable "{variable}"')
    return attributes(block)["default"].strip('"')


def named(site: str, expression: str, given: dict[str, str] | None = None) -> str:
    """The text that an expression of a site, or of a module with what it is given, stands for."""
    [name] = re.findall(r'^  name\s+= "([\w-]+)"$', live(site), re.M)
    known = {"local.name": name, "var.region": default(site, "region")}
    known |= {f"var.{key}": named(site, value) for key, value in (given or {}).items() if "name" in key}
    plain = re.sub(r"\$\{([\w.]+)\}", lambda found: known[found[1]], expression.strip('"'))
    return known.get(plain, plain)


def modules(site: str) -> dict[str, Module]:
    found = {}
    for name in re.findall(r'^module "(\w+)"', live(site), re.M):
        [block] = blocks(live(site), f'module "{name}"')
        given = attributes(block)
        found[name] = Module(given["source"].strip('"').rpartition("/")[2], given)
    return found


def roles_of_pods(site: str) -> dict[str, set[str]]:
    """The names of roles that pods take, each with the service accounts that it trusts."""
    found = {}
    for module in modules(site).values():
        for block in blocks(module.text, r'resource "aws_iam_role" "\w+"'):
            accounts = set(re.findall(r"system:serviceaccount:([\w-]+:[\w-]+)", block))
            if accounts:
                found[named(site, attributes(block)["name"], module.given)] = accounts
    return found


def buckets() -> dict[str, str]:
    """Every bucket of documents with its region."""
    region, other = default("primary", "region"), default("primary", "copy_region")
    made = modules("primary")
    return {
        named("primary", made["documents"].given["name"]): region,
        named("primary", made["documents"].given["copy_name"]): other,
        named("primary", made["replica"].given["name"]): region,
    }


def secrets(site: str) -> set[str]:
    """The secrets that the reader of a site may ask for: its own, and those whose copies it receives."""
    variables = (TERRAFORM / "modules/secrets/variables.tf").read_text()
    lists = {}
    for kind in ("shared", "here"):
        [block] = blocks(variables, f'variable "{kind}"')
        lists[kind] = set(re.findall(r"^    (\w+)\s+= ", block, re.M))
    given = modules(site)["secrets"].given
    receives = "shared" not in given or given.get("received_arns") == "var.secret_arns"
    return {f"caseway/{name}" for name in lists["here"] | (lists["shared"] if receives else set())}
