"""Give the dead and injured of a sentence to the act they belong to."""

from collections.abc import Sequence

from events.bare_tolls import TOLL_KEYS, bare_tolls
from events.chunks import Chunk, Who
from events.counts import head_count
from events.drafts import Draft
from events.fallen import fighters, of_other_side
from events.line import Line
from events.modality import FACTS
from events.roles import may_act
from events.same_act import one_each, union, with_parts, without_fires
from events.speech import Stance
from events.values import replace
from events.victims import with_further

HOSTS = frozenset(
    ("attack", "clash", "explosion_mine", "explosion", "accident", "disaster", "protest", "kill_civilian")
)
"""Classes of acts that have dead and injured."""
_LINKS = frozenset(("cause", "background", "during", "prep:scene", "when"))
_WHILE = frozenset(("فيما", "بينما"))  # لقوا حتفهم فيما أصيب آخرون
_MACHINES = frozenset(("aircraft", "weapon", "device"))
_UNARMED = frozenset(("civilian", "resident", "displaced", "person", "official"))
_PUBLIC = frozenset(("market", "station", "factory", "farm", "restaurant", "cafe", "shop", "stadium", "bakery"))
_FORCES = frozenset(("MIL", "COP", "SPY"))
_WORKS = frozenset(("infrastructure", "road"))
_KILL = ("kill", "wound", "injur", "hurt", "dead", "slain", "die", "martyr")


