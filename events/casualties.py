"""Give the dead and injured of a sentence to the act they belong to, and fold the parts of one act together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from events.chunks import Chunk, Who
from events.counts import head_count
from events.drafts import Draft
from events.line import Line
from events.roles import may_act
from events.speech import governing, stances

HOSTS = frozenset(
    ("attack", "clash", "explosion_mine", "explosion", "accident", "disaster", "protest", "kill_civilian")
)
_TOLL_KEYS = {"dead": "killed", "wounded": "injured"}
_LINKS = frozenset(("cause", "background", "during", "prep:scene"))
_FACTS = frozenset(("asserted", "claimed"))
_UNARMED = frozenset(("civilian", "resident", "displaced", "person", "official"))
_NEAR = 7
_RAID_CLASSES = frozenset(("deploy", "attack", "other"))


def settle(line: Line, chunks: Sequence[Chunk], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a sentence with tolls merged into their acts and one draft for each act."""
    drafts = [_as_toll(draft) for draft in drafts]
    tolls = [draft for draft in drafts if is_toll(draft)]
    acts = [draft for draft in drafts if not is_toll(draft)]
    tolls = _joined_tolls(chunks, [*tolls, *_counted(chunks, drafts)])
    left: list[Draft] = []
    for toll in tolls:
        host = _host(chunks, acts, toll)
        if host is None:
            left.append(_act_of(line, chunks, toll))
        else:
            acts[acts.index(host)] = _given(host, toll)
    return sorted(_truces(_raids(_merged(acts))) + left, key=lambda draft: draft.at)


def _as_toll(draft: Draft) -> Draft:
    """`قُتل ثلاثة`: killed by nobody named is a toll, until an act or a weapon is found for it."""
    kills = draft.code in ("attack", "kill_civilian") and draft.sense.term.gloss.startswith("kill")
    if not kills or draft.agents or draft.doer or draft.modality not in _FACTS or draft.sense.form != "verb":
        return draft
    number = sum(head_count(who) or 0 for who in draft.patients)
    counts = {"killed": number} if number else {}
    return replace(
        draft, sense=replace(draft.sense, code="casualties"), counts={**counts, **draft.counts}, carried=False
    )


def is_toll(draft: Draft) -> bool:
    """Tell whether a draft only says who was killed, hurt or missing."""
    return draft.code == "casualties"


def _counted(chunks: Sequence[Chunk], drafts: Sequence[Draft]) -> list[Draft]:
    """Tolls without a verb: `مخلّفاً سبعة قتلى و150 مصاباً`."""
    taken = {(who.first, who.last) for draft in drafts if draft.counts for who in (*draft.patients, *draft.agents)}
    model = next((draft for draft in drafts if draft.code in HOSTS or is_toll(draft)), None)
    if model is None:
        return []
    scopes = stances(chunks)
    found = []
    for at, chunk in enumerate(chunks):
        who = chunk.who
        if who is None or (who.first, who.last) in taken or not who.tags & _TOLL_KEYS.keys():
            continue
        number = who.number if who.number is not None else _later_number(chunks, at)
        if number is None:
            continue
        voice = next((scope for scope in governing(scopes, at) if scope.speaker or scope.carried), None)
        found.append(
            replace(
                model,
                at=at,
                first=who.first,
                last=who.last,
                sense=replace(model.sense, code="casualties"),
                agents=(),
                patients=(),
                places=(),
                time=None,
                counts={next(key for tag, key in _TOLL_KEYS.items() if tag in who.tags): number},
                speaker=voice.speaker if voice else None,
                speaker_carried=bool(voice and voice.carried and not voice.speaker),
            )
        )
    return found


def _later_number(chunks: Sequence[Chunk], at: int) -> int | None:
    """`حصيلة الشهداء في القطاع إلى 30228`: the number behind إلى."""
    if not any("toll" in chunk.functions for chunk in chunks[max(0, at - 3) : at]):
        return None
    for ahead in range(at + 1, min(at + 9, len(chunks))):
        chunk = chunks[ahead]
        before = chunks[ahead - 1].folded
        number = chunk.number if chunk.number is not None else chunk.who.number if chunk.who else None
        if number is not None and before == "الي":
            return number
    return None


def _joined_tolls(chunks: Sequence[Chunk], tolls: Sequence[Draft]) -> list[Draft]:
    """Killed and injured told in one breath are one toll."""
    joined: list[Draft] = []
    for toll in sorted(tolls, key=lambda draft: draft.at):
        last = joined[-1] if joined else None
        if (
            last
            and last.modality == toll.modality
            and last.speaker == toll.speaker
            and not set(last.counts) & set(toll.counts)
            and not any("break" in chunk.functions for chunk in chunks[last.at : toll.at])
        ):
            joined[-1] = _union(last, toll)
        else:
            joined.append(toll)
    return joined


def _host(chunks: Sequence[Chunk], acts: Sequence[Draft], toll: Draft) -> Draft | None:
    hosts = [act for act in acts if act.code in HOSTS and act.modality in _FACTS and toll.modality in _FACTS]
    right = [act for act in hosts if act.at > toll.at and _linked(chunks, toll.at, act.at)]
    if right:
        return right[0]
    left = [act for act in hosts if act.at < toll.at]
    if left and not any("break" in chunk.functions for chunk in chunks[left[-1].at : toll.at]):
        return left[-1]
    return None


