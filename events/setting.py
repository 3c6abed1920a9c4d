"""Where and when an act happened, as the words beside its trigger say."""

from collections.abc import Sequence
from itertools import pairwise

from events.arguments import Argument, caller_end
from events.chunks import Chunk, leftward, rightward
from events.frames import Frame
from events.model import PlaceMention
from events.prepositions import preposition
from events.supports import supports_only
from events.times import Time

# Which place a class is coded at (GUIDELINES.md, "Place"): the first of these roles that is filled.
_WANTED = {
    **dict.fromkeys(("withdraw", "evacuate", "displace"), ("origin", "scene")),
    **dict.fromkeys(("deploy", "return_home", "humanitarian_aid"), ("destination", "scene")),
    **dict.fromkeys(
        ("release", "abduct", "arrest", "other", "surrender", "explosion"), ("scene", "destination", "origin")
    ),
}
_TAKEN = frozenset(("release", "arrest", "abduct"))
_NATIVES = frozenset(("ابناء", "اهالي", "سكان"))
_UPROOTED = ("مهجرو", "مهجري", "نازحو", "نازحي", "لاجيو", "لاجيي")
_MOVES = frozenset(("deploy", "take_control", "withdraw"))
_SCENE_FIRST = ("scene", "destination")


def own_places(chunks: Sequence[Chunk], at: int, code: str, frame: Frame) -> tuple[tuple[PlaceMention, ...], str]:
    """Return the places that fit a class and their role: the origin of a withdrawal, the destination of a deployment.

    The role is `elsewhere` where a pronoun or definite kind word stands for the place, empty where nothing does.
    """
    own = [argument for argument in frame.places if not _party_only(argument, code)]
    own = [argument for argument in own if not _home_town(chunks, argument, code)]
    own = own[1:] if len(own) > 1 and _rules(chunks, at, own[0]) else own
    for role in _WANTED.get(code, _SCENE_FIRST):
        chosen = _without_country(chunks, [argument for argument in own if _role(argument) == role])
        if chosen:
            return _listed(chunks, chosen), role
    if _from_there(chunks, at):
        return (), "elsewhere"
    if _witnessed(chunks, at):
        return (), "elsewhere"
    if code == "displace" and own:
        return _listed(chunks, own), "destination"
    back = any("back" in chunk.functions for _, chunk in rightward(chunks, at, 7))
    return (), "elsewhere" if back else ""


def _home_town(chunks: Sequence[Chunk], argument: Argument, code: str) -> bool:
    """`أفرجوا عن ستة من أبناء العدين`: where people are from."""
    before = chunks[argument.at - 1]
    head = before.who.head if before.who else before.folded
    if head.startswith(_UPROOTED) and not argument.role:  # وفي سرت، نظّم مهجّرو تاورغاء وقفة
        return code not in ("displace", "return_home")
    return code in _TAKEN and head in _NATIVES


def _rules(chunks: Sequence[Chunk], at: int, argument: Argument) -> bool:
    """`رفعت ولاية شرناق حظر التجوال عن قضاء سيلوبي`: the governorate right behind the verb acts."""
    ruler = argument.chunk.places[0].kind == "governorate" and not argument.role
    return ruler and argument.at == at + 1 and chunks[at].finite


def _from_there(chunks: Sequence[Chunk], at: int) -> bool:
    """`فروا من المدينة باتجاه أربيل`: the origin is a place named before."""
    for ahead, chunk in rightward(chunks, at, 7):
        if "back" in chunk.functions and "prep:origin" in chunks[ahead - 1].functions:
            return True
    return False


def _without_country(chunks: Sequence[Chunk], places: Sequence[Argument]) -> Sequence[Argument]:
    """`شنت غارات في سوريا استهدفت معسكرا في دير الزور`: the place further on says where in the country."""
    if len(places) < 2 or places[1].joined or places[0].chunk.who is None:
        return places
    in_country = "state" in places[0].chunk.who.tags and len(places[0].chunk.places) == 1
    return places[1:] if in_country and not _listed_with(chunks, places[0], places[1]) else places


def _listed_with(chunks: Sequence[Chunk], one: Argument, two: Argument) -> bool:
    return (two.chunk.joined and two.at - one.at <= 2) or _anew(chunks, one.at, two.at)