def settle(line: Line, chunks: Sequence[Chunk], scopes: Sequence[Stance], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence with tolls merged into their acts and one draft for each act."""
    drafts = [_as_toll(draft) for draft in with_further(line, chunks, drafts)]
    acts = without_fires([draft for draft in drafts if not _is_toll(draft)])
    model = next((draft for draft in drafts if draft.code in HOSTS or _is_toll(draft)), None)
    tolls = [draft for draft in drafts if _is_toll(draft)] + bare_tolls(chunks, scopes, drafts, model)
    left: list[Draft] = []
    for toll in _joined(chunks, tolls, [act.at for act in acts]):
        host = _host(chunks, acts, toll)
        if host is None:
            left.append(_act_of(line, chunks, toll))
        else:
            acts[acts.index(host)] = _given(host, toll)
    return with_parts(sorted(one_each(acts, chunks) + left, key=lambda draft: draft.at))


def _is_toll(draft: Draft) -> bool:
    """Whether a draft only says who was killed, hurt or missing."""
    return draft.code == "casualties"


def _as_toll(draft: Draft) -> Draft:
    """`قُتل ثلاثة`: killed by nobody named is a toll, until an act or a weapon is found for it."""
    kills = draft.code in ("attack", "kill_civilian") and draft.sense.term.gloss.startswith("kill")
    if not kills or draft.agents or draft.doer or draft.modality not in FACTS or draft.sense.form != "verb":
        return draft
    number = sum(head_count(who) or 0 for who in draft.patients)
    counts = {"killed": number} if number else {}
    sense = replace(draft.sense, code="casualties")
    return replace(draft, sense=sense, counts={**counts, **draft.counts}, carried=False)


def _joined(chunks: Sequence[Chunk], tolls: Sequence[Draft], acts: Sequence[int]) -> list[Draft]:
    """Killed and injured told in one breath are one toll; `acts`: the chunks of the other acts."""
    joined: list[Draft] = []
    for toll in sorted(tolls, key=lambda draft: draft.at):
        last = joined[-1] if joined else None
        between = any(last.at < act < toll.at for act in acts) if last else False
        if last and _one_breath(chunks, last, toll, between=between):
            joined[-1] = union(last, toll)
        else:
            joined.append(toll)
    return joined


def _one_breath(chunks: Sequence[Chunk], one: Draft, two: Draft, *, between: bool) -> bool:
    same_voice = (one.modality, one.speaker) == (two.modality, two.speaker)
    breaks = [chunk for chunk in chunks[one.at : two.at] if "break" in chunk.functions]
    apart = any(between or chunk.folded not in _WHILE for chunk in breaks)
    return same_voice and not set(one.counts) & set(two.counts) and not apart


def _broken(chunks: Sequence[Chunk]) -> bool:
    return any("break" in chunk.functions for chunk in chunks)


def _host(chunks: Sequence[Chunk], acts: Sequence[Draft], toll: Draft) -> Draft | None:
    """The act that a toll belongs to: one it is linked to, else the last before it."""
    if toll.modality not in FACTS:
        return None
    hosts = [act for act in acts if (act.code in HOSTS or _struck_down(act, toll)) and act.modality in FACTS]
    behind = [act for act in hosts if act.at > toll.at]
    linked = next((act for act in behind if _of(chunks, toll, act) or _linked(chunks, toll.at, act.at)), None)
    missing = set(toll.counts) == {"missing"}  # قُتل تسعة في كمين، بينما لا يزال مصير أربعة مجهولا
    before = [act for act in hosts if act.at < toll.at and (missing or not _broken(chunks[act.at : toll.at]))]
    before = [act for act in before if not _elsewhere(act, toll)]
    violent = [act for act in before if act.code != "protest"]  # إطلاق نار لتفريق محتجين، ما أسفر عن إصابة
    return linked or next(reversed(violent or before), None)


def _struck_down(act: Draft, toll: Draft) -> bool:
    """`قُتل سبعة مسلحين في عملية أمنية للجيش`: an operation in which men of no state fall."""
    fallen = [who for who in toll.patients if "armed" in who.tags and who.sector not in _FORCES]
    return act.code == "other" and act.sense.term.gloss.endswith("operation") and bool(fallen)


def _elsewhere(act: Draft, toll: Draft) -> bool:
    here, there = ({place.text for place in draft.places} for draft in (act, toll))
    return bool(here and there and not here & there)


def _of(chunks: Sequence[Chunk], toll: Draft, act: Draft) -> bool:
    """`حصيلة المواجهات`, `عدد قتلى القصف`, `أودى اصطدام`: an act right behind the word for its toll."""
    if toll.sense.form == "verb" and toll.sense.term.frame == "agent_patient" and act.at == toll.at + 1:
        return True
    before = chunks[act.at - 1]
    victims = before.who is not None and (before.who.tags & TOLL_KEYS.keys() or "toll" in before.functions)
    return not chunks[act.at].pre and ("toll" in before.functions or bool(victims))


def _linked(chunks: Sequence[Chunk], toll: int, act: int) -> bool:
    """`قُتل … بقصف`، `في كمين`، `جرّاء انفجار`: a link and no other act between them."""
    chunk, between = chunks[act], chunks[toll:act]
    if _broken(between) or any(near.is_mark("؛") for near in between):
        return False
    if chunk.prep("ب") or "cause" in chunk.functions:
        return True
    manner = chunk.folded.endswith("ا") and not chunk.definite and not chunk.joined  # لقي حتفه غرقا
    if manner and act - toll <= 3 and any(sense.form == "masdar" for sense in chunk.senses):
        return True
    return any(near.functions & _LINKS for near in chunks[max(toll + 1, act - 4) : act])


def _given(act: Draft, toll: Draft) -> Draft:
    """The act with the dead and injured of a toll."""
    if act.code == "other":
        act = replace(act, sense=replace(act.sense, code="attack"))
    found = toll.sense.term.gloss.startswith("find a bod")  # خُطف، قبل أن يُعثر على جثته بعد أيام
    toll = replace(toll, time=None, counts={} if "killed" in act.counts else toll.counts) if found else toll
    victims = tuple(who for who in toll.patients if not who.tags & TOLL_KEYS.keys() or not act.patients)[:1]
    led_by_toll = toll.at < act.at and bool(victims) and not any(who.actor for who in act.patients)
    led_by_toll = led_by_toll or (act.code == "attack" and _outweigh(victims, act.patients))
    if act.code == "clash" and act.patients and not act.agents and toll.at < act.at:
        act, victims = replace(act, agents=of_other_side(toll, act), carried=False), ()
        led_by_toll = False
    if act.code == "clash" and not act.patients and not act.agents and len(fighting := fighters(toll)) > 1:
        act, victims = replace(act, agents=fighting[:1], carried=False), fighting[1:2]
    return replace(
        union(act, toll),
        patients=victims if led_by_toll else act.patients or victims,
        place_role=act.place_role if act.places else toll.place_role or act.place_role,
        carried=act.carried and not toll.agents,
        speaker=act.speaker or toll.speaker,
        speaker_carried=act.speaker_carried or toll.speaker_carried,
        background=act.background and toll.background,
    )


def _outweigh(victims: Sequence[Who], struck: Sequence[Who]) -> bool:
    """`قصف السوق … ومقتل 13 مدنياً`: people outweigh the public place they were in, but no house, car or hospital."""
    public = all(who.actor is None and (who.noun in _PUBLIC or who.tags & _WORKS) for who in struck)
    return bool(struck and victims) and public and all(who.noun and who.tags & _UNARMED for who in victims)


def _act_of(line: Line, chunks: Sequence[Chunk], toll: Draft) -> Draft:
    """A toll whose killer or weapon is named is an attack; unarmed people killed by gunmen were killed on purpose."""
    killer = bool(toll.agents) and may_act(toll.agents[0]) and _kills(toll.sense.term.gloss)
    unarmed = bool(toll.patients) and all(who.tags & _UNARMED and not who.actor for who in toll.patients)
    if _they_killed(toll):
        soldiers = any("armed" in who.tags for who in toll.patients)
        code = "kill_civilian" if unarmed and not soldiers else "attack"
        return replace(toll, sense=replace(toll.sense, code=code), carried=True)
    links = (line.slice(chunk.first, chunk.last) for chunk in chunks[toll.at :] if "cause" in chunk.functions)
    by_hand = any(link.startswith("على") for link in links)
    told = toll.modality == "denied" or (toll.modality in FACTS and not toll.agents)
    victims = [*toll.patients, *(who for chunk in chunks[toll.at + 1 : toll.at + 2] if (who := chunk.who))]
    if told and by_hand and any(who.tags & _UNARMED for who in victims):
        return replace(toll, sense=replace(toll.sense, code="kill_civilian"))
    if toll.modality not in FACTS or not (killer or _weapon_named(line, chunks, toll)):
        return toll
    gunmen = killer and all(not (who.actor or who.people or who.tags & _MACHINES) for who in toll.agents)
    gunmen = gunmen and "armed" not in toll.patients[0].tags if toll.patients else gunmen  # مقتل قيادي برصاص مجهولين
    murder = gunmen and unarmed and "injured" not in toll.counts and toll.counts
    return replace(toll, sense=replace(toll.sense, code="kill_civilian" if murder else "attack"))


def _they_killed(toll: Draft) -> bool:
    """`دخلوا منزله وقتلوا والده`: a verb in the plural with its victims behind it has its subject before."""
    sense = toll.sense
    active = sense.form == "verb" and sense.plural and sense.term.gloss in ("be killed", "be wounded")
    return active and toll.modality in FACTS and any(who.first > toll.first for who in toll.patients)


def _kills(gloss: str) -> bool:
    return "bod" not in gloss and any(word in gloss for word in _KILL)


def _weapon_named(line: Line, chunks: Sequence[Chunk], toll: Draft) -> bool:
    return any(
        (chunk.who and "weapon" in chunk.who.tags and chunk.prep("ب"))
        or "means" in chunk.functions
        or ("cause" in chunk.functions and line.lexicon.begins("weapon_start", chunk.folded.lstrip("وف")))
        for chunk in chunks[max(0, toll.at - 3) :]
    )
