"""Where an act without a place of its own happened: what the sentence or the text before says."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.context import Context
from events.line import Line
from events.matching import bare_forms
from events.modality import FACTS
from events.model import PlaceMention, Span
from events.supports import supports_only
from events.told import PLACELESS, Told
from events.values import replace

_INNER = frozenset(("neighbourhood", "street", "roundabout", "landmark"))
_TOWNS = frozenset(("town", "city", "village", "district"))
_WISHED = frozenset(("attack", "withdraw", "return_home"))
_PEOPLE = frozenset(("resident", "crowd", "civilian"))
Places = tuple[PlaceMention, ...]


def places_of(
    context: Context, line: Line, chunks: Sequence[Chunk], told: Sequence[Told], before: Sequence[Told]
) -> list[Told]:
    """Return the acts of a sentence, those without a place with that of the sentence or the one named last.

    `before`: the acts of the sentences before.
    """
    scene = _fronted(context, chunks)
    placed: list[Told] = []
    for n, act in enumerate(told):
        if act.places or act.code in PLACELESS or act.modality == "hypothetical":
            placed.append(replace(act, places=tuple(_within(context, place, scene) for place in act.places)))
            continue
        places = (
            _own_space(context, chunks, act)
            or _said_behind(context, line, chunks, act)
            or (_pointed_back(context, chunks, act) if _by_pronoun(chunks, act) else ())
            or scene
            or _site(context, line, act)
            or _own_town(context, line, chunks, act)
            or _pointed_back(context, chunks, act)
            or _told_before(chunks, act, before)
            or _mentioned(context, chunks, act)
            or next((other.places for other in (*reversed(placed), *told[n + 1 :]) if other.places), ())
            or _home(context, line, act)
            or (() if _anywhere(act) else context.places)
        )
        if act.draft and act.draft.term and _of_deal(context, places, (*before, *placed)):
            places = ()
        inherited = tuple(replace(place, inherited=True) for place in places)
        placed.append(replace(act, places=inherited, inherited=True))
    return placed


def _anywhere(act: Told) -> bool:
    """A truce, or what is only planned or demanded of armed forces, need not be where the last act was."""
    return act.code == "ceasefire" or (act.modality not in FACTS and act.modality != "denied" and act.code in _WISHED)


def _of_deal(context: Context, places: Places, told: Sequence[Told]) -> bool:
    """Whether a place is where a deal was made, in another country: its terms are kept elsewhere."""
    names = {place.text for act in told if act.code == "agreement" for place in act.places}
    abroad = (context.place_country(place.text) not in context.countries[:1] for place in places)
    return bool(places) and all(place.text in names for place in places) and all(abroad)


def _within(context: Context, place: PlaceMention, scene: Places) -> PlaceMention:
    """A quarter, street or building lies in the town at the head of the sentence, if the text puts it nowhere else.

    One that no gazetteer holds (`سجن الهاشمية`) lies in the town named last.
    """
    if place.kind not in _INNER or place.within:
        return place
    if len(scene) == 1 and scene[0].kind not in _INNER:
        return replace(place, within=(scene[0].text,))  # وفي دمشق انفجرت سيارة في حي الميدان
    town = context.town() if context.place_country(place.text) is None else None
    return replace(place, within=(town.text,)) if town else place


def _fronted(context: Context, chunks: Sequence[Chunk]) -> Places:
    """A place at the head of the sentence (`وفي درعا، حلّق الطيران`, `وبدرعا اعتقل`) or of a bullet (`درعا: …`)."""
    heading = next((n for n, chunk in enumerate(chunks[:4]) if chunk.is_mark(":")), 0)
    if heading and chunks[heading - 1].places:
        return tuple(context.place(place) for place in chunks[heading - 1].places)
    for at, chunk in enumerate(chunks[:5]):
        on_road = chunk.places and chunk.places[0].kind == "road" and "prep:target" in chunks[at - 1].functions
        if chunk.places and (chunk.prep("ب") or (at and ("prep:scene" in chunks[at - 1].functions or on_road))):
            return tuple(context.place(place) for place in chunk.places)
        if chunk.senses or chunk.operators:
            return ()
    return ()


def _struck_town(context: Context, chunks: Sequence[Chunk], at: int) -> Places:
    """`شلّ إضراب دعت إليه النقابات مدينة صفاقس`: the object of the verb, perhaps behind a relative clause."""
    for _, chunk in rightward(chunks, at, 14):
        if chunk.is_mark("،؛:."):
            return ()
        if chunk.places and not chunk.who:
            return tuple(context.place(place) for place in chunk.places)
    return ()


def _reached(line: Line, chunks: Sequence[Chunk], at: int) -> bool:
    """`قبل وصولها إلى مطار أربيل`, `حاولت بلوغ عطبرة`: a place behind a word for reaching it."""
    near = (bare_forms(chunk.folded) & line.lexicon.words["reaching"] for chunk in chunks[max(0, at - 2) : at])
    return any(near)


def _said_behind(context: Context, line: Line, chunks: Sequence[Chunk], act: Told) -> Places:
    """`هزّ انفجار لم تُعرف أسبابه محطة وقود في مدينة عتق`: a place further on in the clause of the act."""
    at = act.draft.at if act.draft else len(chunks)
    if act.draft and act.draft.sense.term.gloss.startswith("(a strike)"):
        return _struck_town(context, chunks, at)
    for n, chunk in rightward(chunks, at):
        before = chunks[n - 1]
        there = "prep:scene" in before.functions or chunk.prep("ب") or _reached(line, chunks, n)
        if chunk.places and not _is_named(chunk.who) and there:
            return tuple(context.place(place) for place in chunk.places)
        if bare_forms(chunk.folded) & line.lexicon.words["reaching"]:
            continue
        if _tells(chunks, n) or chunk.is_mark("،؛:.") or chunk.operators or chunk.functions & {"break", "that", "join"}:
            return ()
    return ()


def _tells(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether another act begins; none that says which thing is meant or during what the first one happened."""
    acts = chunks[at].senses and not chunks[at].who and not supports_only(chunks, at)
    return bool(acts) and not _describes(chunks, at) and "during" not in chunks[at - 1].functions


