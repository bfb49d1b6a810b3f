"""A small service in two versions, and the drafts and cases of the first with what is to become of each."""

from __future__ import annotations

import copy
from typing import Any

Package = dict[str, Any]

FIRST = """
format: 1
key: stall
title: Run a stall
summary: For traders.
audience: citizen
languages: [en]
reference_prefix: STA
forms:
  application:
    title: Run a stall
    pages:
      - key: you
        title: You
        fields:
          - {key: owner, type: short_text, label: Your name}
          - {key: phone, type: short_text, label: Phone, required: false}
      - key: trade
        title: Trade
        fields:
          - key: trade
            type: radio
            label: What you sell
            options:
              choices: [{key: food, label: Food}, {key: paper, label: Paper}, {key: goods, label: Goods}]
      - key: more
        title: More
        fields:
          - {key: remarks, type: short_text, label: Remarks, required: false}
workflow:
  decide_within: {working_days: 5}
  start: applied
  nodes:
    - {key: applied, type: start, form: application, title: Applied, next: check}
    - key: check
      type: user_task
      title: Check
      role: clerk
      outcomes:
        - {key: accept, label: Accept, next: inspect}
        - {key: return, label: Return, next: correct, style: return}
    - key: correct
      type: applicant_task
      title: Correct
      due: {working_days: 10}
      next: check
      on_timeout: expired
    - key: inspect
      type: user_task
      title: Inspect
      role: clerk
      outcomes: [{key: fine, label: Fine, next: sign}]
    - key: sign
      type: user_task
      title: Sign
      role: clerk
      outcomes:
        - {key: sign, label: Sign, next: done}
        - {key: return, label: Return, next: correct, style: return}
    - {key: done, type: end, outcome: approved, title: Registered}
    - {key: expired, type: end, outcome: expired, title: Expired}
"""


def second(package: Package) -> Package:
    """A question renamed, one added that food needs, a choice gone; a step gone, another added."""
    document = copy.deepcopy(package)
    you, trade, _more = document["forms"]["application"]["pages"]
    you["fields"][1] |= {"key": "telephone", "label": "Telephone"}
    trade["fields"][0]["options"]["choices"].pop()
    trade["fields"].append(
        {
            "key": "hygiene",
            "type": "short_text",
            "label": "Hygiene card",
            "show_when": 'answers.trade == "food"',
        }
    )
    nodes = {node["key"]: node for node in document["workflow"]["nodes"]}
    nodes["check"]["outcomes"][0]["next"] = "sign"
    nodes["sign"]["outcomes"][0]["next"] = "file"
    filing = {"key": "file", "type": "user_task", "title": "File", "role": "clerk"}
    filing["outcomes"] = [{"key": "filed", "label": "Filed", "next": "done"}]
    document["workflow"]["nodes"] = [*(n for n in nodes.values() if n["key"] != "inspect"), filing]
    return document


# by name: the answers of each page that is finished, and what is to become of the draft
DRAFTS: dict[str, tuple[Package, set[str]]] = {
    "untouched": ({}, set()),
    "first page": ({"you": {"owner": "Leila", "phone": None}}, set()),
    "a phone": ({"you": {"owner": "Leila", "phone": "555"}}, {"removed"}),
    "food": ({"you": {"owner": "Leila", "phone": None}, "trade": {"trade": "food"}}, {"asked"}),
    "goods": ({"you": {"owner": "Leila", "phone": "555"}, "trade": {"trade": "goods"}}, {"removed", "again"}),
    "paper": (
        {
            "you": {"owner": "Leila", "phone": None},
            "trade": {"trade": "paper"},
            "more": {"remarks": "A corner"},
        },
        set(),
    ),
}
PHONE = {"trade": "paper", "phone": "555"}
# by name: the answers, the outcomes of the steps that are done, the class, and the reasons
CASES: dict[str, tuple[Package, list[str], str, set[str]]] = {
    "paper at the check": ({"trade": "paper"}, [], "safe", set()),
    "food at the check": ({"trade": "food"}, [], "needs", {"asked"}),
    "paper at the inspection": ({"trade": "paper"}, ["accept"], "needs", {"gone"}),
    "a phone at the signature": (
        {"trade": "paper", "phone": "555"},
        ["accept", "fine"],
        "needs",
        {"removed"},
    ),
    "goods at the signature": ({"trade": "goods"}, ["accept", "fine"], "needs", {"again"}),
    "asked for the phone": (
        {"trade": "paper", "phone": "555"},
        ["return"],
        "blocked",
        {"asked_gone", "removed"},
    ),
}
