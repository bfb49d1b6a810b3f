"""Choices of which each narrows the next."""

from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.chained import ChainedChoice, ChainedOptions
from forms_library.field_type import field_types

GOODS: dict[str, Any] = {
    "levels": [{"key": "sort", "label": "Sort of goods"}, {"key": "goods", "label": "Goods"}],
    "choices": [
        {
            "key": "food",
            "label": "Food",
            "choices": [{"key": "hot", "label": "Hot food"}, {"key": "other", "label": "Other food"}],
        },
        {"key": "craft", "label": "Crafts", "choices": [{"key": "other", "label": "Other crafts"}]},
        {"key": "none", "label": "Nothing of this"},
    ],
}


@field_types.register
class Linked(ChainedChoice):
    """Two to four lists, one below the other: what is chosen above decides what is offered below."""

    key: ClassVar[str] = "linked"
    label: ClassVar[Text] = Text({"en": "Linked choices", "fr": "Choix liés", "ar": "اختيارات مترابطة"})
    icon: ClassVar[str] = "git-branch"
    Options = ChainedOptions
    options: ChainedOptions
    accepts = (
        (GOODS, {"sort": "food", "goods": "food/hot"}, {"sort": "food", "goods": "hot"}),
        (GOODS, {"sort": "craft", "goods": "craft/other"}, {"sort": "craft", "goods": "other"}),
        (GOODS, {"sort": "none", "goods": ""}, {"sort": "none"}),
        (GOODS, {"sort": "", "goods": ""}, None),
    )
    rejects = (
        (GOODS, {"sort": "food", "goods": "craft/other"}, "wrong_pair"),
        (GOODS, {"sort": "food", "goods": ""}, "part_required"),
        (GOODS, {"sort": "", "goods": "food/hot"}, "part_required"),
        (GOODS, {"sort": "toys", "goods": ""}, "not_a_choice"),
        (GOODS, {"sort": "none", "goods": "food/hot"}, "wrong_pair"),
    )
