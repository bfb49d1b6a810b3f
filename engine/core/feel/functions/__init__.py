"""The functions of the language, by what they are about."""

from engine.core.feel.functions import contexts, conversion, dates, lists, numbers, ranges, statistics, texts

__all__ = ["contexts", "conversion", "dates", "lists", "numbers", "ranges", "statistics", "texts"]
