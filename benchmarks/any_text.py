"""How time grows on what is no text: `python -m benchmarks.any_text [CHARACTERS]`.

One line of each kind, a tenth as long and as long as told (100,000); ten times the time for ten times the length is
linear. Seconds of the processor.
"""

import sys
import time
from datetime import date

from events.model import Article
from events.pipeline import code

LINES = {
    "news without a sentence mark": "قال الوزير إن القوات سيطرت على المدينة و قتل ثلاثة اشخاص في قصف على حلب ",
    "numbers": "123 ",
    "verbs of speech": "قال ",
    "verbs of acts": "قتل ",
    "quotation marks that open": "«",
    "quotation marks and verbs": "«قال ",
    "kind words of places": "حي ",
    "dots": ".",
    "one word": "ا",
    "one number": "1",
    "null bytes": "\0",
    "halves of surrogate pairs": "\ud83d",
    "sentences of two words": "قتل ثلاثة. ",
}


def main(characters: int = 100_000) -> None:
    """Print the seconds for each kind of line at both lengths."""
    code(Article("", "قصف في حلب."))
    for title, unit in LINES.items():
        short, long = (_seconds(unit * (size // len(unit))) for size in (characters // 10, characters))
        print(f"{title:<30} {short:8.2f} s {long:8.2f} s")


def _seconds(text: str) -> float:
    start = time.process_time()
    code(Article("any", text, published=date(2025, 3, 1)))
    return time.process_time() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
