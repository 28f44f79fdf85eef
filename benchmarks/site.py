"""Makes a site of many documents, then again with one more: processor time, and memory beside the count.

    python -m benchmarks.site [--documents N] [--files N]

The documents are one report of a generated range in three languages, each with a day, commits and
texts of its own. Processor time is that of all processes; memory the largest process.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from benchmarks.synthetic import make_repository

LOCALES = "en_US,ja_JP,zh_CN"
#: What every generated page says, added or removed.
_HOST = re.compile(r"example\.com", re.IGNORECASE)


def main() -> None:
    """Print a line for each count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_500)
    parser.add_argument("--files", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = _document(folder, asked.files)
        for count in (asked.documents // 10, asked.documents):
            documents = folder / f"documents-{count}"
            documents.mkdir()
            for number in range(count):
                _write(documents, document, number)
            site = folder / f"site-{count}"
            for what in ("anew", "nothing new", "one more"):
                if what == "one more":
                    _write(documents, document, count)
                with _measured(f"{count} documents, {what}"):
                    _command("site", str(documents), "--output", str(site))


def _document(folder: Path, files: int) -> str:
    row = make_repository(folder / "generated.git", files)
    _command(
        "report", f"{row.base}..{row.head}", "--repo", str(folder / "generated.git"), "--quiet",
        "--locale", LOCALES, "--format", "json", "--output", str(folder / "{locale}/report.md"),
    )  # fmt: skip
    return (folder / "all" / "report.json").read_text("utf-8")


def _write(folder: Path, document: str, number: int) -> None:
    # No two documents share a text: what is kept from one page to the next must not look quicker here.
    read = json.loads(_HOST.sub(rf"\g<0>/{number}", document))
    day = date(2026, 1, 1) - timedelta(days=number)
    read |= {"date": day.isoformat(), "fingerprint": f"{number:016x}"}
    read["range"] |= {"base": f"{number + 1:040x}", "head": f"{number:040x}"}
    (folder / f"{number}.json").write_text(json.dumps(read, ensure_ascii=False), "utf-8")


def _command(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "diff_insight", *arguments], check=True, capture_output=True
    )


@contextmanager
def _measured(label: str) -> Iterator[None]:
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    wall = time.monotonic() - started
    sys.stdout.write(
        f"{label}: {processor:.1f} s processor, {wall:.1f} s wall, "
        f"largest process so far {used.ru_maxrss // 1024} MB\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
