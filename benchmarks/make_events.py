"""Make a store of invented but realistic rows: `python -m benchmarks.make_events URL [--rows 1000000] [--seed 1]`.

The same seed and number of rows make the same store. Places are the gazetteer's and actors the lexicon's, some far more
frequent than others; days come in waves; articles hold one to a dozen rows, quotes stand verbatim in their texts, and
what real rows lack (a place, a day, an actor) is lacking as often. Nothing in it has happened.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from events.lexicon import LANGUAGES
from events.model import Article, Event, LocatedEvent, Party, PlaceMention, Span, When
from events.ontology import load_actions
from events.store import Store, open_store
from geodata.build import all_places
from geodata.model import Candidate, Match, Place

FIRST_DAY = date(2023, 1, 1)
DAYS = 1_200
CHUNK = 1_000  # articles
REGION = "SY LB IQ PS IL JO YE SD TR EG LY".split()
MODALITIES = {
    "asserted": 0.68, "claimed": 0.14, "denied": 0.04, "planned": 0.06, "demanded": 0.05, "hypothetical": 0.03
}  # fmt: skip
WAYS = {
    "attack": "قُتل {n} أشخاص وأصيب آخرون بجروح في قصف نفّذته {actor} على {place}",
    "clash": "اندلعت اشتباكات عنيفة بين {actor} و{target} في محيط {place}",
    "arrest": "اعتقلت {actor} {n} أشخاص خلال حملة مداهمات في {place}",
    "withdraw": "انسحبت {actor} من {place} باتجاه الشمال بعد ساعات من التفاهم مع {target}",
    "evacuate": "أُجلي {n} من المدنيين والجرحى من {place} بإشراف {actor}",
    "deploy": "دفعت {actor} بتعزيزات عسكرية جديدة إلى {place}",
    "take_control": "بسطت {actor} سيطرتها على {place} بعد انسحاب {target}",
    "protest": "خرج العشرات في مظاهرة في {place} احتجاجا على تردي الأوضاع المعيشية",
    "humanitarian_aid": "وصلت قافلة مساعدات تضم {n} شاحنة إلى {place}",
    "displace": "نزحت {n} عائلة من {place} جراء القصف المتواصل",
    "release": "أفرجت {actor} عن {n} من الموقوفين في {place}",
    "explosion_mine": "انفجر لغم أرضي من مخلفات الحرب قرب {place} ما أدى إلى مقتل {n} أشخاص",
}
EVERY = "أفادت مصادر محلية بوقوع حادث في {place}، ولم تعلق {actor} على ما جرى حتى الآن"
FILLER = (
    "ولم تصدر الجهات المعنية أي بيان رسمي يوضح تفاصيل ما حدث حتى لحظة إعداد هذا الخبر.",
    "ويأتي ذلك في وقت تشهد فيه المنطقة توترا متصاعدا منذ أسابيع وسط دعوات إلى التهدئة.",
    "وقال شهود عيان إن فرق الإسعاف وصلت إلى المكان بعد وقت قصير ونقلت المصابين إلى المشافي القريبة.",
    "وكانت الأطراف قد تبادلت الاتهامات خلال الأيام الماضية بشأن المسؤولية عن التصعيد.",
)
COUNTED = {"attack": "killed", "explosion_mine": "killed", "arrest": "detained", "evacuate": "evacuated",
           "release": "released", "displace": "displaced_families"}  # fmt: skip
PUBLISHERS = tuple(f"وكالة المثال {number}" for number in range(1, 41))


@dataclass(frozen=True, slots=True)
class World:
    """What rows are made of, each with how often it is met."""

    places: list[Place]
    place_odds: npt.NDArray[np.float64]
    actors: list[Party]
    actor_odds: npt.NDArray[np.float64]
    actions: list[str]
    action_odds: npt.NDArray[np.float64]


def main() -> None:
    """Fill the store at a URL and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="SQLAlchemy URL of a store that is new or empty")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    start = time.perf_counter()
    fill(open_store(wanted.url), wanted.rows, wanted.seed)
    print(f"\r{wanted.rows:,} rows in {time.perf_counter() - start:,.0f} s")


def fill(store: Store, rows: int, seed: int = 1) -> None:
    """Put exactly so many rows into a store, a transaction for each thousand articles."""
    made = 0
    for chunk, articles in enumerate(chunks(rows, seed)):
        stories = np.random.default_rng([seed, chunk, 2])
        with store.batch() as batch:
            batch.add(articles)
            batch.set_stories({e.event.id: f"s-{stories.integers(rows // 2 + 1)}" for _, es in articles for e in es})
        made += sum(len(events) for _, events in articles)
        print(f"\r{made:,} of {rows:,}", end="", flush=True)
    store.refresh()


def chunks(rows: int, seed: int = 1) -> Iterator[list[tuple[Article, list[LocatedEvent]]]]:
    """Yield articles with their events, a thousand at a time, until there are so many events."""
    world, left, chunk = make_world(), rows, 0
    while left:
        dice = np.random.default_rng([seed, chunk])
        sizes = np.minimum(dice.geometric(0.2, CHUNK), 12)
        sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), left)) + 1]
        sizes[-1] -= max(0, int(sizes.sum()) - left)
        yield list(_articles(world, dice, sizes, chunk * CHUNK))
        left, chunk = left - int(sizes.sum()), chunk + 1


