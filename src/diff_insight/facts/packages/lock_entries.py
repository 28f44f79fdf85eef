"""Reads lock files as entries: package, version, and what else stands there of where it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

#: Characters of a lock file that are searched.
LARGEST = 20_000_000
#: Characters of one entry in which a checksum, a place or a commit is looked for.
_LARGEST_ENTRY = 40_000
#: Versions stand behind a slash, and peers behind an underscore, up to format 5 of pnpm.
_PNPM_5 = r"^ {2}'?/((?:@[^/\s']+/)?[^/@\s':]+)/([^_(/\s':]+)[^\n]*:\r?$"
_OLD_PNPM = re.compile(r"^lockfileVersion: '?5", re.MULTILINE)
_TABLES = r'^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"'
#: Name and version of every package, by the name of the file; few ranges need any of them compiled.
_PACKAGES: Mapping[str, str] = {
    **dict.fromkeys(("poetry.lock", "uv.lock", "pdm.lock", "cargo.lock"), _TABLES),
    **dict.fromkeys(
        ("package-lock.json", "npm-shrinkwrap.json"),
        r'^ +"([^"\n]*)": \{\r?\n(?: +"name": "(?P<real>[^"\n]+)",\r?\n)? +"version": "(?P<version>[^"\n]+)"',
    ),
    "pipfile.lock": r'^ +"([^"\n]+)": \{(?:\r?\n +(?!"version")[^\n{}]*)*\r?\n +"version": "==([^"\n]+)"',
    "composer.lock": r'^ +"name": "([^"\n]+)",\r?\n +"version": "([^"\n]+)"',
    "yarn.lock": r'^"?(?:@?[^@\s"]+@npm:(?=@?[a-z][^@\s",]*@))?(@?[^@\s"]+)@[^\n]*:\r?\n {2}version:? "?([^"\s]+)',
    "pylock.toml": _TABLES.replace("package", "packages"),
    "bun.lock": r'^ +"[^"\n]+": \["(@?[^@"\n]+)@([^"\n]+)"',
    ".terraform.lock.hcl": r'^provider "(?:registry\.[a-z]+\.[a-z]+/)?([^"\n]+)" \{\r?\n +version += "([^"\n]+)"',
    "package.resolved": r'"(?:identity|package)"\s*:\s*"([^"\n]+)"[^{}]*"state"\s*:\s*\{(?P<state>[^{}]*)\}',
    "podfile.lock": r'^ {2}- "?([\w/+.-]+) \(([^)\n]+)\)',
    "pubspec.lock": r'^ {2}(\w+):\r?\n(?: {4}[^\n]*\n)*? {4}version: "([^"\n]+)"',
    "mix.lock": r'^ +"(\w+)": \{:(?:hex|git), (?::\w+, )?"([^"\n]+)"',
    "gradle.lockfile": r"^([\w.-]+:[\w.-]+):([\w.+-]+)=",
    "packages.lock.json": r'^ +"([^"\n]+)": \{\r?\n +"type": "[^"\n]+",(?:\r?\n +"requested": "[^"\n]+",)?\r?\n +"resolved": "([^"\n]+)"',
    "pnpm-lock.yaml": r"^ {2}'?/?(@?[^@\s'(]+)@([^\s'(]+?)'?(?:\([^\n]*)?:\r?$",
    "gemfile.lock": r"^ {4}([\w.-]+) \(([^)\n-]+)(?:-[^)\n]*)?\)\r?$",
    "go.sum": r"^(\S+) (v[^\s/]+) h1:",
    "flake.lock": r'^ {4}"([^"\n]+)": \{\r?\n(?: {6,}(?!"locked")[^\n]*\n)*? {6}"locked": \{\r?\n(?: {8}(?!"rev")[^\n]*\n)*? {8}"rev": "([0-9a-f]{7})',
    "deno.lock": r'^ {4}"(@?[^@"\n]+)@([^"_\n]+)[^"\n]*": \{',
    "chart.lock": r"^- name: (\S+)\r?\n {2}repository: [^\n]*\n {2}version: (\S+)",
    "conda-lock.yml": r"^ *- name: (\S+)\r?\n +version: '?([^'\s]+)",
}
#: Files whose entries are one line each.
_ONE_LINE = frozenset(("go.sum", "bun.lock", "gradle.lockfile", "mix.lock"))
#: Where some of Bundler's packages come from stands above them.
_SOURCES = re.compile(r"^[A-Z][A-Z ]*\r?\n(?: {2}(?!specs:)[^\n]*\n)*", re.MULTILINE)
_STATE = re.compile(r'"(version|branch|revision)"\s*:\s*"([^"\n]+)"')
#: A checksum, behind what tells of which sort it is.
_CHECKSUM = re.compile(
    r"(\bsha\d{1,3}[-:]|\b[hz][1h]:|\bchecksum[:=\" ]{1,4}(?:\w{1,8}/)?|\bcontentHash\": \"|\.tgz#)"
    r"([A-Za-z0-9+/=]{20,128})"
)
_HOST = re.compile(
    r"\b(?:resolved|registry|source|remote|tarball|location|repositoryURL|git|url(?= =))"
    r"[\"']?\s{0,3}[:=]?\s{0,3}[\"']?(?:git\+)?(?:https?|ssh)://(?:[^/\s\"'@]{0,80}@)?([^/\s\"']{1,200})"
)
_COMMIT = re.compile(
    r"(?:(?<!\.tgz)#|\b(?:revision|rev|resolved_reference|reference)\b[\"':= ]{1,6})([0-9a-f]{40})\b"
)


class LockEntry(Struct, frozen=True):
    """A package in one version, with all the lines of its entries.

    Attributes:
        own: Whether it is of the repository itself.
        text: What stands in the file about it.
    """

    name: str
    version: str
    own: bool
    text: str

    @property
    def commits(self) -> frozenset[str]:
        """The commits that it is taken from."""
        return frozenset(_COMMIT.findall(self.text[:_LARGEST_ENTRY]))

    @property
    def hosts(self) -> frozenset[str]:
        """The servers that it is taken from."""
        return frozenset(_HOST.findall(self.text[:_LARGEST_ENTRY]))

    def checksums(self) -> dict[str, set[str]]:
        """Return its checksums by their sort."""
        checksums = defaultdict[str, set[str]](set)
        for sort, checksum in _CHECKSUM.findall(self.text[:_LARGEST_ENTRY]):
            checksums[sort].add(checksum)
        return checksums


def is_known(path: str) -> bool:
    """Tell whether the format of a lock file is read."""
    return _format_of(path) in _PACKAGES


def lock_entries(path: str, text: str) -> dict[tuple[str, str], LockEntry]:
    """Return the packages of a lock file in their versions; nothing where its format is not known."""
    form = _format_of(path)
    pattern = _PACKAGES.get(form)
    if pattern is None or len(text) > LARGEST:
        return {}
    if form == "pnpm-lock.yaml" and _OLD_PNPM.search(text):
        pattern = _PNPM_5
    by_version = defaultdict[tuple[str, str], list[LockEntry]](list)
    for entry in _entries(form, pattern, text):
        by_version[entry.name, entry.version].append(entry)
    return {
        key: LockEntry(*key, same[0].own, "".join(each.text for each in same))
        for key, same in by_version.items()
    }


def _entries(form: str, pattern: str, text: str) -> Iterator[LockEntry]:
    matches = list(re.finditer(pattern, text, re.MULTILINE))
    sources = list(_SOURCES.finditer(text)) if form == "gemfile.lock" else []
    starts = [source.start() for source in sources]
    for number, match in enumerate(matches):
        after = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        if form in _ONE_LINE:
            after = min(after, text.find("\n", match.end()) % (len(text) + 1))
        above = bisect_right(starts, match.start()) - 1
        source = sources[above][0] if above >= 0 else ""
        name, own = _name(form, match)
        if name:
            yield LockEntry(name, _version(match), own, source + text[match.start() : after])


def _version(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if "state" in groups:
        state = dict(_STATE.findall(groups["state"]))
        return str(state.get("version") or state.get("branch") or state.get("revision", "")[:7])
    return str(groups.get("version") or match[2])


def _name(form: str, match: re.Match[str]) -> tuple[str, bool]:
    """Return the name of a package and whether it is the repository's own.

    npm keeps packages by the folder that they are in: one below another, or under another name. What
    is in no such folder is a part of the repository. Yarn lists its folders as packages of no version.
    """
    if form == "yarn.lock" and "@workspace:" in match[0]:
        return "", True
    if form not in {"package-lock.json", "npm-shrinkwrap.json"}:
        return match[1], False
    _, installed, name = match[1].rpartition("node_modules/")
    own = not installed and (not name or ("/" in name and not name.startswith("@")))
    return match["real"] or (name.rpartition("/")[2] if own else name), own


def _format_of(path: str) -> str:
    """Return the name of a lock file; those of PEP 751 may have a name of their own in it."""
    name = path.rpartition("/")[2].lower()
    return "pylock.toml" if name.startswith("pylock.") and name.endswith(".toml") else name
