"""Every written form of the lexicon's entries, as folded words, with the reading it gives."""

from collections.abc import Iterable, Iterator, Sequence

from events import morphology
from events.readings import Actor, Demonym, Function, Noun, Operator, Payload, Sense
from events.schema import (
    ActionTerm,
    ActorEntry,
    CountryEntry,
    InstitutionEntry,
    NounEntry,
    OperatorEntry,
    Qualifiers,
)
from events.words import split_words
from geodata.folding import fold

_CONJUGATED = ("support", "undertake")
_PREPOSITIONS = frozenset(("تحت", "على", "في", "من", "إلى", "بعد", "دون", "عن", "مع", "قيد"))


def folded_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a term, a `{slot}` being one word; a last ل or ب is glued to what follows in texts."""
    text = text.removesuffix(" ل").removesuffix(" ب")
    return tuple(piece if piece.startswith("{") else word for piece in text.split() for word in _split(piece))


def _split(piece: str) -> list[str]:
    if piece.isalpha():  # nearly all: one word
        return [fold(piece)]
    return [piece] if piece.startswith("{") else [word.folded for word in split_words(piece)]


def action_forms(code: str, term: ActionTerm) -> Iterator[tuple[tuple[str, ...], Sense]]:
    """Yield the folded words of every written form of a term, with the reading they give."""
    for written in _phrase_forms(term.phrase) if term.phrase else ():
        yield folded_words(written), Sense(code, term, "phrase")
    if term.noun:
        yield from _noun_forms(code, term, term.noun, term.plural, "noun")
    if term.verb:
        yield from _verb_forms(code, term, term.verb, term.present or "")
    for masdar in term.masdar:
        yield from _noun_forms(code, term, masdar, ("+ات",), "masdar")
    for participle in term.participle:
        head, *rest = participle.split()
        for form in morphology.decline(head, ("+ون",), feminine=True):
            yield folded_words(" ".join((form, *rest))), Sense(code, term, "participle")


def _phrase_forms(phrase: str) -> Iterator[str]:
    """Yield a phrase and, for two words without article, its definite forms (`عملية أمنية` → `العملية الأمنية`)."""
    yield phrase
    words = phrase.split()
    if (
        len(words) == 2
        and words[0] not in _PREPOSITIONS
        and not any(word.startswith(("ال", "لل", "بال")) or len(word) < 3 for word in words)
    ):
        yield f"ال{words[0]} ال{words[1]}"
        yield f"{words[0]} ال{words[1]}"


def _noun_forms(
    code: str, term: ActionTerm, noun: str, plurals: tuple[str, ...], form: str
) -> Iterator[tuple[tuple[str, ...], Sense]]:
    head, *rest = noun.split()
    singular = set(morphology.decline(head))
    for written in morphology.decline(head, plurals):
        yield folded_words(" ".join((written, *rest))), Sense(code, term, form, plural=written not in singular)


def _verb_forms(code: str, term: ActionTerm, past: str, present: str) -> Iterator[tuple[tuple[str, ...], Sense]]:
    head, *rest = past.split()
    fixed = tuple(word for piece in rest for word in folded_words(piece))
    for form in morphology.past_forms(head):
        yield (fold(form),), Sense(code, term, "verb", "past", plural=form.endswith(("وا", "نا")), rest=fixed)
    for form in morphology.present_forms(present.split(maxsplit=1)[0]) if present else ():
        plural = form.endswith(("ون", "وا")) or form.startswith("ن")
        yield (fold(form),), Sense(code, term, "verb", "present", plural=plural, rest=fixed)
    for form in morphology.future_forms(present.split(maxsplit=1)[0]) if present else ():
        yield (fold(form),), Sense(code, term, "verb", "future", plural=form.endswith("ون"), rest=fixed)
    for passive in term.passive:
        head, *_ = passive.split()
        future = head[0] in "يت"
        forms = morphology.present_forms(head) if future else morphology.past_forms(head)
        for form in forms:
            yield (fold(form),), Sense(code, term, "verb", "present" if future else "past", passive=True, rest=fixed)
        for form in morphology.future_forms(head) if future else ():
            yield (fold(form),), Sense(code, term, "verb", "future", passive=True, rest=fixed)


_ENDS = ("", "ت", "ه", "ته", "وا")  # حسبما أورد، أوردت، أورده، أوردته، أوردوا


def qualifiers_forms(qualifiers: Qualifiers) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of the operators and small words."""
    for entry in qualifiers.operators:
        yield from _operator_forms(entry)
    reported = (
        f"{opener} {verb}{end}" for opener in qualifiers.as_reported for verb in qualifiers.reports for end in _ENDS
    )
    for phrase in (*qualifiers.attribution, *reported):
        yield folded_words(phrase), Function("attribution")
    for head in qualifiers.speaker_heads:
        yield folded_words(head), Function("head")
    for prefix, table in (("", qualifiers.functions), ("kind:", qualifiers.kinds), ("prep:", qualifiers.prepositions)):
        for category, words in table.items():
            for word in words if category not in _CONJUGATED else ():
                yield folded_words(word), Function(prefix + category)
    for category in _CONJUGATED:
        yield from _conjugated(category, qualifiers.functions[category])


