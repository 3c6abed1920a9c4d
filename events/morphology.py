"""Arabic inflection of compact lexicon entries: written forms without vowels, folded by the caller.

A verb is given by its two citation forms (past and present, third person masculine singular); the weak
classes are told from their letters. Forms that no news text has (imperatives, second persons) are left out.
"""

from collections.abc import Iterator

PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "كم")
"""Object and possessive pronouns that news text attaches to verbs and nouns."""


def conjugate(past: str, present: str) -> Iterator[str]:
    """Yield the written forms of a verb, without pronouns: third persons, first plural, future, dual and plural.

    `past` and `present` are third person masculine singular (`انسحب`, `ينسحب`); present may be empty.
    """
    yield from past_forms(past)
    if present:
        yield from present_forms(present)
        yield from future_forms(present)


def future_forms(present: str) -> Iterator[str]:
    """Yield the forms with the future prefix: indicative only (`سينفي`, `سينسحبون`)."""
    tail = present[1:]
    stem = tail[:-1] if tail.endswith(("ي", "و", "ى")) else tail
    dual = tail[:-1] + "ي" if tail.endswith("ى") else tail
    yield from ("س" + person + tail for person in "يتن")
    yield from (f"س{person}{stem}ون" for person in "يت")
    yield from (f"س{person}{dual}ان" for person in "يت")


def past_forms(past: str) -> Iterator[str]:
    """Yield the past forms of third persons and first plural."""
    yield past
    if past.endswith(("ى", "ا")) and len(past) > 2:  # defective: نفى → نفت، نفوا، نفيا
        stem = past[:-1]
        glide = "ي" if past.endswith("ى") else "و"
        yield from (stem + "ت", stem + "وا", stem + glide + "ا", stem + "تا", stem + glide + "نا", stem + glide + "ن")
        return
    if past.endswith("ي"):  # بقي، لقي → لقيت، لقوا
        yield from (past + "ت", past[:-1] + "وا", past + "ا", past + "تا", past + "نا")
        return
    yield from (past + "ت", past + "وا", past + "ا", past + "تا", past + "نا", past + "ن")
    if len(past) >= 3 and past[-2] == "ا":  # hollow: عاد → عدنا
        yield past[:-2] + past[-1] + "نا"


def present_forms(present: str) -> Iterator[str]:
    """Yield the present and jussive forms, without the future prefix."""
    tail = present[1:]
    weak = tail.endswith(("ي", "و", "ى"))
    for person in "يتن":
        yield person + tail
        if weak:
            yield person + tail[:-1]  # jussive: لم ينفِ
        elif len(tail) == 4 and tail[-2] in "اوي":
            # hollow jussive: لم ينسق; the three-letter ones are other words (يعد، تقل)
            yield person + tail[:-2] + tail[-1]
    stem = tail[:-1] if weak else tail
    dual = tail[:-1] + "ي" if tail.endswith("ى") else tail
    for person in "يت":
        yield from (person + stem + "ون", person + stem + "وا", person + dual + "ان", person + dual + "ا")
    yield "ي" + tail + "ن"


def decline(singular: str, plurals: tuple[str, ...] = (), *, feminine: bool = False) -> Iterator[str]:
    """Yield a noun's written forms: tanwin, dual, plurals and construct endings, without article and pronouns.

    `plurals` are broken plurals as written, or `+ون` / `+ات` for the sound ones.
    """
    yield from _cases(singular)
    yield from _dual(singular)
    if feminine:
        yield from _cases(singular + "ة")
        yield from _dual(singular + "ة")
        yield _bare(singular) + "ات"
    for plural in plurals:
        if plural == "+ون":
            yield from (singular + "ون", singular + "ين", singular + "و", singular + "ي")
        elif plural == "+ات":
            yield _bare(singular) + "ات"
        else:
            yield from _cases(plural)


def _bare(noun: str) -> str:
    return noun.removesuffix("ة")


def _cases(noun: str) -> Iterator[str]:
    yield noun
    if not noun.endswith(("ة", "ا", "اء", "ى")):
        yield noun + "ا"


def _dual(noun: str) -> Iterator[str]:
    stem = noun[:-1] + "ت" if noun.endswith("ة") else noun
    yield from (stem + "ان", stem + "ين", stem + "ا", stem + "ي")
