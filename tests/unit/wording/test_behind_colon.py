"""What stands behind the name of a page begins small in the languages that write it so."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.wording.range_text import _behind_colon


@pytest.mark.parametrize(
    ("locale", "text", "told"),
    [
        ("fr_FR", "Ajout de 3 lignes", "ajout de 3 lignes"),
        ("es_ES", "Añadido", "añadido"),
        ("pt_BR", "Nova linha", "nova linha"),
        ("pt_BR", "À parte", "À parte"),
        ("fr_FR", "API nouvelle", "API nouvelle"),
        ("fr_FR", "`Client` retiré", "`Client` retiré"),
        ("en_US", "New row", "New row"),
        ("de_DE", "Neue Seite", "Neue Seite"),
        ("fr_FR", "", ""),
    ],
)
def test_a_small_letter_behind_a_colon(locale: str, text: str, told: str) -> None:
    assert _behind_colon(text, Speaker(load_catalog(locale), Style.LINE)) == told