def _describes(chunks: Sequence[Chunk], at: int) -> bool:
    """`لدى مرور رتل ينقل معدات`: a verb of the present right behind a noun without article says which."""
    noun = chunks[at - 1].who
    return chunks[at].finite and chunks[at].folded[0] in "يت" and noun is not None and not noun.definite


def _site(context: Context, line: Line, act: Told) -> Places:
    """`قصفت المليشيا مستشفى الأبيض`: the town in the name of the building that is hit."""
    hit = (who for who in (act.draft.patients if act.draft else ()) if "building" in who.tags)
    return next((places for who in hit if (places := _in_name(context, line, who))), ())


def _own_town(context: Context, line: Line, chunks: Sequence[Chunk], act: Told) -> Places:
    """`قال رئيس بلدية يارون إن القوات جرفت منازل في البلدة`: the town of who speaks."""
    kind = _kind_again(chunks, act.draft.at) if act.draft and act.draft.place_role == "elsewhere" else None
    speaker = act.draft.speaker if act.draft else None
    local = speaker is not None and speaker.actor is not None and speaker.actor.name.endswith(("municipality", "mayor"))
    return _home(context, line, act) if local and kind in _TOWNS else ()


def _own_space(context: Context, chunks: Sequence[Chunk], act: Told) -> Places:
    """`أغلقت إيران مجالها الجوي`: the state whose airspace or border it is."""
    draft = act.draft
    behind = (chunk for _, chunk in rightward(chunks, draft.at, 3)) if draft else ()
    if not any(chunk.folded in context.lexicon.words["own_space"] for chunk in behind):
        return ()
    states = [chunk for chunk in chunks if chunk.places and chunk.who and "state" in chunk.who.tags]
    agents = {who.first for who in draft.agents} if draft else set()
    named = next((chunk for chunk in states if chunk.first in agents), states[0] if states else None)
    return tuple(context.place(place) for place in named.places) if named else ()


