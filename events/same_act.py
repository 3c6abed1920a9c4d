"""Fold the drafts of a sentence that tell one act together."""

from collections.abc import Callable, Sequence

from events.chunks import Chunk, Who
from events.counts import PERSONS
from events.drafts import Draft
from events.values import replace

_RAID_CLASSES = frozenset(("deploy", "attack", "other"))
_BLAZES = frozenset(("attack", "explosion", "explosion_mine", "clash", "accident"))
_RAID_WORDS = ("raid", "storm", "incursion", "security operation", "air landing", "search", "sweep")
_NEAR = 7  # chunks between a deal and its truce


def one_each(acts: Sequence[Draft], chunks: Sequence[Chunk]) -> list[Draft]:
    """Return one draft for each act: repetitions, raids with their arrests, deals with their truces folded."""
    kept: list[Draft] = []
    for act in acts:
        echo = _echo(chunks, act)
        twin = next((n for n, other in enumerate(kept) if same_act(other, act) or (echo and _of(act, other))), None)
        if twin is None:
            kept.append(act)
        else:
            kept[twin] = union(kept[twin], act)
    return _absorbed(_absorbed(kept, _raid_before), _deal_before)


def _echo(chunks: Sequence[Chunk], act: Draft) -> bool:
    """`إن الغارة أدت إلى سقوط`: a definite noun with nothing of its own but the toll names an act told before."""
    bare = not (act.agents or act.patients or act.places)
    return bare and act.sense.form in ("noun", "masdar") and chunks[act.at].definite


def _of(echo: Draft, act: Draft) -> bool:
    """Whether an act is what an echo speaks of: the last figures of one voice are what it says."""
    voice = echo.speaker == act.speaker or act.speaker is None
    return (echo.code, echo.modality) == (act.code, act.modality) and voice


def same_act(one: Draft, two: Draft) -> bool:
    """Tell whether two drafts of one sentence can be the same act: same class and voice, nothing that contradicts."""
    if (one.code, one.modality, one.background) != (two.code, two.modality, two.background):
        return False
    here, there = ({place.text for place in draft.places} for draft in (one, two))
    if here and there and (not here & there or (one.patients and two.patients)):
        return False
    if one.agents and two.agents and not _same_agents(one, two):
        return False
    return not any(two.counts.get(key, number) != number for key, number in one.counts.items())


def _same_agents(one: Draft, two: Draft) -> bool:
    """Whether two acts have the same words, or a common name, for who acts; who breaks up a protest holds none."""
    if one.code == "protest" and "agent_patient" in (one.sense.term.frame, two.sense.term.frame):
        return True
    words = [{who.first for who in draft.agents} for draft in (one, two)]
    names = [{who.actor.name for who in draft.agents if who.actor} for draft in (one, two)]
    return words[0] == words[1] or bool(names[0] & names[1])


def union(one: Draft, two: Draft) -> Draft:
    """Return the first draft with its gaps filled from the second, its quote over both."""
    return replace(
        one,
        agents=one.agents or two.agents,
        patients=_suffering(one, two),
        places=one.places or two.places,
        place_role=one.place_role or two.place_role,
        time=one.time or two.time,
        counts={**one.counts, **two.counts},
        carried=one.carried and two.carried,
        speaker=one.speaker or two.speaker,
        first=min(one.first, two.first),
        last=max(one.last, two.last),
        trail=(*one.trail, *two.trail),
    )


def _suffering(one: Draft, two: Draft) -> tuple[Who, ...]:
    """Who suffers an act told twice: of an arrest the persons, not the house that was raided."""
    persons = one.code == "arrest" and any(who.tags & PERSONS for who in two.patients)
    raided = persons and not any(who.tags & PERSONS for who in one.patients)
    return two.patients if raided else one.patients or two.patients


def _absorbed(acts: Sequence[Draft], absorbs: Callable[[Draft, Draft], bool]) -> list[Draft]:
    """The acts, the one before folded into the one that absorbs it."""
    kept: list[Draft] = []
    for act in acts:
        if kept and absorbs(act, kept[-1]):
            kept[-1] = union(act, kept[-1])
        else:
            kept.append(act)
    return kept


def without_fires(acts: Sequence[Draft]) -> list[Draft]:
    """Return the acts without the fires that those before them set."""
    return [act for n, act in enumerate(acts) if not any(_fire_of(act, blow) for blow in acts[:n])]


