"""The words for how sure a time or a place is: those of the tables' own lists, and those a desk writes."""

from functools import lru_cache

from dashboard.language import LANGUAGES, language, say


def said(word: str) -> str:
    """A precision or a basis in words; a basis that an author put in words of their own stays as it is."""
    return _words(language()).get(word, word)


@lru_cache(maxsize=len(LANGUAGES))
def _words(_language: str) -> dict[str, str]:
    return {
        "exact": say("exact"),
        "part_of_day": say("part of day"),
        "day": say("precision::day"),
        "order": say("precision::order"),
        "street": say("precision::street"),
        "district": say("precision::district"),
        "inferred": say("inferred"),
        "unknown": say("unknown"),
        "stated": say("stated"),
        "derived": say("derived"),
        "assumed": say("assumed"),
        "set by hand": say("set by hand"),
        "geocoding service": say("geocoding service"),
        "relative phrase": say("relative phrase"),
    }
