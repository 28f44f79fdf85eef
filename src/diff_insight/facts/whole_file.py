"""Facts about a file as a whole: added, removed, renamed, mode, symlink, submodule, binary, image."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.images import dimensions
from diff_insight.facts.news.opening import page_news
from diff_insight.facts.pages.front_matter import is_draft
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import extension, is_embedded, is_image, is_markdown, is_page
from diff_insight.model.changes import SUBMODULE_MODE, SYMLINK_MODE, FileChange, Side, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_KINDS = {SYMLINK_MODE: "symlink", SUBMODULE_MODE: "submodule"}
_LFS = "version https://git-lfs.github.com/spec/"
_LFS_SIZE = re.compile(r"size ([0-9]{1,18})\s*$")
_SHORT = 7
#: Extensions of files that may describe an interface as a whole.
INTERFACES = frozenset("proto graphql graphqls gql json yaml yml avsc tf tofu".split())
#: What is shown with its folder, not at an address.
_NOTE = re.compile(r"(?i)(^|/)readme\.\w+$")
#: Keys of front matter that give a page an address, or old ones.
_ADDRESSES = frozenset("permalink slug url id aliases alias redirect_from redirects".split())
#: Folders of sites, in which a note may be the page of its folder.
_SITES = frozenset(
    "docs doc content pages documentation website site source guide guides book articles src".split()
)
#: Headings named when a page comes; the rest is counted.
_MOST_SECTIONS = 12


def applies(view: FileView) -> bool:
    """Every file."""
    return True


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what happened to the file itself."""
    change = view.change
    if change.unreadable:
        yield Fact("file.unreadable", {"reason": change.unreadable})
        return
    yield from _moves(view)
    yield from _mode(view)
    if SUBMODULE_MODE in (change.old_mode, change.new_mode):
        yield from _submodule(view)
    elif SYMLINK_MODE in (change.old_mode, change.new_mode) and change.status is not Status.CHANGED:
        yield from _symlink(view)
    elif change.generated:
        yield from _generated_facts(view)
    elif change.binary and change.hidden is None:
        yield from _binary(view)
    else:
        yield from _text(view)


def _generated_facts(view: FileView) -> Iterator[Fact]:
    change = view.change
    both = change.generated == "lock" and change.status in BOTH_SIDES and not change.binary
    params = {"reason": change.generated, "status": str(change.status)}
    yield from (_lock_facts(view) if both else ()) or (Fact("file.generated", params),)


def _lock_facts(view: FileView) -> tuple[Fact, ...]:
    from diff_insight.facts.packages.lock_files import lock_facts  # noqa: PLC0415 - loads readers of data

    return tuple(lock_facts(view))


def _moves(view: FileView) -> Iterator[Fact]:
    change = view.change
    if change.status is Status.RENAMED and (lost := _lost_interface(view)):
        yield lost
    elif change.status is Status.RENAMED and (forms := _name_forms(change)):
        yield Fact(
            "file.name-form", {"old": change.previous_path or "", "new": change.path, **forms}
        )
    elif change.status in (Status.RENAMED, Status.COPIED):
        params: dict[str, Value] = {
            "old": change.previous_path or "",
            "new": change.path,
            "only": change.changes == 0 and change.old_id == change.new_id,
        }
        moved = _has_moved(view)
        left = moved and not is_page(change.path)
        if left:
            title = structure(view, Side.BASE).title()
            yield Fact("page.removed", {"title": title, "lines": 0}, breaking=True)
        moves = moved and not left
        yield Fact("page.moved" if moves else f"file.{change.status}", params, breaking=moves)


def _name_forms(change: FileChange) -> dict[str, Value]:
    """Return the Unicode forms of two names that look alike, or nothing."""
    names = (change.previous_path or "", change.path)
    if names[0] == names[1] or len({unicodedata.normalize("NFC", name) for name in names}) > 1:
        return {}
    old, new = (
        next((form for form in ("NFC", "NFD") if unicodedata.is_normalized(form, name)), "mixed")
        for name in names
    )
    return {"old_form": old, "new_form": new}


