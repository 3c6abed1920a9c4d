"""A small article with two events, made by hand for tests of the row and the store."""

from dataclasses import replace
from datetime import date

from events.model import Article, Event, LocatedEvent, Party, PlaceMention, Span, When
from geodata.model import Candidate, Match, Place

ARTICLE = Article(
    id="a-1",
    text="قُتل ثلاثة مدنيين في قصف على الأشرفية، وفق سانا. واحتج سكان.",
    title="قتلى في الأشرفية",
    published=date(2026, 1, 11),
    url="https://example.org/1",
)
QUOTE = "قُتل ثلاثة مدنيين في قصف على الأشرفية"
ASHRAFIEH = Place(
    id="aleppo-ashrafieh",
    name="Ashrafieh",
    name_ar="الأشرفية",
    names=("الأشرفية",),
    feature_code="PPLX",
    precision="neighbourhood",
    latitude=36.2279,
    longitude=37.1470,
    country="SY",
    admin1="Aleppo",
    parent="aleppo",
    population=0,
    source="test",
    licence="test",
)
BEIRUT = replace(ASHRAFIEH, id="beirut-ashrafieh", country="LB", latitude=33.887, longitude=35.52)
ATTACK = Event(
    id="e-1",
    article_id="a-1",
    action="attack",
    modality="asserted",
    span=Span(0, len(QUOTE)),
    quote=QUOTE,
    confidence=0.9,
    extractor="test-1",
    target=Party("civilians", "CVL", "مدنيين"),
    claim_source="SANA",
    place=PlaceMention(Span(29, 37), "الأشرفية"),
    when=When("2026-01-11", None, 1),
    counts={"killed": 3, "missing": 1},
)
PROTEST = replace(
    ATTACK,
    id="e-2",
    action="protest",
    span=Span(49, 59),
    quote="واحتج سكان",
    place=None,
    when=When(),
    counts={},
)
LOCATED = (
    LocatedEvent(ATTACK, Match(ASHRAFIEH, 1, 0.8, (Candidate(BEIRUT, 0.2),)), None),
    LocatedEvent(PROTEST, None, "no place named"),
)
