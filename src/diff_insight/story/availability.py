"""Tells which words say that something can be had from now on, or not any more."""

from __future__ import annotations

import re

from diff_insight.model.messages import Params

#: What says that something can be had from now on, or not any more.
_AVAILABLE = re.compile(
    r"(?i)\b(generally available|general availability|(is|are) now available|no longer (available|supported)|"
    r"(is|are|will be|has been|have been) (now )?(deprecated|retired|discontinued)|end of (support|life))\b"
    r"|一般提供|提供終了|サポート終了|非推奨になり|正式发布|正式推出|停用|弃用|停止支持"
)
#: What a cell says of a thing that is gone.
_REMOVED = re.compile(
    r"(?i)\b(?:has|have) been removed\b|^removed\b|\bremoved (?:in|from)\b|^deprecated\b|^retired\b"
    r"|^削除|^廃止|^已(?:移除|删除|刪除|废弃|廢棄)"
)
#: One of them stands in every ASCII text that matches.
_SIGNS = ("availab", "support", "deprecated", "retired", "discontinued", "end of life")


def says_availability(text: str) -> bool:
    """Tell whether a sentence says that something can be had from now on, or not any more."""
    if text.isascii():
        folded = text.lower()
        if not any(sign in folded for sign in _SIGNS):
            return False
    return _AVAILABLE.search(text) is not None


def ends_in_cell(params: Params) -> bool:
    """Tell whether a cell of a table says so from now on, or that a thing has been removed, and did not before."""
    if "column" not in params or "row" not in params:
        return False
    before, after = (
        says_availability(text) or _REMOVED.search(text) is not None
        for text in (str(params.get("old") or ""), str(params.get("new") or ""))
    )
    return after and not before