def _has_moved(view: FileView) -> bool:
    """Tell whether a page certainly had another address before.

    A note that is shown with its folder has none, and front matter may give one whatever the path.
    """
    change = view.change
    old = change.previous_path or ""
    if change.status is not Status.RENAMED or "/" not in old or not is_page(old):
        return False
    if _NOTE.search(old) or not view.head.complete:
        return False
    if not is_page(change.path):
        return is_markdown(old)
    if not view.has_page_structure:
        return False
    from diff_insight.facts.identity.page_address import same_page  # noqa: PLC0415 - only for renames

    if same_page(old, change.path):
        return False
    keys = {key for key, _ in structure(view, Side.HEAD).front_matter.values()}
    return keys.isdisjoint(_ADDRESSES)


def _mode(view: FileView) -> Iterator[Fact]:
    change = view.change
    old, new = change.old_mode, change.new_mode
    if change.status is Status.CHANGED:
        params = {"old": _KINDS.get(old, "file"), "new": _KINDS.get(new, "file")}
        evidence: list[Evidence] = []
        if new == SYMLINK_MODE:
            params["target"] = next((line for hunk in view.hunks for line in hunk.new_lines), "")
            for hunk in view.hunks:
                evidence += (
                    (head_line(hunk.new_start, len(hunk.new_lines)),) if hunk.new_lines else ()
                )
                evidence += (
                    (base_line(hunk.old_start, len(hunk.old_lines)),) if hunk.old_lines else ()
                )
        yield Fact("file.type-changed", params, tuple(evidence))
    elif old != new and old.startswith("100") and new.startswith("100"):
        kind = "file.executable" if new.endswith("755") else "file.not-executable"
        yield Fact(kind, {"old": old, "new": new})


def _submodule(view: FileView) -> Iterator[Fact]:
    change = view.change
    if change.status is Status.CHANGED:
        return
    commits = {
        side: next(
            (line.removeprefix("Subproject commit ")[:_SHORT] for hunk in view.hunks
             for line in (hunk.old_lines if side is Side.BASE else hunk.new_lines)),
            "",
        )
        for side in Side
    }  # fmt: skip
    old, new = commits[Side.BASE], commits[Side.HEAD]
    if change.status is Status.ADDED:
        yield Fact("submodule.added", {"new": new})
    elif change.status is Status.REMOVED:
        yield Fact("submodule.removed", {"old": old})
    elif old != new:
        yield Fact("submodule.moved", {"old": old, "new": new})


def _symlink(view: FileView) -> Iterator[Fact]:
    old = next((line for hunk in view.hunks for line in hunk.old_lines), "")
    new = next((line for hunk in view.hunks for line in hunk.new_lines), "")
    if view.change.status is Status.ADDED:
        yield Fact("symlink.added", {"new": new})
    elif view.change.status is Status.REMOVED:
        yield Fact("symlink.removed", {"old": old})
    elif old != new:
        yield Fact("symlink.moved", {"old": old, "new": new})


def _binary(view: FileView) -> Iterator[Fact]:
    change = view.change
    what = "image" if is_image(change.path) else "binary"
    params: dict[str, str | int | bool] = {}
    for side, name in ((Side.BASE, "old"), (Side.HEAD, "new")):
        absent = Status.ADDED if side is Side.BASE else Status.REMOVED
        content = None if change.status is absent else view.reader(side)
        if content is not None:
            params[f"{name}_size"] = len(content)
            if what == "image" and (size := dimensions(content)):
                params[f"{name}_width"], params[f"{name}_height"] = size
    if change.status in (Status.ADDED, Status.REMOVED):
        yield Fact(f"{what}.{change.status}", params)
    elif change.status is Status.MODIFIED or change.old_id != change.new_id:
        yield Fact(f"{what}.changed", params)


