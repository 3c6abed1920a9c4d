"""A side that denies it lost men denies the attack in which it is said to have lost them."""

from collections.abc import Sequence

from events.casualties import HOSTS
from events.told import Told
from events.values import replace


def denies_loss(act: Told) -> bool:
    """Tell whether a side denies that it lost men: `أكدت أنها لم تخسر أي مقاتل`."""
    if act.code != "casualties" or act.modality != "denied" or act.draft is None:
        return False
    sense = act.draft.sense
    own = sense.form != "verb" and any(who.pronoun for who in act.draft.patients)  # نفى مقتل أي من كوادره
    return own or sense.term.gloss == "lose (men)"


def answered(host: Told, loss: Told) -> Told:
    """Return the denial of an act by the side that says it lost nobody in it."""
    claim = loss.claim if loss.claim.name else host.target
    denial = replace(host, modality="denied", counts={}, claim=claim)
    return retold(denial, loss)


def retold(host: Told, act: Told) -> Told:
    """Return an earlier act as the words of `act` tell it again; its draft is of their sentence, in the old sense."""
    draft = replace(act.draft, sense=host.draft.sense) if act.draft and host.draft else act.draft
    return replace(host, sentence=act.sentence, span=act.span, trail=act.trail, draft=draft)


def without_losses(acts: Sequence[Told]) -> list[Told]:
    """Return the acts of a sentence without denied losses where the denied attack is told as well."""
    attack = any(act.code in HOSTS and act.modality == "denied" for act in acts)
    return [act for act in acts if not (attack and act.code == "casualties" and act.modality == "denied")]
