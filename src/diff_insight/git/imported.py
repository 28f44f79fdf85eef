"""A repository made of single files, so that git compares versions that came without git."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.changes import SUBMODULE_MODE

#: Mode, and the content (of a submodule: its commit id), by path.
Files = Mapping[bytes, tuple[str, bytes]]
SIDES = ("base", "head")


def import_sides(
    directory: Path, environ: Mapping[str, str], sides: Sequence[Files], *, object_format: str
) -> tuple[Repository, list[str]]:
    """Return a bare repository with one commit for each side, and their ids."""
    git = Git(directory, environ)
    for arguments, stdin in (
        (("init", "--quiet", "--bare", f"--object-format={object_format}"), b""),
        (("fast-import", "--quiet"), b"".join(_stream(sides))),
    ):
        done = git.run(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise EnvironmentFailure(
                "file versions could not be put into a temporary repository",
                cause=done.stderr.decode("utf-8", "replace").strip(),
                cure="free space in the temporary directory, or set TMPDIR",
            )
    repository = Repository(git)
    return repository, [repository.commit(f"refs/heads/{name}") for name in SIDES]


def _stream(sides: Sequence[Files]) -> Iterable[bytes]:
    """Yield what git fast-import reads: https://git-scm.com/docs/git-fast-import."""
    for name, files in zip(SIDES, sides, strict=True):
        yield b"commit refs/heads/%s\ncommitter d <d> 0 +0000\ndata 0\n" % name.encode()
        for path, (mode, content) in files.items():
            quoted = path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
            if mode == SUBMODULE_MODE:
                yield b'M %s %s "%s"\n' % (mode.encode(), content, quoted)
            else:
                yield b'M %s inline "%s"\ndata %d\n' % (mode.encode(), quoted, len(content))
                yield content
                yield b"\n"
        yield b"\n"
