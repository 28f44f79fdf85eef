"""The space beside code in scripts that set none between words."""

from __future__ import annotations

import pytest
from babel.core import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.localization.catalogs import Catalog, load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.spacing import Frame, SpacedPiece, join_pieces
from diff_insight.localization.speaker import Speaker
from diff_insight.model.messages import Params

GLUE = {
    "sentence.join": "{first}{second}",
    "quote": "“{text}”",
    "date.first": "1",
    "term.rpc": "RPC",
    "count.days": "{n}天",
    "list.more": "其他{count:number}项",
}


def said(message: str, values: Params, style: Style = Style.MARKDOWN) -> str:
    catalog = Catalog(
        "zh_CN", Locale.parse("zh_Hans_CN"), {**GLUE, "k": message}, plural_form=lambda _: 0
    )
    return Speaker(catalog, style).say("k", values)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("{a:code}由{b:code}改为", "`a` 由 `b` 改为"),
        ("{a:code} 由 {b:code} 改为", "`a` 由 `b` 改为"),
        ("新增{a:code}", "新增 `a`"),
        ("{a:code} の{b:code}を", "`a` の `b` を"),
        ("々{a:code}ー", "々 `a` ー"),
        ("新增（ {a:code} ）。", "新增（`a`）。"),
        ("{a:code} ：{b:code} 。", "`a`：`b`。"),
        ("{a:code} → {b:code}", "`a` → `b`"),
        ("{a:code} {b:code}", "`a` `b`"),
        ("{a:code}({b:code})", "`a`(`b`)"),
        ("从 {q:quote} 的 {a:code}", "从“词”的 `a`"),
        ("{a:code} {q:quote}", "`a`“词”"),
        ("共 {n:number} 个", "共3个"),
        ("新增{t:term}{n:n_days}内", "新增 RPC 3天内"),
        ("{t:term} {a:code}", "RPC `a`"),
        ("{n}×{n} 像素", "3×3像素"),
        ("在 {d:date} 前", "在2025年6月11日前"),
        (" {a:code} ", " `a` "),
        ("标题 {empty:text} 的", "标题的"),
    ],
)
def test_code_is_set_off_from_letters_and_from_nothing_else(message: str, expected: str) -> None:
    values: Params = {
        "a": "a", "b": "b", "q": "词", "n": 3, "d": "2025-06-11", "empty": "", "t": "rpc",
    }  # fmt: skip
    assert said(message, values) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("a",), "改动 `a` 内"),
        (("a", "b"), "改动 `a` 和 `b` 内"),
        (("a", "b", "c"), "改动 `a`、`b` 和 `c` 内"),
        (("a", "b", "c", "d", "e"), "改动 `a`、`b`、`c` 和其他2项内"),
        ((), "改动内"),
    ],
)
def test_lists_follow_the_same_rule(names: tuple[str, ...], expected: str) -> None:
    assert said("改动{a:codes}内", {"a": names}) == expected


def test_names_are_spaced_as_what_they_turn_out_to_be() -> None:
    assert said("删除 {a:names} 的", {"a": ("gpt-4o", "名称")}) == "删除 `gpt-4o` 和“名称”的"


def test_without_markup_the_letters_of_code_are_set_off() -> None:
    assert (
        said("新增{a:code}的{b:code}", {"a": "x.y", "b": "文件"}, Style.PLAIN) == "新增 x.y 的文件"
    )


@pytest.mark.parametrize("name", ["ja_JP", "zh_CN", "zh_TW"])
@settings(deadline=None, max_examples=40)
@given(spaces=st.tuples(*[st.sampled_from(["", " "])] * 2))
def test_the_spaces_of_a_message_make_no_difference(name: str, spaces: tuple[str, str]) -> None:
    loaded = load_catalog(name)
    messages = {**loaded.messages, "k": f"変更{spaces[0]}{{a:codes}}{spaces[1]}内"}
    speaker = Speaker(Catalog(name, loaded.locale, messages, loaded.plural_form), Style.MARKDOWN)
    assert speaker.say("k", {"a": ("a", "b")}) in ("変更 `a`、`b` 内", "変更 `a` 和 `b` 内")


_WORDS = st.text(alphabet=" a.新、→%", max_size=4)
_VALUES = st.tuples(st.text(alphabet="b9 `名「→", max_size=3), st.booleans())


@settings(deadline=None, max_examples=300)
@given(words=st.lists(_WORDS, min_size=1, max_size=4), data=st.data())
def test_a_frame_sets_values_as_the_rule_does(words: list[str], data: st.DataObject) -> None:
    count = len(words) - 1
    values = data.draw(st.lists(_VALUES, min_size=count, max_size=count))
    pieces = [SpacedPiece(words[0])]
    for (value, literal), word in zip(values, words[1:], strict=True):
        pieces += [SpacedPiece(value, value=True, code=literal), SpacedPiece(word)]
    frame = Frame(words, [literal for _, literal in values])
    shown, code = [value for value, _ in values], [literal for _, literal in values]
    assert frame.fill(shown, code) == join_pieces(pieces)
    # A frame that may hold code everywhere is as good for values that are none.
    assert Frame(words, [True] * count).fill(shown, code) == join_pieces(pieces)
