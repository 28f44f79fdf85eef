"""A signal becomes an interruption, helpers of the run end with it, and a second one is the last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from diff_insight.github.runner import signals


class Left(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise Left

    monkeypatch.setattr(os, "_exit", leave)
    return codes


def test_the_first_signal_interrupts_and_the_second_ends(ended: list[int]) -> None:
    told: list[int] = []
    handle = signals._handler(os.getpid(), told.append)
    with pytest.raises(KeyboardInterrupt):
        handle(signal.SIGTERM, None)
    assert told == [os.getpid()]
    assert ended == []
    with pytest.raises(Left):
        handle(signal.SIGINT, None)
    assert told == [os.getpid()] * 2
    assert ended == [130]


def test_a_forked_helper_leaves_without_its_parents_code(ended: list[int]) -> None:
    told: list[int] = []
    handle = signals._handler(os.getpid() + 1, told.append)
    with pytest.raises(Left):
        handle(signal.SIGTERM, None)
    assert ended == [130]
    assert told == []


def test_both_signals_are_handled() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        signals.install_signal_handlers()
        now = {number: signal.getsignal(number) for number in before}
        assert now[signal.SIGTERM] is now[signal.SIGINT]
        assert now[signal.SIGTERM] not in before.values()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_descendants_end_and_others_do_not() -> None:
    tree = (
        "import subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(inner.pid, flush=True)\n"
        "sys.exit(inner.wait() != -15)\n"
    )
    with (
        subprocess.Popen([sys.executable, "-c", tree], stdout=subprocess.PIPE) as outer,
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other,
    ):
        assert outer.stdout is not None
        inner = int(outer.stdout.readline())
        assert signals.descendants(outer.pid) == [inner]
        assert {outer.pid, inner, other.pid} <= set(signals.descendants(os.getpid()))
        signals.end_descendants(outer.pid)
        assert outer.wait(30) == 0
        assert other.poll() is None
        other.kill()


def test_a_table_of_processes_may_be_missing_or_odd(tmp_path: Path) -> None:
    assert signals.descendants(1, tmp_path / "gone") == []
    for name, text in {
        "7": "7 (a) b) c) S 1 7",
        "8": "8 (x) S 7 8",
        "9": "nonsense",
        "10": "10 (y) S z",
        "11": None,
        "12": "12 (other) S 2 2",
        "self": "7 (x) S 1 1",
    }.items():
        (tmp_path / name).mkdir()
        if text is not None:
            (tmp_path / name / "stat").write_text(text)
    assert signals.descendants(1, tmp_path) == [7, 8]


def test_a_process_that_has_ended_meanwhile_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def gone(process: int, number: int) -> None:
        asked.append((process, number))
        raise ProcessLookupError

    monkeypatch.setattr(os, "kill", gone)
    monkeypatch.setattr(signals, "descendants", lambda ancestor: [11, 12])
    signals.end_descendants(1)
    assert asked == [(11, signal.SIGTERM), (12, signal.SIGTERM)]