def _linked(chunks: Sequence[Chunk], toll: int, act: int) -> bool:
    """`قُتل … بقصف`، `في كمين`، `جرّاء انفجار`: a link and no other act between them."""
    chunk = chunks[act]
    if any("break" in c.functions or (c.mark and c.folded in "؛") for c in chunks[toll:act]):
        return False
    if chunk.pre.endswith("ب") or "cause" in chunk.functions:
        return True
    return any(c.functions & _LINKS for c in chunks[max(toll + 1, act - 4) : act])


def _given(act: Draft, toll: Draft) -> Draft:
    counts: Mapping[str, int] = {**act.counts, **toll.counts}
    victims = tuple(who for who in toll.patients if not (who.tags & {"dead", "wounded"}) or not act.patients)
    return replace(
        act,
        counts=counts,
        agents=act.agents or toll.agents,
        carried=act.carried and not toll.agents,
        patients=_victims(act.patients, victims),
        places=act.places or toll.places,
        place_role=act.place_role if act.places else toll.place_role or act.place_role,
        time=act.time or toll.time,
        first=min(act.first, toll.first),
        last=max(act.last, toll.last),
        speaker=act.speaker or toll.speaker,
        speaker_carried=act.speaker_carried or toll.speaker_carried,
        background=act.background and toll.background,
        trail=(*act.trail, *toll.trail),
    )


def _victims(struck: tuple[Who, ...], victims: tuple[Who, ...]) -> tuple[Who, ...]:
    """Persons who suffer name the target before the thing that was hit, but a named body before both."""
    if struck and (struck[0].actor or not victims):
        return struck
    return struck or victims[:1]


_KILL = ("kill", "wound", "injur", "hurt", "dead", "slain", "die", "martyr")


def _act_of(line: Line, chunks: Sequence[Chunk], toll: Draft) -> Draft:
    """A toll whose killer or weapon is named is an attack; unarmed people killed by gunmen were killed on purpose."""
    weapon = any(
        "cause" in chunk.functions and line.lexicon.begins("weapon_start", chunk.folded.lstrip("وف"))
        for chunk in chunks[max(0, toll.at - 3) :]
    )
    gloss = toll.sense.term.gloss
    killer = toll.agents and may_act(toll.agents[0]) and "bod" not in gloss and any(word in gloss for word in _KILL)
    if not (weapon or killer) or toll.modality not in _FACTS:
        return toll
    gunmen = killer and all(who.actor is None and who.people is None for who in toll.agents)
    unarmed = toll.patients and all(who.tags & _UNARMED and not who.actor for who in toll.patients)
    murder = gunmen and unarmed and "injured" not in toll.counts and toll.counts
    return replace(toll, sense=replace(toll.sense, code="kill_civilian" if murder else "attack"))


def _merged(acts: Sequence[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for act in acts:
        twin = next((n for n, other in enumerate(kept) if same_act(other, act)), None)
        if twin is None:
            kept.append(act)
        else:
            kept[twin] = _union(kept[twin], act)
    return kept


def same_act(one: Draft, two: Draft) -> bool:
    """Tell whether two drafts of one sentence can be the same act: same class and voice, nothing that contradicts."""
    if (one.code, one.modality) != (two.code, two.modality) or one.background != two.background:
        return False
    places = {place.text for place in one.places}, {place.text for place in two.places}
    if places[0] and places[1] and not places[0] & places[1]:
        return False
    if (
        one.agents
        and two.agents
        and {who.first for who in one.agents} != {who.first for who in two.agents}
        and not _same_name(one, two)
    ):
        return False
    if one.patients and two.patients and one.places and two.places:
        return False
    return not any(two.counts.get(key, number) != number for key, number in one.counts.items())


def _same_name(one: Draft, two: Draft) -> bool:
    names = [{who.actor.name for who in draft.agents if who.actor} for draft in (one, two)]
    return bool(names[0] & names[1])


def _union(one: Draft, two: Draft) -> Draft:
    return replace(
        one,
        agents=one.agents or two.agents,
        patients=one.patients or two.patients,
        places=one.places or two.places,
        place_role=one.place_role or two.place_role,
        time=one.time or two.time,
        counts={**one.counts, **two.counts},
        carried=one.carried and two.carried,
        first=min(one.first, two.first),
        last=max(one.last, two.last),
        trail=(*one.trail, *two.trail),
    )


def _raids(acts: Sequence[Draft]) -> list[Draft]:
    """A raid that ends in arrests is one arrest."""
    kept: list[Draft] = []
    for act in acts:
        raid = kept[-1] if kept else None
        if (
            act.code == "arrest"
            and raid
            and _is_raid(raid)
            and raid.modality == act.modality
            and (not act.places or not raid.places)
        ):
            kept[-1] = _union(
                replace(
                    act, agents=act.agents or raid.agents, places=act.places or raid.places, time=act.time or raid.time
                ),
                replace(raid, sense=act.sense),
            )
        else:
            kept.append(act)
    return kept


def _truces(acts: Sequence[Draft]) -> list[Draft]:
    """`اتفق الطرفان على هدنة`: a deal on a truce is one ceasefire."""
    kept: list[Draft] = []
    for act in acts:
        deal = kept[-1] if kept else None
        if act.code == "ceasefire" and deal and deal.code == "agreement" and act.at - deal.at <= _NEAR:
            kept[-1] = _union(act, replace(deal, sense=act.sense))
        else:
            kept.append(act)
    return kept


def _is_raid(draft: Draft) -> bool:
    gloss = draft.sense.term.gloss
    return draft.code in _RAID_CLASSES and any(
        word in gloss for word in ("raid", "storm", "incursion", "security operation", "air landing", "search")
    )
