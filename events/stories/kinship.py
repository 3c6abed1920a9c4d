"""The knowledge in `kinship.yml`: which actions, names, counts and words may tell of one event."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from events.lexicon import LANGUAGES, load_yaml
from events.schema import ActorEntry, CountryEntry, Strict
from geodata.folding import fold

_FILE = Path(__file__).with_name("kinship.yml")


class _File(Strict):
    families: dict[str, tuple[str, ...]]
    kin: tuple[tuple[str, str], ...]
    two_sided: tuple[str, ...]
    repeated: tuple[str, ...]
    same_count: dict[str, str]
    catch_all: tuple[str, ...]
    vague: tuple[str, ...]
    state_sectors: tuple[str, ...]
    common_words: tuple[str, ...]
    hours: tuple[tuple[str, ...], ...]
    hours_before_day: dict[str, int]
    days: tuple[str, ...]
    further: tuple[str, ...]
    stop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kinship:
    """The tables of `kinship.yml`, turned into what is asked of them."""

    family: dict[str, str]
    kin: frozenset[frozenset[str]]
    two_sided: frozenset[str]
    repeated: frozenset[str]
    same_count: dict[str, str]
    catch_all: frozenset[str]
    vague: frozenset[str]
    state_sectors: frozenset[str]
    common_words: frozenset[str]
    hours: dict[str, int]
    hours_before_day: dict[str, int]
    days: frozenset[str]
    further: frozenset[str]
    stop: frozenset[str]
    country_of_word: dict[str, str]
    country_of_actor: dict[str, str]


@cache
def kinship() -> Kinship:
    """Return the tables, loaded once; raises LexiconError naming file and entry."""
    file: _File = load_yaml(_FILE, _File)
    countries: tuple[CountryEntry, ...] = load_yaml(LANGUAGES / "ar" / "countries.yml", tuple[CountryEntry, ...])
    actors: tuple[ActorEntry, ...] = load_yaml(LANGUAGES / "ar" / "actors.yml", tuple[ActorEntry, ...])
    return Kinship(
        family={action: family for family, actions in file.families.items() for action in actions},
        kin=frozenset(map(frozenset, file.kin)),
        two_sided=frozenset(file.two_sided),
        repeated=frozenset(file.repeated),
        same_count=file.same_count,
        catch_all=frozenset(file.catch_all),
        vague=frozenset(file.vague),
        state_sectors=frozenset(file.state_sectors),
        common_words=frozenset(file.common_words),
        hours={fold(word): part for part, words in enumerate(file.hours) for word in words},
        hours_before_day={fold(word): part for word, part in file.hours_before_day.items()},
        days=frozenset(map(fold, file.days)),
        further=frozenset(map(fold, file.further)),
        stop=frozenset(map(fold, file.stop)),
        country_of_word={fold(word): c.code for c in countries for word in (c.name, c.demonym)},
        country_of_actor={**_of_states(countries), **_of_actors(actors)},
    )


def _of_states(countries: Iterable[CountryEntry]) -> dict[str, str]:
    return {name: country.code for country in countries for name in (country.government, country.army)}


def _of_actors(actors: Iterable[ActorEntry]) -> dict[str, str]:
    return {actor.name: actor.countries[0] for actor in actors if len(actor.countries) == 1}
