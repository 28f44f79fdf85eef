"""What stands behind a colon begins small in the languages that write it so."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker


@pytest.mark.parametrize(
    ("locale", "text", "told"),
    [
        ("fr_FR", "Ajout de 3 lignes", "ajout de 3 lignes"),
        ("es_ES", "Añadido", "añadido"),
        ("pt_BR", "Nova linha", "nova linha"),
        ("pt_BR", "À parte", "à parte"),
        ("pt_BR", "O tipo muda", "o tipo muda"),
        ("fr_FR", "L’indentation change", "l’indentation change"),
        ("fr_FR", "D’anciennes adresses", "d’anciennes adresses"),
        ("fr_FR", "R 4.5 requis", "R 4.5 requis"),
        ("fr_FR", "API nouvelle", "API nouvelle"),
        ("fr_FR", "`Client` retiré", "`Client` retiré"),
        ("en_US", "New row", "New row"),
        ("de_DE", "Neue Seite", "Neue Seite"),
        ("fr_FR", "", ""),
    ],
)
def test_a_small_letter_behind_a_colon(locale: str, text: str, told: str) -> None:
    assert Speaker(load_catalog(locale), Style.LINE).behind_colon(text) == told