def _witnessed(chunks: Sequence[Chunk], at: int) -> bool:
    """`شهدت المدينة نزوحا`: a kind word for a place named before is the subject of the verb before the act."""
    before = chunks[max(0, at - 2) : at]
    return len(before) == 2 and "support" in before[0].functions and "back" in before[1].functions


def _listed(chunks: Sequence[Chunk], arguments: Sequence[Argument]) -> tuple[PlaceMention, ...]:
    """The first place and those joined to it."""
    places = list(arguments[0].chunk.places)
    for one, two in pairwise(arguments):
        if not _listed_with(chunks, one, two):
            break
        places.extend(place for place in two.chunk.places if place not in places)
    return tuple(places)


def _anew(chunks: Sequence[Chunk], one: int, two: int) -> bool:
    """`على الحديدة وعلى ميناء الصليف`, `أطراف البلدة ومحيط القرية`: the preposition said again, joined."""
    between = chunks[one + 1 : two]
    said = [chunk for chunk in between if preposition(chunk)]
    return bool(between) and between[0].joined and bool(said) and said[0] is between[0] and len(said) <= 2


def _party_only(argument: Argument, code: str) -> bool:
    """`دمشق` that acts is no place of the act, unless a preposition stands before it or it is entered or left."""
    if code in _MOVES and not argument.role:
        return False
    who = argument.chunk.who
    if who is None or who.actor is None or argument.role not in ("", "party", "for", "target"):
        return False
    return argument.word in ("بين", "مع", "ضد", "ل") or ("state" in who.tags and not argument.role)


def _role(argument: Argument) -> str:
    if argument.word == "ل" and argument.chunk.who is None:
        return "destination"
    gates = ("معبر", "منفذ")  # عبرت الشاحنات من معبر باب الهوى
    through = any(place.kind == "crossing" or place.text.startswith(gates) for place in argument.chunk.places)
    return argument.role if argument.role in ("origin", "destination") and not through else "scene"


def own_time(
    chunks: Sequence[Chunk], at: int, part: int | None, *, background: bool, breach: bool = False
) -> Time | None:
    """Return the date beside a trigger: behind it up to the next act, else before it back to the one before.

    `breach`: a relative clause behind it tells of the truce that is broken, and dates that.
    """
    led = chunks[at - 2].time if at > 1 and chunks[at - 1].folded in ("علي", "من") else None
    if led and led.kind == "duration_before":  # أُفرج عنه بعد أسبوعين على خطفه
        return led
    for ahead, chunk in rightward(chunks, at):
        if chunk.time and chunk.time.kind in ("date", "vague") and not _opens_next(chunks, ahead):
            return chunk.time
        if breach and "relative" in chunk.functions:  # خرق الهدنة التي أُعلنت في
            break
        another = ahead != part and _tells_another(chunks, ahead) and not _frames(chunks, ahead)
        if another and not caller_end(chunks, ahead):
            break
    for _, chunk in leftward(chunks, at) if not background else ():
        if chunk.time and (chunk.time.kind == "date" or chunk.time.anchor == "story"):
            return chunk.time
        if (chunk.senses and not chunk.who) or "break" in chunk.functions:
            break
    return None


def _opens_next(chunks: Sequence[Chunk], at: int) -> bool:
    """`قصفت …، وفي اليوم التالي أغلقت`: a time behind و that stands right before the next verb is that verb's."""
    first = at - 1 if "prep:scene" in chunks[at - 1].functions else at
    begins = first > 0 and chunks[first - 1].is_mark("،") and chunks[first].joined
    return begins and at + 1 < len(chunks) and (chunks[at + 1].finite or chunks[at + 1].speaks)


def _frames(chunks: Sequence[Chunk], at: int) -> bool:
    """`خلال اقتحام بدأ ليل الخميس`: the act around this one, and the verb that says when it was."""
    begin = at - ("support" in chunks[at].functions)
    return begin > 0 and "during" in chunks[begin - 1].functions


def _tells_another(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether another act, a word of speech or a contrast begins."""
    chunk = chunks[at]
    speaks = any(operator.form != "participle" or not chunk.definite for operator in chunk.operators)
    ends = speaks or chunk.functions & {"break", "background", "attribution"}
    acts = chunk.senses and not supports_only(chunks, at)
    return chunk.who is None and bool(acts or ends)
