"""A whole process as the runner starts it: what it prints, what it imports, and how it is ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import DiffInsightError
from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.github.runner.runner_files import append_outputs
from diff_insight.github.runner.signals import descendants
from diff_insight.model.messages import Notice
from support.runner import HOSTILE, NAMES, commands_in, printed, values_in

RUNNER = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/github/workspace"}

#: A run that prints hostile text by every way out there is, and ends with an unexpected error.
_LOUD = """
import logging, os, sys, warnings
from diff_insight.github.runner.console import guard_streams, say
from diff_insight.github.runner.host import RunnerHost
from diff_insight.errors import DiffInsightError
guard_streams()
host = RunnerHost(os.environ)
for bad in sys.argv[1:]:
    say(bad)
    print(bad)
    print(bad, end="")
    host.mask("ghs_" + "0" * 36)
    print(bad, file=sys.stderr)
    sys.stderr.write(bad[:3]); sys.stderr.flush(); sys.stderr.write(bad[3:])
    warnings.warn(bad)
    logging.getLogger(bad).error("%s", bad)
    host.annotate("warning", bad, bad, 1)
    host.console.group(bad)
    host.console.end_group()
host.fail(DiffInsightError(bad, cause=bad, cure=bad))
class Odd:
    def __repr__(self):
        return bad
    def __del__(self):
        raise ValueError(bad)
Odd()
raise ExceptionGroup(bad, [ValueError(bad), OSError(2, bad, bad)])
"""

#: A run with helpers: forked ones, a process, and a process of that process.
_BUSY = """
import subprocess, sys, time
from diff_insight.github.runner.signals import INTERRUPTED, install_signal_handlers
from diff_insight.runtime.workers import Forked
install_signal_handlers()
nap = "import time; time.sleep(120)"
nest = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {nap!r}])"
try:
    helper = subprocess.Popen([sys.executable, "-c", nest])
    Forked(3).map(lambda number: time.sleep(120), range(3))
except KeyboardInterrupt:
    sys.stdout.write("put away\\n")
    sys.exit(INTERRUPTED)
