"""The runner's files: outputs and the step summary, each addition whole or not made."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.markup.text_size import utf16_units

#: What the outputs of a job may take, in bytes of UTF-16, and a summary, in bytes of UTF-8.
OUTPUTS_LIMIT = 1_000_000
SUMMARY_LIMIT = 1_048_576

#: A value of an output, as it is typed in YAML.
Value = str | int | bool
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
#: What neither UTF-8 nor an environment variable can hold.
_UNFIT = re.compile("[\0\ud800-\udfff]")


def append_outputs(path: str, values: Mapping[str, Value]) -> None:
    """Set outputs of the step, all of them or none.

    Raises:
        EnvironmentFailure: They are too large, or cannot be written.
    """
    texts = {name: _text(value) for name, value in values.items()}
    _check_outputs(texts)
    _append(path, _key_values(texts).encode())


def append_summary(path: str, text: str) -> None:
    """Add Markdown to the step's summary, all of it or nothing.

    Raises:
        EnvironmentFailure: It does not fit below what is there, or cannot be written.
    """
    data = _UNFIT.sub("\ufffd", text).encode()
    room = summary_room(path)
    if len(data) > room:
        raise EnvironmentFailure(
            f"{len(data)} bytes do not fit into the step's summary, which has room for {room}",
            cause=f"GitHub drops a summary of more than {SUMMARY_LIMIT} bytes as a whole",
            cure="compare a smaller range, or exclude files",
        )
    _append(path, data)


def summary_room(path: str) -> int:
    """Return how many bytes of UTF-8 the step's summary can still take."""
    try:
        return max(0, SUMMARY_LIMIT - os.stat(path).st_size)  # noqa: PTH116 - a name from outside
    except OSError:
        return SUMMARY_LIMIT


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _UNFIT.sub("\ufffd", str(value))


def _check_outputs(texts: Mapping[str, str]) -> None:
    sizes = {name: 2 * utf16_units(name + text) for name, text in texts.items()}
    unfit = [name for name in texts if not _NAME.fullmatch(name)]
    if unfit:
        raise DiffInsightError(
            f"{unfit[0]!r} cannot be the name of an output", cause="a defect in diff-insight"
        )
    total = sum(sizes.values())
    if total > OUTPUTS_LIMIT:
        largest = max(sizes, key=sizes.__getitem__)
        raise EnvironmentFailure(
            f"the outputs take {total} bytes; the largest is '{largest}' with {sizes[largest]}",
            cause=f"the outputs of a job are limited to {OUTPUTS_LIMIT} bytes of UTF-16",
            cure="compare a smaller range, or have fewer categories and locales",
        )


def _key_values(texts: Mapping[str, str]) -> str:
    from actions_toolkit import core  # noqa: PLC0415 - takes 100 ms

    # The toolkit draws a random delimiter for each value and checks that the value lacks it.
    return "".join(f"{core.prepare_key_value_message(*item)}\n" for item in texts.items())


def _append(path: str, data: bytes) -> None:
    try:
        with open(path, "ab", buffering=0) as file:  # noqa: PTH123 - a name from outside
            before = file.seek(0, os.SEEK_END)
            try:
                _write(file.fileno(), data)
            except BaseException:
                file.truncate(before)
                raise
    except OSError as error:
        raise EnvironmentFailure(
            f"the runner's file {path!r} cannot be written: {error.strerror or error}",
            cause="a full disk, or a runner whose files are not mounted",
            cure="check the runner's disk and run again",
        ) from error


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