def make_world() -> World:
    """Return places of the region, named actors and actions; the frequent ones first, as in Zipf's law."""
    places = [p for p in all_places() if p.country in REGION and p.name_ar and p.latitude is not None]
    places.sort(key=lambda place: (place.country != "SY", -place.population, place.id))
    entries = yaml.safe_load((LANGUAGES / "ar" / "actors.yml").read_text(encoding="utf-8"))
    actors = [Party(entry["name"], entry["sector"], entry["terms"][0]) for entry in entries if entry["terms"]]
    actions = sorted(load_actions(), key=lambda code: (code not in WAYS, code))
    return World(places, _zipf(len(places)), actors, _zipf(len(actors)), actions, _zipf(len(actions)))


def _zipf(number: int) -> npt.NDArray[np.float64]:
    weights = 1 / np.arange(3, number + 3)
    return weights / weights.sum()


def _articles(
    world: World, dice: np.random.Generator, sizes: Sequence[int], first: int
) -> Iterator[tuple[Article, list[LocatedEvent]]]:
    drawn = _draw(world, dice, int(np.sum(sizes)))
    days = np.clip(dice.normal(dice.integers(DAYS, size=len(sizes)), 5), 0, DAYS - 1).astype(int)
    row = 0
    for place, (size, day) in enumerate(zip(sizes, days.tolist(), strict=True)):
        picks = [{name: values[row + offset] for name, values in drawn.items()} for offset in range(size)]
        yield _article(world, f"made-{first + place:07d}", FIRST_DAY + timedelta(days=day), picks)
        row += size


def _draw(world: World, dice: np.random.Generator, number: int) -> dict[str, list[Any]]:
    """Return for each of so many rows what it is about, as indexes into the world, and chances from 0 to 1."""
    drawn = {
        "place": dice.choice(len(world.places), number, p=world.place_odds),
        "actor": dice.choice(len(world.actors), number, p=world.actor_odds),
        "target": dice.choice(len(world.actors), number, p=world.actor_odds),
        "claim": dice.choice(len(world.actors), number, p=world.actor_odds),
        "action": dice.choice(len(world.actions), number, p=world.action_odds),
        "modality": dice.choice(list(MODALITIES), number, p=list(MODALITIES.values())),
        "count": dice.geometric(0.15, number),
        "dated": dice.random(number),
        "placed": dice.random(number),
        "spoken": dice.random(number),
        "sure": dice.random(number).round(2),
    }
    return {name: values.tolist() for name, values in drawn.items()}


def _article(world: World, key: str, day: date, picks: list[dict[str, Any]]) -> tuple[Article, list[LocatedEvent]]:
    text, events = "", []
    for number, pick in enumerate(picks):
        quote = _quote(world, pick)
        span = Span(len(text), len(text) + len(quote))
        text += f"{quote}، {FILLER[pick['count'] % len(FILLER)]}\n{FILLER[number % len(FILLER)]}\n"
        events.append(_event(world, f"{key}-{number}", key, day, pick, span, quote))
    publisher = PUBLISHERS[min(int(picks[0]["spoken"] ** 2 * len(PUBLISHERS)), len(PUBLISHERS) - 1)]
    url = f"https://example.org/{key}"
    return Article(key, text, text[:60], "ar", day, publisher, url), events


def _quote(world: World, pick: dict[str, Any]) -> str:
    way = WAYS.get(world.actions[pick["action"]], EVERY)
    actor, target = world.actors[pick["actor"]], world.actors[pick["target"]]
    return way.format(n=pick["count"], actor=actor.text, target=target.text, place=world.places[pick["place"]].name_ar)


def _event(
    world: World, event_id: str, article_id: str, day: date, pick: dict[str, Any], span: Span, quote: str
) -> LocatedEvent:
    action, place = world.actions[pick["action"]], world.places[pick["place"]]
    written = place.name_ar or place.name
    event = Event(
        id=event_id,
        article_id=article_id,
        action=action,
        modality=pick["modality"],
        span=span,
        quote=quote,
        confidence=0.5 + pick["sure"] / 2,
        extractor="made-1",
        actor=world.actors[pick["actor"]] if pick["actor"] % 7 else Party(),
        target=world.actors[pick["target"]] if pick["spoken"] < 0.5 else Party(),
        claim_source=world.actors[pick["claim"]].name if pick["spoken"] > 0.6 else None,
        place=PlaceMention(span, written),
        when=_when(day, pick["dated"]),
        counts={COUNTED[action]: pick["count"]} if action in COUNTED else {},
    )
    if pick["placed"] < 0.08:
        return LocatedEvent(event, None, "ambiguous: several places of this name")
    other = world.places[(pick["place"] + 1) % len(world.places)]
    others = (Candidate(other, 0.3),) if pick["placed"] > 0.8 else ()
    return LocatedEvent(event, Match(place, 1 + (pick["placed"] > 0.7) + (pick["placed"] > 0.9), 0.8, others), None)


def _when(day: date, chance: float) -> When:
    if chance < 0.05:
        return When()
    if chance < 0.1:
        return When(day.isoformat()[:7], None, 3)
    if chance < 0.2:
        return When((day - timedelta(days=3)).isoformat(), day.isoformat(), 2)
    return When((day - timedelta(days=int(chance * 2))).isoformat(), None, 1)


if __name__ == "__main__":
    main()
