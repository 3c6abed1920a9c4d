"""Worker processes: results in the order of the items, few of them waiting, and a worker's death costs one item."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

ALONE = 64
"""Items that are done in place before any worker is started: starting them takes longer than reading a few articles."""
_CHUNK = 8  # items handed over at once
_AHEAD = 3  # chunks that wait for each worker


@dataclass(frozen=True, slots=True)
class _Task(Generic[Item, Result]):
    items: list[Item]
    future: Future[list[Result]]
    pool: ProcessPoolExecutor | None = None


class Workers:
    """Runs functions over items in processes; a context manager.

    `count` None stands for as many as there are processors, or for 1, which runs all in place, if it is not the main
    thread that asks: that is a server, such as a Streamlit page, whose main script is not to be run anew by workers.
    """

    def __init__(self, count: int | None = None) -> None:
        self._count = count or (_processors() if threading.current_thread() is threading.main_thread() else 1)
        self._pool: ProcessPoolExecutor | None = None
        self._met = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        crashed: Callable[[Item], Result],
        quick: Callable[[Item], bool] = lambda _: False,
    ) -> Iterator[Result]:
        """Yield what `function` makes of each item, in their order; it and the items must be fit to be sent.

        `crashed` makes the result of an item on which a worker dies; what is `quick` is done in place. Only so many
        items are taken ahead as keep the workers busy, and what is ready is not held back.
        """
        waiting: deque[_Task[Item, Result]] = deque()
        for chunk in _chunks(items, lambda item: self._in_place() or quick(item)):
            waiting.append(self._task(function, *chunk))
            while waiting and (waiting[0].future.done() or len(waiting) > _AHEAD * self._count):
                yield from self._results(function, waiting.popleft(), crashed)
        while waiting:
            yield from self._results(function, waiting.popleft(), crashed)

    def _in_place(self) -> bool:
        self._met += 1
        return self._count == 1 or self._met <= ALONE

    def _task(self, function: Callable[[Item], Result], items: list[Item], here: bool) -> _Task[Item, Result]:
        if not here:
            pool = self._started()
            return _Task(items, pool.submit(_each, function, items), pool)
        done: Future[list[Result]] = Future()
        done.set_result([function(item) for item in items])
        return _Task(items, done)

    def _results(
        self, function: Callable[[Item], Result], task: _Task[Item, Result], crashed: Callable[[Item], Result]
    ) -> Iterator[Result]:
        try:
            yield from task.future.result()
        except BrokenProcessPool:
            if self._pool is task.pool:
                self._pool = None
            for item in task.items:
                yield self._one(function, item, crashed)

    def _one(self, function: Callable[[Item], Result], item: Item, crashed: Callable[[Item], Result]) -> Result:
        """Do one item again with no other beside it: if a worker dies once more, it is this item's doing."""
        try:
            [result] = self._started().submit(_each, function, [item]).result()
            return result
        except BrokenProcessPool:
            self._pool = None
            return crashed(item)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Never fork: the caller may have threads, whose locks a fork would copy as they stand.
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=spawn, initializer=_set_up)
        return self._pool


def _chunks(items: Iterable[Item], here: Callable[[Item], bool]) -> Iterator[tuple[list[Item], bool]]:
    """Yield items in chunks for workers, or one by one to be done here, each with whether it is the latter."""
    chunk: list[Item] = []
    for item in items:
        in_place = here(item)
        if not in_place:
            chunk.append(item)
        if chunk and (in_place or len(chunk) == _CHUNK):
            yield chunk, False
            chunk = []
        if in_place:
            yield [item], True
    if chunk:
        yield chunk, False


def _each(function: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [function(item) for item in items]


def _set_up() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main program, which ends the workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A main program that is killed cannot end its workers: they would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
