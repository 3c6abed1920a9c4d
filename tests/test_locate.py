"""Where the events of an article stand: names said again, quarters whose town another sentence names."""

from datetime import date

import pytest

from events.model import Article
from events.pipeline import code

ARTICLES = [
    (
        "a quarter said again without its kind word",
        "قصفت الطائرات حي الرياض في الخرطوم صباح أمس.\nوقتل ثلاثة مدنيين برصاص قناصة في الرياض مساء.",
        "الرياض",
        (15.5, 32.6),
    ),
    (
        "a quarter of several towns: not of the town named last if the text names one that has it",
        "أُجلي آلاف المدنيين من أحياء حلب الشرقية.\nودخلت شاحنات مساعدات مضايا.\nودخل الجيش حيي المشهد والأنصاري.",
        "الأنصاري",
        (36.2, 37.1),
    ),
]


@pytest.mark.parametrize(("text", "name", "spot"), [case[1:] for case in ARTICLES], ids=[case[0] for case in ARTICLES])
def test_a_name_is_the_same_place_throughout(text: str, name: str, spot: tuple[float, float]) -> None:
    located = code(Article("a", text, "", "ar", date(2023, 5, 2)))
    found = [one.match.place for one in located if one.event.place and one.event.place.text == name and one.match]
    assert found
    for place in found:
        assert (place.latitude, place.longitude) == pytest.approx(spot, abs=0.15)
