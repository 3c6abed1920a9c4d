"""The words of the interface in the visitor's language, with its plural forms, dates and digits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_percent, get_group_symbol
from pydantic import TypeAdapter

from events.ontology import load_actions

LANGUAGES = {"ar": "العربية", "en": "English"}
"""Languages of the interface, each with its name in itself."""

LABELS = Path(__file__).with_name("labels.yml")

_LOCALES = {"ar": Locale("ar", "SY"), "en": Locale("en", "GB")}
Forms = str | dict[str, str]


@cache
def load_labels(path: Path = LABELS) -> Mapping[str, Mapping[str, Forms]]:
    """Return each key's words by language; a dict holds the forms by CLDR plural category."""
    return TypeAdapter(dict[str, dict[str, Forms]]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def _group_symbol(language: str) -> str:
    return get_group_symbol(_LOCALES[language], numbering_system="default")


@dataclass(frozen=True, slots=True)
class Words:
    """The interface's words in one language (`ar` or `en`)."""

    language: str

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""
        return self._locale.text_direction == "rtl"

    @property
    def _locale(self) -> Locale:
        return _LOCALES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key with `{name}`s filled in; raises KeyError for an unknown key.

        Whole numbers are written with the language's digits; `n` also picks the plural form.
        """
        forms = load_labels()[key][self.language]
        text = forms if isinstance(forms, str) else self._form(forms, values["n"])
        return text.format(**{name: self._written(value) for name, value in values.items()})

    def _form(self, forms: Mapping[str, str], number: object) -> str:
        return forms.get(self._locale.plural_form(int(str(number))), forms["other"])

    def _written(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)

    def forms(self, key: str) -> Forms:
        """Return the words of a key as they stand: one text, or one for each plural form; raises KeyError."""
        return load_labels()[key][self.language]

    @property
    def tag(self) -> str:
        """The language and country as a BCP 47 tag, for what the browser writes by itself; in Babel's digits."""
        return f"{self._locale.language}-{self._locale.territory}-u-nu-latn"

    def number(self, value: int) -> str:
        """Return a whole number in the language's digits and grouping."""
        # As format_decimal does in these languages, which writes a page of filters forty times slower.
        return f"{value:,}".replace(",", _group_symbol(self.language))

    def percent(self, share: float) -> str:
        """Return a share from 0 to 1 as per cent."""
        return format_percent(share, locale=self._locale, numbering_system="default")

    def day(self, day: date) -> str:
        """Return a day in words."""
        return format_date(day, "d MMMM y", locale=self._locale)

    def iso(self, text: str) -> str:
        """Return an ISO day or month (`YYYY-MM`) in words; anything else comes back as it is."""
        if re.fullmatch(r"\d{4}-\d\d", text):
            return format_date(date.fromisoformat(f"{text}-01"), "MMMM y", locale=self._locale)
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def action(self, action: str) -> str:
        """Return an action's name from the ontology; an action it does not know keeps its id."""
        known = load_actions().get(action)
        return action if known is None else known.label_ar if self.language == "ar" else known.label_en
