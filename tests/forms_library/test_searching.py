"""Finding a choice among thousands: best first, without accents and capitals, and without doubt."""

import time

from forms_library.named_lists import LISTS
from forms_library.searching import index_of, meant, search

TOWNS = index_of(
    {"a": "Old Harbour", "b": "Harbour Road", "c": "São Tomé", "d": "North Harbour", "e": "Harbour"}
)


def keys(found):
    return [entry.key for entry in found]


def test_the_same_comes_first_then_beginnings_then_words():
    assert keys(search(TOWNS, "harbour")) == ["e", "b", "d", "a"]


def test_accents_capitals_and_marks_do_not_matter():
    assert keys(meant(TOWNS, "SAO-TOME")) == ["c"]


def test_one_exact_answer_leaves_no_doubt_although_others_contain_it():
    assert keys(meant(TOWNS, "Harbour")) == ["e"]


def test_two_letters_within_a_word_find_nothing():
    assert search(TOWNS, "rb") == [] and keys(search(TOWNS, "rbour"))
    assert search(TOWNS, " ") == [] and search(TOWNS, "<>") == []


def test_labels_that_fold_alike_are_told_apart_by_how_they_are_written():
    index = index_of({"1": "Peña", "2": "Pena"})
    assert keys(meant(index, "Peña")) == ["1"] and keys(meant(index, "Pena")) == ["2"]
    assert len(meant(index, "PENA")) == 2


def test_ten_thousand_choices_are_searched_in_a_moment():
    index = index_of(
        {str(number): f"Place number {number} in Ward {number % 97}" for number in range(10_000)}
    )
    started = time.perf_counter()
    assert len(search(index, "ward 12", 20)) == 20
    assert time.perf_counter() - started < 0.25


def test_every_named_list_speaks_three_languages_and_has_the_same_keys():
    for labels in LISTS.values():
        english = labels("en")
        assert len(english) > 100
        assert len(set(english) & set(labels("ar"))) > 0.8 * len(english)