def with_parts(acts: Sequence[Draft]) -> list[Draft]:
    """Return the acts, each folded into the one before that it is a part of."""
    kept: list[Draft] = []
    for act in acts:
        if kept and (_roadblock_of(act, kept[-1]) or _backdrop(act, kept[-1])):
            continue
        if kept and _killed_in(kept[-1], act):
            kept[-1] = union(act, kept[-1])
            continue
        if kept and (_leak_of(act, kept[-1]) or _grounds(act, kept[-1])):
            kept[-1] = replace(union(kept[-1], act), carried=kept[-1].carried)
            continue
        if kept and _raid_around(kept[-1], act):  # ودارت خلال الاقتحام مواجهات
            kept[-1] = union(act, kept[-1])
            continue
        if kept and _raid_around(act, kept[-1]):
            kept[-1] = union(kept[-1], act)
        else:
            kept.append(act)
    return kept


def _roadblock_of(act: Draft, protest: Draft) -> bool:
    """`تظاهر المئات … وأغلق بعضهم الطريق`: the roadblock of a protest."""
    named = any(who.actor or "armed" in who.tags for who in act.agents)
    return (act.code, protest.code) == ("close_road", "protest") and act.modality == protest.modality and not named


def _fire_of(act: Draft, blow: Draft) -> bool:
    """`قصفت المدفعية الأحراج، ما أدى إلى اندلاع حرائق`: the fire that an attack or a blast sets."""
    fire = act.code == "disaster" and any(word in act.sense.term.gloss for word in ("fire", "burn"))
    return fire and not act.places and not act.counts and blow.code in _BLAZES and act.modality == blow.modality


def _backdrop(act: Draft, before: Draft) -> bool:
    """`تقدمت القوات وسط حشود عسكرية`, `حاصروا المستشفى ومنعوا الوصول إليه`: the same again as a setting or in part."""
    told = act.modality == before.modality and not act.places and not act.counts
    wrecks = act.sense.term.gloss == "destruction" and before.code in ("clash", "attack")  # وكبّدها تدمير 11 مركبة
    again = act.code == before.code and (act.setting or act.sense.term.gloss == "bar, prevent passage")
    return told and (wrecks or again)


def _killed_in(act: Draft, fight: Draft) -> bool:
    """`تصفية 24 مسلحا خلال تبادل لإطلاق النار`: fighters killed in a fight that is told as its setting."""
    slain = act.code == "attack" and "killed" in act.counts and act.sense.term.count == "killed" and not act.places
    return slain and fight.code == "clash" and fight.setting and act.modality == fight.modality


def _grounds(act: Draft, before: Draft) -> bool:
    """`أُفرج بموجب عفو عن أربعين سجيناً`: the decree by which it is done, said as the act again."""
    again = act.code == before.code and act.modality == before.modality and act.sense.form != "verb"
    return again and act.background and not before.background and not (before.patients or before.counts)


def _leak_of(act: Draft, blast: Draft) -> bool:
    """`انفجار ناجم عن تسرب غاز`: the accident that a blast came of."""
    cause = act.code == "accident" and act.sense.form != "verb" and not act.places
    return cause and blast.code in ("explosion", "disaster") and act.modality == blast.modality


def _raid_around(act: Draft, attack: Draft) -> bool:
    """`استشهد شاب برصاص الاحتلال خلال اقتحامها المخيم`: the raid during which an attack happened says where."""
    raid = act.code in _RAID_CLASSES - {"attack"} and any(word in act.sense.term.gloss for word in _RAID_WORDS)
    apart = {place.text for place in attack.places} ^ {place.text for place in act.places}
    one_clause = act.sense.form != "verb" and act.setting and not (attack.places and act.places and apart)
    return (
        attack.code in ("attack", "clash", "explosion", "explosion_mine")
        and raid
        and one_clause
        and act.modality == attack.modality
    )


def _raid_before(act: Draft, before: Draft) -> bool:
    """A raid that ends in arrests is one arrest."""
    raid = before.code in _RAID_CLASSES and any(word in before.sense.term.gloss for word in _RAID_WORDS)
    trap = "ambush" in before.sense.term.gloss and act.sense.term.gloss != "capture" and not before.counts
    if act.code == "arrest" and before.code == "attack" and trap:  # نصبت الشرطة كمينا أسفر عن توقيف سبعة
        return before.modality == act.modality
    with_fire = act.code == "attack" and act.sense.term.mode == "firearms" and before.code != "attack"
    return (
        (act.code in ("arrest", "abduct") or with_fire)
        and raid
        and before.modality == act.modality
        and not (act.places and before.places)
    )


def _deal_before(act: Draft, before: Draft) -> bool:
    """`اتفق الطرفان على هدنة`: a deal on a truce is one ceasefire."""
    return act.code == "ceasefire" and before.code == "agreement" and act.at - before.at <= _NEAR
