"""Evidence cards: what a source said, who says so, and where it was put, as safe HTML; rows in, HTML out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from events.row import COUNTS
from geodata.names import is_arabic
from views import names
from views.families import family_of
from views.graphic import is_graphic
from views.labels import Words
from views.quote_words import number_marks, speaker_in, trigger_of
from views.reasons import reason_in_words
from views.rows import FIRM
from views.source_text import find_marks, laid_over, quote_html, safe_link

Row = Mapping[str, Any]
Card = Sequence[Row]
"""Rows that differ in nothing but their place: an event in two places is one card."""

ROLES = ("actor", "action", "target", "place", "number", "speaker")
"""What the words of a quote may be marked as."""

_SAME = ("article_id", "quote_start", "quote_end", "action", "actor", "target", "claim_source", "modality")


def cards(rows: pd.DataFrame) -> list[Card]:
    """Return the rows (of `prepare`) as cards, in the order in which they come; unknown values become None."""
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in _records(rows):
        grouped.setdefault(tuple(row[name] for name in _SAME), []).append(row)
    return list(grouped.values())


def _records(rows: pd.DataFrame) -> Iterator[Row]:
    for record in rows.to_dict("records"):
        yield {str(name): None if value is pd.NA or pd.isna(value) else value for name, value in record.items()}


def marks_html(words: Words) -> str:
    """Return the key of the colours in the quotes."""
    roles = "".join(f'<span class="{role}">{escape(words(f"evidence.{role}"))}</span>' for role in ROLES)
    return f'<p class="marks">{roles}</p>'


def card_html(card: Card, words: Words, *, cover: bool = False, publishers: Sequence[str] = ()) -> str:
    """Return a card; `cover` hides a graphic quote until it is asked for, `publishers` are those of near copies too."""
    row = card[0]
    firm = "firm" if row["modality"] in FIRM else "soft"
    head = f"{_chip(row, words)}{_badge(row, words)}{_when(row, words)}"
    source = _source(row, publishers, words)
    body = f"{quote_of(card, words, cover=cover)}{_who(row, words)}{_numbers(row, words)}{_where(card, words)}{source}"
    colour = family_of(row["action"]).colour
    return f'<article class="card {firm}" style="--family: {colour}"><header>{head}</header>{body}</article>'


def _chip(row: Row, words: Words) -> str:
    return f'<span class="chip">{escape(words.action(row["action"]))}</span>'


def _badge(row: Row, words: Words) -> str:
    modality = str(row["modality"])
    return f'<span class="badge {escape(modality)}">{escape(modality_name(modality, words))}</span>'


def modality_name(modality: str, words: Words) -> str:
    """Return a modality in words; one that the labels do not know keeps its id."""
    try:
        return words(f"modality.{modality}")
    except KeyError:
        return modality


def _when(row: Row, words: Words) -> str:
    first, last = row["event_date"], row["event_date_end"]
    if not first:
        return f'<time class="none">{escape(words("evidence.undated"))}</time>'
    days = [first] if not last or last == first else [first, last]
    precision = row["time_precision"]
    vague = f" <i>{escape(words(f'when.{precision}'))}</i>" if precision in (2, 3) else ""
    return f"<time>{' – '.join(escape(words.iso(day)) for day in days)}{vague}</time>"


def quote_of(card: Card, words: Words, *, cover: bool = False) -> str:
    """Return the quote of a card as HTML, what is known of it marked; `cover` hides a graphic one until asked for."""
    quote = _marked_quote(card)
    if not (cover and is_graphic(card[0]["quote"])):
        return quote
    return f'<details class="covered"><summary>{escape(words("evidence.graphic"))}</summary>{quote}</details>'


def _marked_quote(card: Card) -> str:
    row, quote, language = card[0], card[0]["quote"], card[0]["language"]
    wanted = [*(("place", r["place_text"]) for r in card), ("actor", row["actor_text"])]
    wanted += [("action", trigger_of(quote, row["action"], language)), ("target", row["target_text"])]
    marks = find_marks(quote, [*wanted, ("speaker", speaker_in(quote, row["claim_source"], language))])
    numbers = [int(row[name]) for name in COUNTS if row.get(name) is not None]
    return quote_html(quote, laid_over(marks, number_marks(quote, numbers, language)), language)


def _who(row: Row, words: Words) -> str:
    parties = [_party(row, role, words) for role in ("actor", "target") if row[role] or row[f"{role}_text"]]
    return f'<p class="who">{"<span class=arrow></span>".join(parties)}</p>' if parties else ""


def _party(row: Row, role: str, words: Words) -> str:
    title = escape(words(f"evidence.{role}"))
    name = names.actor(row[role], words) if row[role] else None
    return f'<span class="{role}" title="{title}">{both_names(name, row[f"{role}_text"], words)}</span>'


def both_names(name: str | None, written: str | None, words: Words) -> str:
    """Return a name in the interface's language and, beside it, as the source wrote it.

    In Arabic a name that only has a Latin form stands behind the source's own.
    """
    swapped = words.rtl and not is_arabic(name or "")
    known = [escape(text) for text in dict.fromkeys((written, name) if swapped else (name, written)) if text]
    beside = "".join(f' <bdi class="written">{text}</bdi>' for text in known[1:])
    return f"<bdi>{known[0]}</bdi>{beside}" if known else ""


def _numbers(row: Row, words: Words) -> str:
    known = [words(f"count.{name}", n=int(row[name])) for name in COUNTS if row.get(name) is not None]
    return f'<p class="numbers">{" · ".join(map(escape, known))}</p>' if known else ""


def _where(card: Card, words: Words) -> str:
    return f'<div class="places">{"".join(_place(row, words) for row in card)}</div>'


def _place(row: Row, words: Words) -> str:
    if row["latitude"] is None:
        name = f"<bdi>{escape(row['place_text'])}</bdi> — " if row["place_text"] else ""
        reason = escape(reason_in_words(row.get("reason") or "", words))
        return f'<p class="place none" title="{escape(words("evidence.why_not"))}">{name}<bdi>{reason}</bdi></p>'
    name = names.place(row["place_id"], row["place"], words)
    why = f"<summary>{both_names(name, row['place_text'], words)}</summary>{_why_here(row, words)}"
    return f'<details class="place" title="{escape(words("evidence.why_here"))}">{why}</details>'


def _why_here(row: Row, words: Words) -> str:
    facts = [words(f"precision.{row['geo_precision']}")] if row["geo_precision"] in (1, 2, 3) else []
    if row["geo_score"] is not None:
        facts.append(words("evidence.score", score=words.percent(row["geo_score"])))
    others = [f"<bdi>{escape(str(other['name']))}</bdi> {words.percent(other['score'])}" for other in _others(row)]
    more = f"<p>{escape(words('evidence.others'))} {', '.join(others)}</p>" if others else ""
    return f"<p>{escape(' · '.join(facts))}</p>{more}"


def _others(row: Row) -> list[dict[str, Any]]:
    return list(json.loads(row["geo_others"] or "[]"))[:5]


def _source(row: Row, publishers: Sequence[str], words: Words) -> str:
    speaker = row["claim_source"]
    says = words("evidence.says", name=names.actor(speaker, words)) if speaker else words("evidence.own_voice")
    known = publishers or [row["publisher"] or words("evidence.no_publisher")]
    facts = [
        ", ".join(f"<bdi>{escape(publisher)}</bdi>" for publisher in known),
        safe_link(row["source_url"], words("evidence.link")),
    ]
    if row["published"]:
        facts.append(escape(words("evidence.published", date=words.iso(row["published"]))))
    if row["confidence"] is not None:
        facts.append(escape(words("evidence.confidence", score=words.percent(row["confidence"]))))
    return f'<p class="says"><bdi>{escape(says)}</bdi></p><footer>{" · ".join(filter(None, facts))}</footer>'
