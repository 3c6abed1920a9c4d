"""Which names news text is searched for, and which of them are places wherever they stand."""

import pytest

from geodata.folding import fold
from geodata.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


STRONG = (
    "حلب دمشق الشيخ_مقصود دير_حافر غزة خان_يونس الفاشر الحديدة سوريا كوباني السودان باب_الهوى الضفة_الغربية قطاع_غزة "
    "كردستان_العراق البحر_الأحمر نور_شمس عين_الحلوة بنت_جبيل كفركلا قباطية دارفور جنين "
    "Aleppo Qamishlo Sheikh_Maqsoud Kobani Sana'a El_Fasher Khan_Younis Syria Ain_al-Hilweh Sinjar Halep Jerusalem"
)
WEAK = "الميدان النصر الشهداء تشرين صلاح_الدين المنصورة الساحل الزيتون الطبقة الأبيض الخيام صور القائم Mare Nile"
NOT_SOUGHT = "مدينة بيان كيف الحكومة الجمعة واحد في_المدينة of name turn shot big off ALP GZA hlb snʿaʾ"


def _names(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


@pytest.mark.parametrize("name", _names(STRONG))
def test_a_place_wherever_it_stands(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.salience(fold(name)) == "strong"


@pytest.mark.parametrize("name", _names(WEAK))
def test_a_place_only_in_a_places_context(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.salience(fold(name)) == "weak"


@pytest.mark.parametrize("name", _names(NOT_SOUGHT))
def test_words_that_texts_are_not_searched_for(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.salience(fold(name)) is None


@pytest.mark.parametrize("name", ["الرقة", "رقة", "Al-Raqqa", "Raqqa", "الرقه"])
def test_with_and_without_the_article(gazetteer: Gazetteer, name: str) -> None:
    assert any(place.name == "Raqqa" for place, _ in gazetteer.find(name))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("القامشلي", "Qamishli"), ("الحسكة", "Hasakah"), ("عين العرب", "Kobani"),
        ("صنعاء", "Sanaa"),
        ("غزة", "Gaza City"),
        ("كركوك", "Kirkuk"), ("خانيونس", "Khan Younis"), ("ام درمان", "Omdurman"), ("مصراتة", "Misrata"),
        ("تدمر", "Palmyra"), ("النبطية", "Nabatieh"), ("عدن", "Aden"), ("تعز", "Taiz"), ("الأنبار", "Anbar"),
    ],
)  # fmt: skip
def test_names_are_written_as_news_agencies_do(gazetteer: Gazetteer, name: str, written: str) -> None:
    assert written in {place.name for place, _ in gazetteer.find(name)}


def test_every_place_says_whose_it_is(gazetteer: Gazetteer) -> None:
    places = gazetteer.all_places()
    assert len(places) > 40_000
    assert all(place.source and place.licence for place in places)
    assert len({place.id for place in places}) == len(places)
