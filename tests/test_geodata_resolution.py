"""Names told apart by their context, and the honest answer where context does not tell."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz import fuzz, process

from geodata.gazetteer import SLIP_RATIO, Gazetteer
from geodata.model import Match, Place, Unresolved
from geodata.names import key
from geodata.resolution import Context, Resolver, label

TABLE = Path(__file__).parent / "geo" / "ambiguous.yml"
MENTIONS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
RIGHT = 0.95


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(Gazetteer.load())


def _name(mention: dict[str, Any]) -> str:
    return str(mention["say"]).split("[", 1)[1].split("]", 1)[0]


def _near(resolver: Resolver, mention: dict[str, Any]) -> tuple[Place, ...]:
    if not mention.get("near"):
        return ()
    name, _, within = str(mention["near"]).partition("، ")
    context = Context(within=(within,) if within else (), countries=(mention["country"],))
    found = resolver.resolve(name, context)
    if isinstance(found, Match):
        return (found.place,)
    return tuple(candidate.place for candidate in found.others[:1])


def _answer(resolver: Resolver, mention: dict[str, Any]) -> Match | Unresolved:
    context = Context(
        kind=mention.get("kind"),
        within=(mention["within"],) if mention.get("within") else (),
        near=_near(resolver, mention),
        countries=(mention["country"],) if mention.get("country") else (),
    )
    return resolver.resolve(_name(mention), context)


def _is(place: Place, wanted: str) -> bool:
    name, _, around = wanted.partition(", ")
    return place.name == name and around in {place.parent, place.admin1, place.country, place.parent or "", ""}


def _verdict(found: Match | Unresolved, wanted: str) -> str:
    if isinstance(found, Unresolved):
        return "right" if wanted == "none" else "abstained"
    return "right" if wanted != "none" and _is(found.place, wanted) else "wrong"


def test_the_table_is_large_enough() -> None:
    assert len(MENTIONS) >= 120


def test_ambiguous_mentions(resolver: Resolver) -> None:
    verdicts = []
    for mention in MENTIONS:
        found = _answer(resolver, mention)
        shown = label(found.place) if isinstance(found, Match) else found.reason
        verdicts.append((_verdict(found, mention["is"]), f"{mention['say']} is {mention['is']}, got {shown}"))
    wrong = [line for verdict, line in verdicts if verdict == "wrong"]
    abstained = [line for verdict, line in verdicts if verdict == "abstained"]
    assert not wrong
    assert len(MENTIONS) - len(abstained) >= RIGHT * len(MENTIONS), abstained


@pytest.mark.parametrize(
    ("name", "precision", "geo_precision"),
    [
        ("درعا", "city", 1),
        ("محافظة درعا", "governorate", 3),
        ("ريف حلب الشمالي", "region", 3),
        ("ريف القنيطرة", "region", 3),
        ("ريف دمشق", "governorate", 3),
        ("السويداء", "city", 1),
        ("سوريا", "country", 3),
        ("معبر نصيب", "landmark", 1),
    ],
)
def test_how_precise_the_answer_is(resolver: Resolver, name: str, precision: str, geo_precision: int) -> None:
    found = resolver.resolve(name, Context(countries=("SY",)))
    assert isinstance(found, Match)
    assert (found.place.precision, found.geo_precision) == (precision, geo_precision)


def test_the_countryside_is_named_in_english(resolver: Resolver) -> None:
    found = resolver.resolve("ريف حلب الشمالي")
    assert isinstance(found, Match)
    assert found.place.name == "Northern Aleppo countryside"


def test_a_building_that_no_source_holds_is_in_the_town_around_it(resolver: Resolver) -> None:
    found = resolver.resolve("سجن سراقب", Context(countries=("SY",)))
    assert isinstance(found, Match)
    assert (found.place.name, found.geo_precision) == ("Saraqib", 2)


@pytest.mark.parametrize("name", ["طريق دير حافر - مسكنة", "طريق دير حافر – مسكنة", "Deir Hafer-Maskana road"])
def test_a_road_named_after_its_ends_is_half_way(resolver: Resolver, name: str) -> None:
    found = resolver.resolve(name, Context(within=("حلب",), countries=("SY",)))
    assert isinstance(found, Match)
    assert (found.place.name, found.place.precision, found.geo_precision) == ("Deir Hafer–Maskana road", "road", 2)
    assert (found.place.latitude, found.place.longitude) == pytest.approx((36.06, 37.87), abs=0.03)


def test_a_road_too_long_for_a_point(resolver: Resolver) -> None:
    found = resolver.resolve("طريق دمشق - دير الزور", Context(countries=("SY",)))
    assert isinstance(found, Unresolved)
    assert found.reason == "only a region"


def test_a_hyphen_in_a_name_makes_no_road(resolver: Resolver) -> None:
    assert isinstance(resolver.resolve("Baalbek-Hermel", Context(countries=("LB",))), Match)


def test_a_quarter_without_a_point_stands_at_its_city_and_says_so(resolver: Resolver) -> None:
    found = resolver.resolve("حي الشجاعية", Context(countries=("PS",)))
    assert isinstance(found, Match)
    assert (found.place.name, found.place.precision, found.geo_precision) == ("Shujaiya", "city", 2)


@pytest.mark.parametrize(
    ("slip", "meant"), [("الشيخ مقصوود", "Sheikh Maqsoud"), ("Sheikh Maqsooud", "Sheikh Maqsoud"), ("Qamishly", None)]
)
def test_a_slip_of_the_pen(resolver: Resolver, slip: str, meant: str | None) -> None:
    found = resolver.resolve(slip, Context(countries=("SY",)))
    if meant is None:
        assert isinstance(found, Unresolved) or found.place.name == "Qamishli"
    else:
        assert isinstance(found, Match)
        assert found.place.name == meant
        assert found.score < 0.9


def test_few_real_names_are_a_slip_away_from_another_place() -> None:
    """The threshold for slips of the pen: how often would a name be taken for its neighbour, were it missing?

    A slip is believed in the article's countries only: what counts is a neighbour in the country of the name's place.
    """
    gazetteer = Gazetteer.load()
    keys = {key(place.name_ar) for place in gazetteer.all_places() if place.name_ar}
    sample = sorted(name for name in keys if len(name) >= 7)[::8]
    taken = 0
    for name in sample:
        own = {place.id: place.country for place, _ in gazetteer.by_key(name)}
        alike = process.extract(
            name, gazetteer.names_starting_with(name[:2]), scorer=fuzz.ratio, score_cutoff=SLIP_RATIO, limit=6
        )
        others = [[place for place, _ in gazetteer.by_key(other)] for other, _, _ in alike]
        taken += any(
            all(place.id not in own for place in meant) and any(place.country in own.values() for place in meant)
            for meant in others
        )
    assert len(sample) > 1_000
    assert taken / len(sample) < 0.03


@pytest.mark.parametrize(
    ("name", "reason"), [("زعطلبوط", "not in gazetteer"), ("شمال سوريا", "only a region"), ("طرابلس", "ambiguous: ")]
)
def test_the_reason_when_a_name_is_not_placed(resolver: Resolver, name: str, reason: str) -> None:
    found = resolver.resolve(name)
    assert isinstance(found, Unresolved)
    assert found.reason.startswith(reason)


def test_the_same_question_has_the_same_answer(resolver: Resolver) -> None:
    context = Context(within=("حلب",), countries=("SY",))
    assert resolver.resolve("الأشرفية", context) == Resolver(Gazetteer.load()).resolve("الأشرفية", context)


def test_candidates_carry_their_reasons(resolver: Resolver) -> None:
    found = resolver.resolve("الأشرفية", Context(within=("حلب",)))
    assert isinstance(found, Match)
    assert any("not in Aleppo" in reason for candidate in found.others for reason in candidate.why)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        pytest.param("كتاراة", None, "QA", id="a clitic is no reason to look abroad: ك + a town in Siberia"),
        pytest.param("حي الشجاعية", "neighbourhood", "TN", id="a quarter of another country"),
        pytest.param("دير حافر", None, "MA", id="a small town of another country"),
        pytest.param("غامبيبا", None, "ET", id="a slip that leads abroad: Gambia"),
    ],
)
def test_what_lies_outside_the_articles_countries_is_not_placed(
    resolver: Resolver, name: str, kind: str | None, country: str
) -> None:
    assert isinstance(resolver.resolve(name, Context(kind=kind, countries=(country,))), Unresolved)


@pytest.mark.parametrize(
    ("name", "kind", "country", "meant", "geo_precision"),
    [
        pytest.param("قضاء الحويجة", "district", "IQ", "Hawija", 2, id="a district stands at its seat"),
        pytest.param("مديرية كتاف", "district", "YE", "Kitaf", 2, id="a district whose seat is a village"),
        pytest.param("معبر فيشخابور", "crossing", "IQ", "Faysh Khabur crossing", 2, id="a landmark at its town"),
        pytest.param("كتاف", None, "YE", "Kitaf", 1, id="a row without a point takes GeoNames' of its name"),
        pytest.param("بومرداس", None, "DZ", "Boumerdas", 1, id="a seat written otherwise than its governorate"),
        pytest.param("أوسكودار", None, "TR", "Uskudar", 1, id="heard, though the sources have a Persian spelling"),
    ],
)
def test_how_near_the_point_is(
    resolver: Resolver, name: str, kind: str | None, country: str, meant: str, geo_precision: int
) -> None:
    found = resolver.resolve(name, Context(kind=kind, countries=(country,)))
    assert isinstance(found, Match)
    assert (found.place.name, found.geo_precision) == (meant, geo_precision)


@pytest.mark.parametrize(
    ("name", "kind", "countries", "meant"),
    [
        pytest.param("جبل عمان", "mountain", ("JO",), "Jabal Amman", id="the kind word belongs to the name"),
        pytest.param("حي المنصورة", "neighbourhood", ("YE",), "Mansoura (Aden)", id="a village that became a quarter"),
        pytest.param("ساكو", None, ("SO", "US"), "Saacow", id="no small town of a country that only acts there"),
        pytest.param("الداخلة", None, ("MA",), "Dakhla", id="across a contested line"),
        pytest.param("ميناء بربرة", "port", ("SO",), "Berbera", id="a port that no source holds, at its town"),
    ],
)
def test_kind_words_and_countries(
    resolver: Resolver, name: str, kind: str | None, countries: tuple[str, ...], meant: str
) -> None:
    found = resolver.resolve(name, Context(kind=kind, countries=countries))
    assert isinstance(found, Match)
    assert found.place.name == meant