"""


def _ran(script: str, *arguments: str, options: tuple[str, ...] = ()) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, *options, "-c", script, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **RUNNER, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    return done.stdout.decode(), done.stderr.decode()


def test_nothing_but_our_own_commands_leaves_a_process() -> None:
    hostile = [f"{lead}::{name} name=a::b" for name in NAMES for lead in ("", " \t", "x\n", "\r")]
    hostile += [f"x{lead}##[{name} name=a;]b" for name in NAMES for lead in ("", "\n", "#")]
    hostile += ["\x1b[31m::echo::on", "\u200b::echo::on", "::notice::\n##[add-mask]中\u2028"]
    out, err = _ran(_LOUD, *hostile)
    assert "ExceptionGroup" in err
    assert "Exception ignored" in err
    assert "UserWarning" in err
    assert commands_in(err) == []
    found = commands_in(out)
    allowed = {"add-mask", "warning", "group", "endgroup", "error"}
    assert {command.name for command in found} == allowed
    masks = {command.data for command in found if command.name == "add-mask"}
    assert "ghs_" + "0" * 36 in masks
    assert all(len(mask) >= 40 for mask in masks)
    assert sum(command.name == "warning" for command in found) == 10
    assert sum(command.name == "group" for command in found) == len(hostile)
    assert [command.name for command in found][-1] == "error"
    assert "\x1b" not in out + err


@given(st.lists(HOSTILE, min_size=7, max_size=7))
@settings(deadline=None, max_examples=150)
def test_a_session_holds_its_own_commands_in_order(texts: list[str]) -> None:
    stage, line, notice, message, path, what, cause = texts
    host = RunnerHost(RUNNER)
    progress = ActionsProgress(host)

    def session() -> None:
        host.mask("a secret value")
        progress.stage(stage, 80)
        progress.advance(80)
        progress.say(line)
        progress.notice(Notice("key", {"value": notice}))
        for _ in range(11):
            host.annotate("warning", message, path, 2, 3)
        progress.stage(stage, 80)
        host.fail(DiffInsightError(what, cause=cause, cure=cause))
        host.finish()

    names = [command.name for command in commands_in(printed(session))]
    assert names[0] == "add-mask"
    assert [name for name in names if name != "add-mask"] == [
        "group", "endgroup", "notice", *["warning"] * 10, "group", "endgroup", "error",
    ]  # fmt: skip


def test_an_output_cannot_set_another_one(tmp_path: Path) -> None:
    path = tmp_path / "output"
    host = RunnerHost(RUNNER | {"GITHUB_OUTPUT": str(path)})
    hostile = "x\nghadelimiter_0\ncomplete=false\ncomplete<<EOF\nfalse\nEOF\r\n"
    host.set_outputs({"headline": hostile, "complete": True})
    first = path.read_bytes().decode()
    append_outputs(str(path), {"reports": first})
    assert values_in(path.read_bytes().decode()) == {
        "headline": hostile,
        "complete": "true",
        "reports": first,
    }


def test_the_log_can_begin_before_anything_large_is_imported() -> None:
    script = (
        "import sys\n"
        "from diff_insight.github.runner.console import guard_streams, say\n"
        "from diff_insight.github.runner.host import RunnerHost\n"
        "from diff_insight.github.runner.log import ActionsProgress\n"
        "from diff_insight.github.runner.signals import install_signal_handlers\n"
        "guard_streams()\n"
        "ActionsProgress(RunnerHost({})).stage('begin')\n"
        "say(','.join(sys.modules))\n"
    )
    out, err = _ran(script, options=("-W", "error"))
    assert err == ""
    begin, modules = out.splitlines()
    large = {"actions_toolkit", "requests", "urllib3", "ssl", "socket", "jinja2", "yaml", "babel"}
    large |= {"github", "openai", "asyncio", "unidiff", "multiprocessing", "logging", "email"}
    assert begin == "begin"
    assert not large & set(modules.split(","))


def test_the_toolkit_is_imported_without_a_warning_or_a_change_of_the_path() -> None:
    script = (
        "import sys\n"
        "before = list(sys.path)\n"
        "from diff_insight.github.runner.host import RunnerHost\n"
        "host = RunnerHost({'GITHUB_ACTIONS': 'true'})\n"
        "host.annotate('error', 'm')\n"
        "assert sys.path == before\n"
        "assert not {'github', 'actions_toolkit.github'} & set(sys.modules)\n"
    )
    assert _ran(script, options=("-W", "error")) == ("::error::m\n", "")


def _running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until_helpers_run(process: int, count: int) -> list[int]:
    for _ in range(600):
        if len(descendants(process)) >= count:
            break
        time.sleep(0.05)
    found = descendants(process)
    assert len(found) == count
    return found


@contextmanager
def _busy(*prefix: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [*prefix, sys.executable, "-c", _BUSY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_and_its_helpers(number: signal.Signals) -> None:
    with _busy() as process:
        helpers = _until_helpers_run(process.pid, 4)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert (out, err) == (b"put away\n", b"")
        for _ in range(600):
            if not any(map(_running, helpers)):
                break
            time.sleep(0.05)
        assert [helper for helper in helpers if _running(helper)] == []


_NAMESPACE = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")


def _namespaces() -> bool:
    try:
        return (
            subprocess.run([*_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


@pytest.mark.skipif(not _namespaces(), reason="process namespaces cannot be made here")
def test_process_1_of_a_container_is_ended_too() -> None:
    with _busy(*_NAMESPACE) as outer:
        first, *helpers = _until_helpers_run(outer.pid, 5)
        status = Path(f"/proc/{first}/status").read_text("utf-8")
        assert next(line for line in status.splitlines() if line.startswith("NSpid")).endswith(
            "\t1"
        )
        os.kill(first, signal.SIGTERM)
        out, err = outer.communicate(timeout=30)
        assert outer.returncode == 130
        assert (out, err) == (b"put away\n", b"")
        assert [helper for helper in helpers if _running(helper)] == []
