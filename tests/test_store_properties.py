"""Whatever is done to a store, in whatever order: nothing is lost, nothing is there twice, every view says the same."""

from dataclasses import replace
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from events.store import Batch, RowsError, Store, open_store
from events.store_search import WORDS
from events.tables import ROWS, ROWS_HISTORY
from tests.examples import ARTICLE, ATTACK, LOCATED

KEYS = st.sampled_from(["a", "b", "c"])
ACTS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0.5, 0.9])), max_size=4, unique_by=lambda act: act[0])
TEXTS = st.sampled_from([ARTICLE.text, f"{ARTICLE.text} تصحيح"])


class Changes(RuleBasedStateMachine):
    """A store and what should be in it: for each article its text and the confidence of each event."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store: Store = open_store(f"sqlite:///{self.folder.name}/events.db")
        self.held: dict[str, tuple[str, dict[str, float]]] = {}
        self.ever = 0

    @rule(key=KEYS, text=TEXTS, acts=ACTS)
    def save(self, key: str, text: str, acts: list[tuple[int, float]]) -> None:
        """Save an article, new, changed or the same."""
        known = self.held.get(key, ("", {}))
        with self.store.batch() as batch:
            self._save(batch, key, text, acts)
        self.held[key] = (text, {f"{key}{number}": sure for number, sure in acts})
        self.ever += len(set(self.held[key][1].items()) - set(known[1].items()))

    @rule(key=KEYS, text=TEXTS, acts=ACTS)
    def save_in_vain(self, key: str, text: str, acts: list[tuple[int, float]]) -> None:
        """Save an article in a batch that fails."""
        try:
            with self.store.batch() as batch:
                self._save(batch, key, text, acts)
                raise InterruptedError
        except InterruptedError:
            pass

    @rule(key=KEYS, acts=ACTS)
    def save_what_does_not_fit(self, key: str, acts: list[tuple[int, float]]) -> None:
        """Save an article that says an event twice, in a batch that goes on."""
        with self.store.batch() as batch:
            try:
                self._save(batch, key, "another text", [*acts, (4, 0.5), (4, 0.5)])
            except RowsError:
                return
            raise AssertionError("an event twice was taken")

    @precondition(lambda self: len(self.held) > 1)
    @rule(data=st.data())
    def link(self, data: st.DataObject) -> None:
        """Say that an article is a near copy of another."""
        self.store.link(*data.draw(st.permutations(sorted(self.held)))[:2])

    @rule(key=KEYS)
    def unlink(self, key: str) -> None:
        """Say that an article is no copy."""
        self.store.link(key, None)

    @rule(key=KEYS, story=st.sampled_from(["s", "t"]) | st.none())
    def tell(self, key: str, story: str | None) -> None:
        """Put the events of an article into a story."""
        self.store.set_stories(dict.fromkeys(self.held.get(key, ("", {}))[1], story))

    @staticmethod
    def _save(batch: Batch, key: str, text: str, acts: list[tuple[int, float]]) -> None:
        events = [replace(ATTACK, id=f"{key}{number}", article_id=key, confidence=sure) for number, sure in acts]
        batch.save(replace(ARTICLE, id=key, text=text), [replace(LOCATED[0], event=event) for event in events])

    @invariant()
    def nothing_is_lost_or_twice(self) -> None:
        """Compare the store with what should be in it, and its tables with each other."""
        with self.store._engine.connect() as connection:
            rows = {row.event_id: row for row in connection.execute(sa.select(ROWS))}
            past = list(connection.scalars(sa.select(ROWS_HISTORY.c.number)))
            words = set(connection.scalars(sa.select(WORDS.c.rowid)))
        texts = {article.id: article.text for article in self.store.articles()}
        assert texts == {key: text for key, (text, _) in self.held.items()}
        expected = {event_id: sure for _, events in self.held.values() for event_id, sure in events.items()}
        assert {event_id: row.confidence for event_id, row in rows.items()} == expected
        numbers = [row.number for row in rows.values()]
        assert sorted([*numbers, *past]) == list(range(1, self.ever + 1))
        assert words == set(numbers)
        shown = {row.number: row.story_id is not None for row in rows.values() if row.copy_of is None}
        light = self.store.light()
        assert dict(zip(light["number"], light["story_id"] >= 0, strict=True)) == shown
        originals = {row.copy_of for row in rows.values() if row.copy_of is not None}
        assert originals <= shown.keys()

    def teardown(self) -> None:
        """Let go of the files."""
        self.store.close()
        self.folder.cleanup()


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