def _pointed_back(context: Context, chunks: Sequence[Chunk], act: Told) -> Places:
    """`إليها`, `الحيين`: the places named nearest before."""
    draft = act.draft
    from_there = draft is not None and draft.at > 0 and "back" in chunks[0].functions and not chunks[0].who
    if draft is None or not (draft.place_role == "elsewhere" or from_there):
        return ()
    kind = _kind_again(chunks, draft.at)
    for back in range(draft.at - 1, -1, -1) if kind is None else ():
        if chunks[back].places and not _is_named(chunks[back].who):
            return tuple(context.place(place) for place in chunks[back].places)
    return context.again(kind)


def _by_pronoun(chunks: Sequence[Chunk], act: Told) -> bool:
    """`تعهد بنشر جنود فيها`: the place is a pronoun, which means the nearest, not the one at the head."""
    draft = act.draft
    if draft is None or draft.place_role != "elsewhere" or _kind_again(chunks, draft.at) is not None:
        return False
    return any("back" in chunk.functions for _, chunk in rightward(chunks, draft.at, 7))


def _told_before(chunks: Sequence[Chunk], act: Told, before: Sequence[Told]) -> Places:
    """`واندلعت المواجهات إثر …`: a definite act of a kind told before is where that was."""
    draft = act.draft
    if draft is None or draft.sense.form not in ("masdar", "noun") or not chunks[draft.at].definite:
        return ()
    return next((other.places for other in reversed(before) if other.code == act.code and other.places), ())


def _inhabited(chunk: Chunk) -> bool:
    """`سكان برعشيت`, `شبان معتمدية المظيلة`: the place behind its people."""
    who = chunk.who
    return who is not None and who.actor is None and bool(who.tags & _PEOPLE) and not who.definite


def _kind_again(chunks: Sequence[Chunk], at: int) -> str | None:
    for chunk in chunks[at + 1 : at + 8]:
        if "back" in chunk.functions:
            kinds = [f.removeprefix("kind:") for f in chunk.functions if f.startswith("kind:")]
            return min(kinds, default=None)
    return None


def _is_named(who: Who | None) -> bool:
    return who is not None and who.actor is not None


def _home(context: Context, line: Line, act: Told) -> Places:
    """The place in the name of who acts, suffers or speaks: شرطة كركوك, مختار طفس."""
    draft = act.draft
    named = (*draft.agents, *draft.patients, *((draft.speaker,) if draft.speaker else ())) if draft else ()
    return next((places for who in named if (places := _in_name(context, line, who))), ())


def _in_name(context: Context, line: Line, who: Who) -> Places:
    """The place that a body or a building is named for."""
    if not (who.actor and who.actor.pattern and "{place}" in who.actor.name and who.slot):
        return ()
    begin = line.text.find(who.slot, line.words[who.first].start, line.words[who.last - 1].end)
    if begin < 0:
        return ()
    return (context.place(PlaceMention(Span(begin, begin + len(who.slot)), who.slot)),)


def _mentioned(context: Context, chunks: Sequence[Chunk], act: Told) -> Places:
    """The nearest place of the sentence behind a preposition of place."""
    at = act.draft.at if act.draft else 0
    order = sorted(range(1, len(chunks)), key=lambda n: abs(n - at))
    for n in order:
        chunk = chunks[n]
        before = chunks[n - 1]
        stands = "prep:scene" in before.functions or chunk.prep("ب") or _inhabited(before)
        if chunk.places and not _is_named(chunk.who) and stands:
            return tuple(context.place(place) for place in chunk.places)
    return ()