def _conjugated(category: str, verbs: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of verbs that are small words, each given by past and present."""
    for past, present in (pair.split() for pair in verbs):
        for form in morphology.conjugate(past, present):
            yield folded_words(form), Function(category)
        for form in morphology.future_forms(present):
            yield folded_words(form), Function("future" if category == "support" else category)


def _operator_forms(entry: OperatorEntry) -> Iterator[tuple[tuple[str, ...], Payload]]:
    if entry.phrase:
        yield folded_words(entry.phrase), Operator(entry.kind, "phrase", entry)
    if entry.verb:
        head, *rest = entry.verb.split()
        for form in morphology.past_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "past")
    if entry.present:
        head, *rest = entry.present.split()
        for form in morphology.present_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "present")
        for form in morphology.future_forms(head):
            yield folded_words(" ".join((form, *rest))), Operator(entry.kind, "verb", entry, "future")
    for masdar in entry.masdar:
        yield folded_words(masdar), Operator(entry.kind, "masdar", entry)
    for participle in entry.participle:
        for form in (
            participle,
            participle + "ا",
            participle + "ة",
            participle + "ين",
            participle + "ون",
            participle + "يا",
            participle + "ية",
        ):
            yield folded_words(form), Operator(entry.kind, "participle", entry)


def countries_forms(countries: Iterable[CountryEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of the names, capitals and adjectives of states and peoples."""
    for country in countries:
        state = Actor(country.government, "GOV", ("state",), (country.code,))
        for name in (*country.names, *country.capital):
            yield folded_words(name), state
        for adjective in country.adjectives:
            for form in morphology.decline(adjective, ("+ون",), feminine=True):
                yield folded_words(form), Demonym(country)
        for plural in country.plurals:
            for form in (plural, f"{plural}ا"):
                yield folded_words(form), Demonym(country)


_SPELLINGS = (
    ("ديمقراط", "ديموقراط"),
    ("كردستان", "كوردستان"),
    ("سوريا", "سورية"),
    ("ميليشي", "مليشي"),
    ("أميرك", "أمريك"),
    ("فيدرالي", "فدرالي"),
)


def spelled(term: str) -> Iterator[str]:
    """Yield a name and its other usual spellings: `الديمقراطية` and `الديموقراطية`."""
    yield term
    for one, two in _SPELLINGS:
        for this, other in ((one, two), (two, one)):
            if this in term and other not in term:
                yield term.replace(this, other)


def actors_forms(entries: Iterable[ActorEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of the named actors."""
    for entry in entries:
        strong = Actor(entry.name, entry.sector, entry.tags, entry.countries)
        weak = Actor(entry.name, entry.sector, entry.tags, entry.countries, weak=True)
        for name in (*entry.terms, *entry.latin):
            yield from ((folded_words(term), strong) for term in spelled(name))
        for name in entry.weak:
            yield from ((folded_words(term), weak) for term in spelled(name))


def institutions_forms(entries: Iterable[InstitutionEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of the institutions."""
    for entry in entries:
        for name in (*entry.terms, *entry.bare):
            actor = Actor(entry.name, entry.sector, entry.tags, entry.only, "{" not in name, entry)
            yield from ((folded_words(term), actor) for term in spelled(name))


def nouns_forms(entries: Iterable[NounEntry]) -> Iterator[tuple[tuple[str, ...], Payload]]:
    """Yield the forms of the common nouns."""
    for entry in entries:
        head, *rest = entry.noun.split()
        singular = set(morphology.decline(head, feminine=entry.feminine))
        for form in morphology.decline(head, entry.plural, feminine=entry.feminine):
            noun = Noun(entry, _number(form, head, entry) if form in singular else None)
            yield folded_words(" ".join((form, *rest))), noun
            if len(rest) == 1 and form == f"{head}ا" and not entry.noun.endswith(("ة", "ا")):
                yield folded_words(f"{form} {rest[0]}ا"), noun  # مصدراً عسكرياً
            if len(rest) == 1 and not rest[0].startswith("ال") and not form.startswith("ال"):
                yield folded_words(f"ال{form} ال{rest[0]}"), noun  # الشرطة العسكرية
                yield folded_words(f"{form} ال{rest[0]}"), noun  # سائق الشاحنة


def _number(form: str, singular: str, entry: NounEntry) -> int | None:
    """Return 1 for a singular, 2 for a dual form; ين is a dual only where the plural is not written so too."""
    if form == singular or form in (singular + "ا", singular + "ة"):
        return 1
    if form.endswith("ين") and "+ون" in entry.plural and not form.endswith("تين"):
        return None
    return 2 if form.endswith(("ان", "ين")) else None
