"""The documented salience of every kind: consequence before size (docs/salience.md)."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.model.story import Role


class Kind(Struct, frozen=True):
    """Role and base salience (0 to 110) of a kind of item."""

    role: Role
    salience: int


_TABLE: tuple[tuple[Role, int, str], ...] = (
    (Role.DEADLINE, 104, "deadline.earlier"),
    (Role.DEADLINE, 102, "deadline.later deadlines.moved"),
    (Role.DEADLINE, 100, "deadline.moved"),
    (Role.BREAKING, 90, "page.removed page.moved"),
    (Role.CHANGE, 80, "entry.declared entries.declared"),
    (Role.CHANGE, 72, "reference.broken"),
    (Role.CHANGE, 64, "reference.broken-anchor references.broken-anchors"),
    (Role.CHANGE, 62, "page.redirected"),
    (Role.NEW, 60, "page.added"),
    (Role.CHANGE, 58, "permission.widened"),
    (Role.CHANGE, 57, "member.removed member.renamed members.removed"),
    (Role.CHANGE, 56, "runtime.raised member.required members.required"),
    (Role.CHANGE, 54, "member.changed members.changed dependency.unpinned"),
    (Role.NEW, 53, "member.added members.added"),
    (Role.CHANGE, 58, "symbol.removed symbols.removed symbol.renamed symbol.moved symbols.moved"),
    (Role.CHANGE, 57, "symbol.parameter-removed symbols.parameter-removed"),
    (Role.CHANGE, 57, "symbol.parameter-required symbols.parameter-required"),
    (Role.CHANGE, 57, "symbol.parameters-reordered symbol.visibility symbols.visibility"),
    (Role.CHANGE, 56, "symbol.signature symbols.signature"),
    (Role.CHANGE, 55, "symbol.result symbols.result"),
    (Role.CHANGE, 56, "symbol.deprecated symbols.deprecated"),
    (Role.NEW, 54, "symbol.added symbols.added"),
    (Role.NEW, 53, "symbol.parameter-added symbols.parameter-added"),
    (Role.CHANGE, 48, "symbol.value symbols.value"),
    (Role.CHANGE, 44, "symbol.parameter-changed symbols.parameter-changed"),
    (Role.CHANGE, 38, "symbol.changed symbols.changed"),
    (Role.CHANGE, 26, "symbol.moved-here symbols.moved-here"),
    (Role.CHANGE, 23, "symbol.imported symbols.imported"),
    (Role.HOUSEKEEPING, 7, "symbol.imports symbol.comments symbol.documented symbols.documented"),
    (Role.CHANGE, 56, "outline.title"),
    (Role.CHANGE, 58, "version-note.deprecated"),
    (Role.CHANGE, 55, "outline.replaced"),
    (Role.NEW, 52, "outline.sections-added outline.section-added"),
    (Role.CHANGE, 50, "outline.sections-removed outline.section-removed"),
    (Role.CHANGE, 46, "version.moved"),
    (Role.CHANGE, 44, "version-note.added version-note.changed"),
    (Role.CHANGE, 54, "front-matter.status"),
    (Role.CHANGE, 47, "table.column-added table.columns-added"),
    (Role.CHANGE, 47, "table.column-removed table.columns-removed"),
    (Role.NEW, 45, "table.row-added table.rows-added"),
    (Role.CHANGE, 45, "table.row-removed table.rows-removed"),
    (Role.CHANGE, 46, "dependency.moved dependencies.moved"),
    (Role.CHANGE, 44, "dependency.removed dependencies.removed runtime.moved member.optional"),
    (Role.CHANGE, 43, "dependency.added dependencies.added"),
    (Role.CHANGE, 42, "date.moved"),
    (Role.CHANGE, 41, "table.cell table.cells"),
    (Role.CHANGE, 40, "file.type-changed submodule.moved submodule.added submodule.removed"),
    (Role.NEW, 40, "file.added"),
    (Role.CHANGE, 39, "file.removed"),
    (Role.NEW, 36, "fragment.added"),
    (Role.CHANGE, 36, "fragment.removed front-matter.title permission.narrowed dependency.pinned"),
    (Role.CHANGE, 37, "setup.removed setups.removed setup.changed setups.changed"),
    (Role.CHANGE, 36, "setup.added setups.added"),
    (Role.CHANGE, 30, "key.changed keys.changed key.removed keys.removed key.item-removed"),
    (Role.CHANGE, 29, "key.added keys.added key.item-added"),
    (Role.CHANGE, 37, "admonition.added admonition.changed"),
    (Role.CHANGE, 35, "admonition.removed"),
    (Role.CHANGE, 34, "code.functions"),
    (Role.CHANGE, 33, "text.rewritten"),
    (Role.CHANGE, 32, "code.line code-block.line code.added code.removed code.changed"),
    (Role.CHANGE, 31, "code-block.line-added code-block.line-removed"),
    (Role.CHANGE, 31, "code-block.added code-block.changed code-block.removed code-blocks.changed"),
    (Role.CHANGE, 30, "file.renamed file.copied outline.section-renamed outline.sections-renamed"),
    (Role.CHANGE, 29, "symbols.private tests.changed"),
    (Role.CHANGE, 28, "text.replaced"),
    (
        Role.CHANGE,
        27,
        "text.added text.removed text.sentence-added text.sentence-removed text.words-added text.words-removed",
    ),
    (Role.CHANGE, 25, "text.reworded"),
    (Role.CHANGE, 24, "links.removed link.removed"),
    (Role.CHANGE, 22, "links.retargeted link.retargeted"),
    (Role.CHANGE, 21, "links.added link.added"),
    (Role.CHANGE, 20, "file.unreadable file.too-large"),
    (
        Role.CHANGE,
        18,
        "outline.section-moved outline.sections-moved outline.section-level admonition.moved",
    ),
    (Role.CHANGE, 17, "symlink.added symlink.moved symlink.removed"),
    (Role.CHANGE, 18, "keys.reordered"),
    (
        Role.CHANGE,
        16,
        "file.executable file.not-executable text.moved text.words-moved text.more text.lines",
    ),
    (Role.CHANGE, 15, "binary.added binary.changed binary.removed lfs.changed"),
    (Role.CHANGE, 14, "image.removed image.changed image.added"),
    (Role.CHANGE, 12, "pictures.added pictures.removed pictures.retargeted"),
    (Role.CHANGE, 12, "picture.added picture.removed picture.retargeted"),
    (Role.HOUSEKEEPING, 8, "text.markup"),
    (Role.HOUSEKEEPING, 7, "front-matter.keys"),
    (Role.HOUSEKEEPING, 6, "front-matter.key-added front-matter.key-removed"),
    (Role.HOUSEKEEPING, 6, "front-matter.key-changed"),
    (Role.HOUSEKEEPING, 7, "keys.kept"),
    (Role.HOUSEKEEPING, 6, "lock.moved"),
    (Role.HOUSEKEEPING, 5, "file.generated"),
    (Role.HOUSEKEEPING, 4, "cosmetic.whitespace cosmetic.rewrapped cosmetic.line-ends"),
    (Role.HOUSEKEEPING, 3, "cosmetic.final-newline"),
    (Role.HOUSEKEEPING, 2, "front-matter.date"),
)

KINDS: dict[str, Kind] = {
    name: Kind(role, salience) for role, salience, names in _TABLE for name in names.split()
}

#: A major version step is told like a deadline's neighbour, a patch step like an edit.
VERSION_STEPS = {"major": 24, "minor": 0, "patch": -14, "down": 10, "other": 0}
#: What a dependency that nobody installs with a package weighs less.
AROUND = -24
#: What new text weighs more that says that something may be had from now on, or not any more.
AVAILABILITY = 34
#: What words of a commit or pull request that name an item's subject add; never up to breaking.
LIFTED = 25
#: What ten moves and more weigh at least: above new pages, below links left behind.
MANY_MOVES = 66
#: What a match of a `watch` expression adds.
WATCHED = 50
#: What a fact marked breaking weighs at least.
BREAKING = 90
#: What is likely to break weighs less than all that certainly does, and more than news.
LIKELY = 82


_UNKNOWN = Kind(Role.CHANGE, 20)


def kind_of(name: str) -> Kind:
    """Return role and salience of a kind; an unknown kind counts as a plain change."""
    return KINDS.get(name, _UNKNOWN)
