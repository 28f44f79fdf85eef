"""Keeps compiled templates beside the compiled modules, where Jinja looks before it compiles."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, compiler
from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "__pycache__"


class CompiledTemplates(FileSystemBytecodeCache):
    """Stores templates as Python stores modules: only where it may write, and never in the way.

    Args:
        options: How templates are read; what was compiled with other ones does not count.
        folder: Where Python keeps what it compiled.
    """

    def __init__(self, options: str, folder: Path = FOLDER) -> None:
        super().__init__(str(folder), "template-%s.bin")
        # Another release of Jinja may compile otherwise. Images keep no fractions of a second.
        self._made_with = f"{options} {int(Path(compiler.__file__).stat().st_mtime)} "

    def get_source_checksum(self, source: str) -> str:
        """Return what tells whether a template has to be compiled again."""
        return super().get_source_checksum(self._made_with + source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if that is wanted and possible."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