def _text(view: FileView) -> Iterator[Fact]:
    """Added and removed text files; a page is named by its own title."""
    change = view.change
    if change.status not in (Status.ADDED, Status.REMOVED):
        yield from _lfs(view)
        return
    added = change.status is Status.ADDED
    side = Side.HEAD if added else Side.BASE
    if is_image(change.path):
        yield Fact(f"image.{change.status}", {})
        return
    lines = change.additions if added else change.deletions
    if view.blocks:  # git counts none of what it takes for binary
        lines = sum(len(block.new_lines if added else block.old_lines) for block in view.blocks)
    make = head_line if added else base_line
    evidence = (make(1, lines),) if lines else ()
    if not view.has_page_structure:
        if not added and (lost := _lost_interface(view)):
            yield lost
            return
        breaking = not added and is_page(change.path)
        kind = "page" if is_page(change.path) else "file"
        title = _notebook_title(view, side) if extension(change.path) == "ipynb" else ""
        yield Fact(f"{kind}.{change.status}", {"title": title, "lines": lines}, evidence, breaking)
        return
    page = structure(view, side)
    sections = [heading.text for heading in page.headings if heading.level == 2]
    note = not added and _is_note(change.path)
    kind = "fragment" if is_embedded(change.path) else "page" if is_page(change.path) else "file"
    if note or kind == "file" or is_draft(page.front_matter.values()):
        yield Fact(f"file.{change.status}", {"title": page.title(), "lines": lines}, evidence)
        return
    params: dict[str, Value] = {
        "title": page.title(),
        "sections": tuple(sections[:_MOST_SECTIONS]),
        "section_count": len(sections),
        "lines": lines,
    }
    if added:
        params |= page_news(view)
    yield Fact(f"{kind}.{change.status}", params, evidence, breaking=kind == "page" and not added)


def _notebook_title(view: FileView, side: Side) -> str:
    """Return the first heading of the cells of a notebook."""
    # Trees take long to load, and most ranges have no notebook.
    from diff_insight.facts.pages.notebooks import title_of  # noqa: PLC0415

    return title_of(view, side)


def _is_note(path: str) -> bool:
    """Tell whether a file is a note on its folder, or at the top of a repository, and no page of a site."""
    if "/" not in path and is_page(path) and not path.lower().startswith("index."):
        return True
    folders = set(path.lower().split("/")[:-1])
    return _NOTE.search(path) is not None and folders.isdisjoint(_SITES)


def _lost_interface(view: FileView) -> Fact | None:
    """Return what users lose with a file that describes an interface, or with its path."""
    change = view.change
    if extension(change.previous_path or change.path) not in INTERFACES or change.generated:
        return None
    # Trees and schemas take long to load, and nearly no range removes one.
    from diff_insight.facts.interfaces.interface_files import lost_interface  # noqa: PLC0415

    return lost_interface(view)


def is_pointer(view: FileView) -> bool:
    """Tell whether what git compares is a pointer of Git LFS on one side or both, and no content."""
    sides = [view.hunks[0].old_lines, view.hunks[0].new_lines] if view.hunks else []
    return view.change.status in BOTH_SIDES and any(
        lines and lines[0].startswith(_LFS) for lines in sides
    )


def _lfs(view: FileView) -> Iterator[Fact]:
    """Yield that a file of Git LFS was replaced, or that a file went into it or came out of it."""
    if not is_pointer(view):
        return
    hunk = view.hunks[0]
    sizes: dict[str, Value] = {}
    for name, lines in (("old_size", hunk.old_lines), ("new_size", hunk.new_lines)):
        size = next((match[1] for line in lines if (match := _LFS_SIZE.match(line))), "0")
        pointer = bool(lines) and lines[0].startswith(_LFS)
        sizes[name] = int(size) if pointer else sum(len(line.encode()) + 1 for line in lines)
    yield Fact("lfs.changed", sizes)
    view.claim_all()
