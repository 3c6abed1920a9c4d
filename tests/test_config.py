"""The settings that Streamlit reads when the page starts."""

import tomllib
from pathlib import Path

CONFIG = Path(__file__).parent.parent / ".streamlit" / "config.toml"


def test_the_page_is_offered_to_this_machine_only() -> None:
    assert tomllib.loads(CONFIG.read_text(encoding="utf-8"))["server"]["address"] == "localhost"
