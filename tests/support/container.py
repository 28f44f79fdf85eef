"""Runs a built image the way the runner runs a container action, with buildah as the engine."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from support.step import FOLDERS

#: Who the checkout belongs to on GitHub's machines.
RUNNER = 1001
WORKSPACE = "/github/workspace"
#: What the engine itself puts into a container.
_MADE_BY_THE_ENGINE = ("/dev", "/proc", "/sys", "/run", "/github", "/etc/hosts", "/etc/resolv.conf")


def buildah(*arguments: str) -> str:
    """Run buildah and return what it prints."""
    done = subprocess.run(["buildah", *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Found:
    """What says whether an entry of a file system has been written to."""

    mode: int
    size: int
    changed: int


class Container:
    """A container of an image; leaving it removes it.

    Attributes:
        root: Its file system, as seen from outside.
        entrypoint: What the image starts; `buildah run` does not by itself.
    """

    def __init__(self, image: str) -> None:
        self._name = buildah("from", "--pull-never", image)
        self.root = Path(buildah("mount", self._name))
        described = json.loads(buildah("inspect", self._name))
        self.entrypoint: list[str] = described["OCIv1"]["config"].get("Entrypoint", [])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        buildah("rm", self._name)

    def launch(
        self, variables: Mapping[str, str], workspace: Path
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the action: the runner's mounts, its variables with their paths translated."""
        return subprocess.run(
            self.command(self.entrypoint, variables, workspace),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=300,
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the container, without mounts."""
        return subprocess.run(
            ["buildah", "run", self._name, "--", *command],
            capture_output=True,
            text=True,
            check=False,
        )

    def first_line(self, variables: Mapping[str, str], workspace: Path) -> tuple[float, str]:
        """Return the seconds between the start of the action's process and its first line."""
        # The shell tells the time and becomes the action: what the engine takes is not counted.
        started = ["sh", "-c", 'date +%s.%N; exec "$@"', "sh", *self.entrypoint]
        with subprocess.Popen(
            self.command(started, variables, workspace), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            start = float(process.stdout.readline())
            line = process.stdout.readline()
            taken = time.time() - start
            process.stdout.read()
        return taken, line.rstrip("\n")

    def command(
        self, words: Sequence[str], variables: Mapping[str, str], workspace: Path
    ) -> list[str]:
        """Return the command line that runs words as a step of a job."""
        folder = Path(variables["HOME"]).parent
        mounts = {str(workspace): WORKSPACE}
        mounts |= {str(folder / name): f"/github/{name}" for name in FOLDERS}
        for place in mounts:
            _give_to_runner(Path(place))
        options = [f"--volume={outside}:{inside}" for outside, inside in mounts.items()]
        for name, value in variables.items():
            outside = next((each for each in mounts if Path(value).is_relative_to(each)), None)
            told = value if outside is None else mounts[outside] + value.removeprefix(outside)
            options.append(f"--env={name}={told}")
        options.append(f"--workingdir={WORKSPACE}")
        return ["buildah", "run", *options, self._name, "--", *words]

    def contents(self) -> dict[str, Found]:
        """Return everything in the container's own file system that an action can write."""
        found = {}
        for folder, folders, files in os.walk(self.root):
            inside = "/" + str(Path(folder).relative_to(self.root)).removeprefix(".")
            folders[:] = [name for name in folders if not _of_the_engine(inside, name)]
            for name in (*folders, *files):
                if not _of_the_engine(inside, name):
                    entry = os.lstat(os.path.join(folder, name))
                    # A folder's time tells of files that came and went, as in /tmp: they may.
                    changed = 0 if name in folders else entry.st_mtime_ns
                    found[os.path.join(inside, name)] = Found(entry.st_mode, entry.st_size, changed)
        return found


def _of_the_engine(folder: str, name: str) -> bool:
    return os.path.join(folder, name) in _MADE_BY_THE_ENGINE


def _give_to_runner(place: Path) -> None:
    for folder, _, files in os.walk(place):
        for path in (folder, *(os.path.join(folder, name) for name in files)):
            os.chown(path, RUNNER, RUNNER, follow_symlinks=False)
