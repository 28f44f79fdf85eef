"""Every layout and format that a setting may name has a renderer of its own."""

from __future__ import annotations

from diff_insight.bootstrap import engine
from diff_insight.settings.settings import FORMATS, LAYOUTS


def test_no_layout_is_another_one_in_silence() -> None:
    assert set(engine._LAYOUTS) == set(LAYOUTS)


def test_every_format_is_rendered() -> None:
    assert {"markdown", *engine._RENDERERS} == set(FORMATS)
