"""The class that its parties and its place make of an act: soldiers killed, led away by gunmen, a crowd's road."""

from collections.abc import Sequence

from events.chunks import Chunk, Who, rightward
from events.drafts import Draft
from events.values import replace

_MACHINES = frozenset(("aircraft", "weapon"))
_REBELS = frozenset(("REB", "OPP", "UAF", "INS"))
_STORMS = ("storm", "raid (a building)", "incursion")


def recast(draft: Draft, chunks: Sequence[Chunk]) -> Draft:
    """Return an act with the class that its parties and its place make of it."""
    return _redeployed(_by_crowd(_as_attack(_by_parties(draft), chunks), chunks), chunks)


def _by_parties(draft: Draft) -> Draft:
    """The act that its parties make it: soldiers killed are an attack, who is led away by gunmen is abducted."""
    struck = draft.agents and all(who.tags & _MACHINES for who in draft.agents)
    fighters = draft.patients and (_fights(draft.patients[0]) or all(_fights(who) for who in draft.patients))
    if draft.code == "kill_civilian" and (fighters or struck):
        return replace(draft, sense=replace(draft.sense, code="attack"))
    if _storms_a_post(draft):
        return replace(draft, sense=replace(draft.sense, code="attack"))
    if draft.sense.term.gloss == "lose (a place)" and draft.agents:
        return replace(draft, agents=(), patients=draft.agents)
    unknown = draft.agents and all(who.noun == "unknown gunmen" and not who.actor for who in draft.agents)
    if draft.code != "arrest" or draft.sense.term.gloss not in ("detain", "lead away") or not unknown:
        return draft
    counts = {"abducted" if name == "detained" else name: number for name, number in draft.counts.items()}
    return replace(draft, sense=replace(draft.sense, code="abduct"), counts=counts)


def _storms_a_post(draft: Draft) -> bool:
    """`اقتحم مسلحون ثكنة للجيش`: fighters of no state who storm the post of a force attack it."""
    storms = draft.code in ("other", "deploy") and draft.sense.term.gloss.startswith(_STORMS)
    force = any("armed" in who.tags and who.actor is not None for who in draft.patients)
    rebels = draft.agents and all(_rebels(who) for who in draft.agents)
    return bool(storms and force and rebels)


def _as_attack(draft: Draft, chunks: Sequence[Chunk]) -> Draft:
    """`اقتحم مسلحون الفندق، وأسفر الهجوم عن`, `اتهم الشرطة بدهس متظاهر`: what the text or its doer makes an attack."""
    stormed = draft.code in ("other", "deploy") and draft.sense.term.gloss.startswith(_STORMS) and bool(draft.agents)
    stormed = stormed and all(_rebels(who) for who in draft.agents) and any(_the_attack(c) for c in chunks[draft.at :])
    rammed = draft.code == "accident" and draft.sense.term.gloss == "run over" and draft.doer is not None
    return replace(draft, sense=replace(draft.sense, code="attack")) if stormed or rammed else draft


def _the_attack(chunk: Chunk) -> bool:
    return chunk.definite and any(sense.code == "attack" and sense.form in ("noun", "masdar") for sense in chunk.senses)


def _rebels(who: Who) -> bool:
    sector = who.actor.sector if who.actor else who.sector
    return sector in _REBELS or who.noun in ("unknown gunmen", "fighters", "militants", "terrorists")


def _by_crowd(draft: Draft, chunks: Sequence[Chunk]) -> Draft:
    """`… المحتجين الذين … وقطعوا الشارع`: a road that they cut whom the sentence calls protesters."""
    stones = draft.code == "attack" and draft.sense.term.gloss == "pelt"
    if draft.code == "close_road" and draft.agents and all("crowd" in who.tags for who in draft.agents):
        return replace(draft, sense=replace(draft.sense, code="protest"))  # عمد معطلون إلى غلق الطريق
    if not (draft.code == "close_road" or stones) or draft.agents or not draft.sense.plural:
        return draft
    crowd = next((chunk.who for chunk in reversed(chunks[: draft.at]) if chunk.who and "crowd" in chunk.who.tags), None)
    return (
        replace(draft, sense=replace(draft.sense, code="protest"), agents=(crowd,), carried=False) if crowd else draft
    )


def _redeployed(draft: Draft, chunks: Sequence[Chunk]) -> Draft:
    """`أعاد الجيش انتشاره في البلدة`: to a place it is a deployment, out of one a withdrawal."""
    into = draft.code == "withdraw" and draft.sense.term.gloss == "redeploy" and draft.places
    if not into or any("prep:origin" in chunk.functions for _, chunk in rightward(chunks, draft.at, 6)):
        return draft
    return replace(draft, sense=replace(draft.sense, code="deploy"))


def _fights(who: Who) -> bool:
    return "armed" in who.tags and "detainee" not in who.tags
