"""The command `site`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from diff_insight.errors import UsageError
from diff_insight.settings.values import words


def site(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    """Make a site, print its first page, and say how much was new."""
    from diff_insight.bootstrap.engine import workers  # noqa: PLC0415 - loads the engine
    from diff_insight.localization.settle import settle_locales  # noqa: PLC0415
    from diff_insight.settings.settings import Settings  # noqa: PLC0415
    from diff_insight.site.lists import SiteSettings  # noqa: PLC0415
    from diff_insight.site.site_builder import build_site  # noqa: PLC0415

    url = arguments.url
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(f"--url: {url!r} is no web address", cure="begin it with https://")
    locales: tuple[str, ...] = ()
    if arguments.locales:
        asked = Settings(locales=tuple(words("--locale", arguments.locales)))
        locales = settle_locales(asked)[0].locales
    settings = SiteSettings(
        title=" ".join(arguments.title.split()),
        url=url if not url or url.endswith("/") else f"{url}/",
        locales=locales,
    )
    gc.enable()  # the command pauses it for one report; here they are many, and each leaves circles
    done = build_site(arguments.documents, Path(arguments.output), settings, workers())
    counted = f"{done.documents} report{'' if done.documents == 1 else 's'}"
    sys.stderr.write(f"{counted}, {done.rendered} of them rendered\n")
    sys.stdout.buffer.write(os.fsencode(done.start) + b"\n")
    sys.stdout.flush()
    return 0
