"""A title is quoted as its readers see it."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.plain_marks import plain_marks


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("``app --help`` shows it. :issue:`5673`", "`app --help` shows it. #5673"),
        ("See :ref:`the guide <guide-start>` and :doc:`/intro`", "See the guide and /intro"),
        (":meth:`.Table.copy` follows :pep:`593`", "`Table.copy` follows PEP 593"),
        ("Read `the manual <https://x.example/m>`_ and `this one`__", "Read the manual and this one"),
        ("{meth}`Runner.run` of {ref}`here <x>`", "`Runner.run` of here"),
        ("[`get()`][get] and [a guide](https://x.example)", "`get()` and a guide"),
        ('<Since v="7.2" /> Adds <code>x</code>', " Adds x"),
        ("by :user:`ann`", "by ann"),
        ("Add <Header> to <App>", "Add `<Header>` to `<App>`"),
        ("Fix <Select /> and `<T>`", "Fix `<Select />` and `<T>`"),
        ("A <b>bold</b> word<br>here", "A bold wordhere"),
        ("Remove __proto__ and __the rest__", "Remove `__proto__` and the rest"),
    ],
)  # fmt: skip
def test_marks(line: str, text: str) -> None:
    assert plain_marks(line) == text


def test_a_reference_of_docfx_is_the_name_of_what_it_refers_to() -> None:
    text = "<xref:System.Windows.Forms.Clipboard.GetText*?displayProperty=nameWithType> reads RTF"
    assert plain_marks(text) == "GetText reads RTF"
