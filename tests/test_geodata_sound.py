"""Places that the sources name in Latin letters only, asked for in Arabic: right in their country, else unknown."""

import pytest

from geodata.gazetteer import default_gazetteer
from geodata.model import Match
from geodata.resolution import Context, Resolver
from geodata.sound import likeness, skeleton, sound

HEARD = [
    ("تنس", "DZ", "Tenes"),
    ("أفغوي", "SO", "Afgooye"), ("قبلاط", "TN", "Goubellat"), ("ميانوالي", "PK", "Mianwali"),
]  # fmt: skip
NOT_HEARD = [
    ("two consonants of another order", "كيليجا", "TR"),
    ("a name of the neighbouring country", "عنقون", "LB"),
    ("no place at all", "ديمقراطية", "TR"),
    ("no country to listen in", "تنس", None),
]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(default_gazetteer())


@pytest.mark.parametrize(("written", "country", "name"), HEARD)
def test_a_name_is_known_by_its_sound_and_said_less_surely(
    resolver: Resolver, written: str, country: str, name: str
) -> None:
    match = resolver.resolve(written, Context(countries=(country,)))
    assert isinstance(match, Match)
    assert (match.place.name, match.place.country) == (name, country)
    assert match.score <= 0.7


@pytest.mark.parametrize(("written", "country"), [case[1:] for case in NOT_HEARD], ids=[case[0] for case in NOT_HEARD])
def test_what_sounds_otherwise_is_not_placed(resolver: Resolver, written: str, country: str | None) -> None:
    assert not isinstance(resolver.resolve(written, Context(countries=(country,) if country else ())), Match)


def test_both_scripts_share_letters() -> None:
    assert skeleton(sound("كوجالي")) == skeleton(sound("Kocaeli", "TR"))
    assert skeleton(sound("شيشاوة")) == skeleton(sound("Chichaoua", "MA"))
    assert likeness(sound("ليجة"), sound("Iliç", "TR")) == 0.0
