"""A service whose ways depend on an amount, with questions that are called like words of the page."""

from typing import Any

PERMIT: dict[str, Any] = {
    "format": 1,
    "key": "stall-permit",
    "title": {"en": "Put up a stall"},
    "languages": ["en", "fr"],
    "reference_prefix": "STP",
    "forms": {
        "application": {
            "title": {"en": "Put up a stall"},
            "pages": [
                {
                    "key": "stall",
                    "title": {"en": "Your stall"},
                    "fields": [
                        {"key": "script", "type": "short_text", "label": {"en": "What you sell"}},
                        {"key": "amount", "type": "integer", "label": {"en": "Square metres"}},
                        {
                            "key": "reason",
                            "type": "short_text",
                            "label": {"en": "Why so large"},
                            "show_when": "answers.amount > 20",
                        },
                        {"key": "plan", "type": "file", "label": {"en": "A plan"}},
                    ],
                },
                {
                    "key": "fire",
                    "title": {"en": "Fire"},
                    "show_when": "answers.amount > 50",
                    "fields": [{"key": "exits", "type": "integer", "label": {"en": "Exits"}}],
                },
            ],
        },
        "visit": {
            "title": {"en": "Visit"},
            "pages": [
                {
                    "key": "visit",
                    "title": {"en": "What you found"},
                    "fields": [
                        {"key": "step", "type": "yes_no", "label": {"en": "Is it safe?"}},
                        {"key": "look", "type": "short_text", "label": {"en": "What you saw"}},
                    ],
                }
            ],
        },
    },
    "messages": {"decision": {"subject": {"en": "Your stall {reference}"}, "body": {"en": "It may stand."}}},
    "workflow": {
        "decide_within": {"working_days": 5},
        "start": "applied",
        "nodes": [
            {
                "key": "applied",
                "type": "start",
                "form": "application",
                "title": {"en": "Sent"},
                "next": "size",
            },
            {
                "key": "by_staff",
                "type": "manual_start",
                "form": "application",
                "title": {"en": "Taken down at the desk"},
                "next": "size",
            },
            {
                "key": "size",
                "type": "decision",
                "branches": [{"when": "answers.amount > 20", "to": "visit"}],
                "otherwise": "letter",
            },
            {
                "key": "visit",
                "type": "user_task",
                "role": "clerk",
                "form": "visit",
                "title": {"en": "Visit the place"},
                "outcomes": [
                    {"key": "accept", "label": {"en": "Accept"}, "style": "primary", "next": "letter"},
                    {
                        "key": "refuse",
                        "label": {"en": "Refuse"},
                        "style": "refuse",
                        "reason": "required",
                        "next": "no",
                    },
                    {"key": "return", "label": {"en": "Return"}, "style": "return", "next": "correct"},
                ],
            },
            {
                "key": "correct",
                "type": "applicant_task",
                "title": {"en": "Correct your answers"},
                "next": "size",
            },
            {
                "key": "letter",
                "type": "generate_document",
                "title": {"en": "The decision"},
                "message": "decision",
                "next": "seal",
            },
            {
                "key": "seal",
                "type": "sign",
                "title": {"en": "Sealed"},
                "document": "letter",
                "next": "done",
            },
            {"key": "done", "type": "end", "outcome": "approved", "title": {"en": "It may stand"}},
            {"key": "no", "type": "end", "outcome": "refused", "title": {"en": "It may not stand"}},
        ],
    },
}
