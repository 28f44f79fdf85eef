"""How Ruby, PHP, Swift and C++ declare a name, name the bases of a type, and say that they are published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.file_types import extension
from diff_insight.model.facts import Fact

#: Words between the names of bases.
_NO_NAMES = frozenset(("extends", "implements", "where", "public", "virtual", "self"))
_WORD = re.compile(r"[A-Za-z_]\w*")
#: What every object of Ruby has, and hooks that the language itself calls.
_OF_RUBY = frozenset(
    "initialize inherited included extended prepended method_missing respond_to? respond_to_missing? "
    "to_s inspect hash == eql? === =~ ! != <=> instance_of? is_a? kind_of? nil? object_id send dup clone "
    "freeze frozen? tap then class method methods display itself initialize_copy initialize_dup "
    "initialize_clone const_missing method_added singleton_method_added".split()
)
#: Hooks of PHP that no caller names; each of them has another that takes its place.
_OF_PHP = frozenset(
    "__sleep __wakeup __serialize __unserialize __destruct __set_state __debugInfo".split()
)


class Language(Struct, frozen=True):
    """What is known of a language's words, as regular expressions with NAME where a name stands.

    Attributes:
        suffixes: Ends of the names of its files.
        declares: A line that declares a name, in whatever way.
        types: A declaration of a type, with its name as the first group.
        based: What names the bases of a type, behind its name on the same line or in its body.
        manifests: Files that say that the repository publishes a package.
        inherited: Names that every object has, or that nobody calls by name.
        words_only: A name that stands anywhere may be declared there, as with macros.
    """

    suffixes: tuple[str, ...]
    declares: str
    types: str
    based: str
    manifests: str
    inherited: frozenset[str] = frozenset()
    words_only: bool = False

    def declaration(self, name: str) -> re.Pattern[str]:
        """Return what finds a line that declares a name."""
        return _expression(self.declares, name)

    def bases(self, text: str, name: str) -> set[str]:
        """Return the last names of the bases and mixins that a text gives a type."""
        names: set[str] = set()
        for match in _expression(self.based, name).finditer(text):
            names.update(_names(match[match.lastindex or 0]))
        return names - {name} - _NO_NAMES

    def is_published(self, paths: Iterable[str]) -> bool:
        """Tell whether one of some paths says that the repository publishes a package."""
        manifest = re.compile(self.manifests)
        return any(manifest.search(path) for path in paths)


RUBY = Language(
    suffixes=(".rb",),
    declares=(
        r"\bdef\s+(?:\w+\.)?NAME(?![\w?!=])|\balias\s+:?NAME(?![\w?!])|\balias_method\b\(?\s*:NAME(?![\w?!])|"
        r"\bdefine_(?:singleton_)?method\b.*:NAME(?![\w?!])|\b(?:attr\w*|(?:def_)?delegat\w*|def_\w+|scope|"
        r"cattr\w*|mattr\w*|class_attribute|autoload|module_function|public|store_accessor)\b.*:NAME(?![\w?!])|"
        r"\b(?:class|module)\s+(?:\w+::)*NAME\b|(?:^|[\s;(])NAME\s*=[^=>~]|\bconst_set\b.*NAME\b|"
        r"\bNAME\s*\(?\s*=\s*Struct"
    ),
    types=r"(?m)^\s*(?:class|module)\s+(?:\w+::)*(\w+)",
    based=(
        r"^\s*class\s+(?:\w+::)*NAME\s*<\s*([\w:]+)|"
        r"^\s*(?:include|extend|prepend)\b\(?\s*([\w:, ]+)"
    ),
    manifests=r"\.gemspec$",
    inherited=_OF_RUBY,
)  # fmt: skip
PHP = Language(
    suffixes=(".php",),
    declares=(
        r"\bfunction\s+&?\s*NAME\b|\b(?:class|interface|trait|enum)\s+NAME\b|\bconst\s+(?:\w+\s+)?NAME\b|"
        r"\bcase\s+NAME\b|(?:public|protected|static|var|readonly)\b.*\$NAME\b|\bclass_alias\b.*\bNAME\b|"
        r"@(?:method|property)\b.*\bNAME\b|\bdefine\s*\(\s*['\"]NAME\b"
    ),
    types=r"(?m)^\s*(?:(?:abstract|final|readonly)\s+)*(?:class|interface|trait|enum)\s+(\w+)",
    based=(
        r"\b(?:class|interface|trait|enum)\s+NAME\b[^{]*?\b(?:extends|implements)\s+([^{]+)|"
        r"^\s+use\s+([\w\\, ]+)[;{]"
    ),
    manifests=r"(^|/)composer\.json$",
    inherited=_OF_PHP,
)  # fmt: skip
SWIFT = Language(
    suffixes=(".swift",),
    declares=(
        r"\b(?:func|var|let|typealias|associatedtype|class|struct|enum|protocol|actor|extension|case|macro)\s+"
        r"(?:\w+\.)*`?NAME\b|\bcase\b.*\bNAME\b"
    ),
    types=r"\b(?:class|struct|enum|protocol|actor|extension)\s+(?:\w+\.)*(\w+)",
    based=r"\b(?:class|struct|enum|protocol|actor|extension)\s+(?:\w+\.)*NAME\b[^{:]*:\s*([^{]+)",
    manifests=r"(^|/)Package\.swift$|\.podspec$",
    inherited=frozenset(("init", "deinit", "hash", "encode")),
)  # fmt: skip
CPP = Language(
    suffixes=(".h", ".hh", ".hpp", ".hxx", ".inc", ".ipp", ".tpp", ".cppm", ".ixx", ".def", ".in"),
    declares=r"(?<!\w)NAME(?!\w)",
    types=r"\b(?:class|struct|union|enum)\s+(\w+)",
    based=r"\b(?:class|struct)\s+NAME\b[^{;:]*:\s*([^{;]+)",
    manifests=r"",
    words_only=True,
)
_BY_EXTENSION = {
    "rb": RUBY, "php": PHP, "swift": SWIFT,
    **dict.fromkeys(("h", "hh", "hpp", "hxx"), CPP),
}  # fmt: skip


def language_by_path(path: str) -> Language | None:
    """Return what is known of the language of a file; None where nothing is."""
    return _BY_EXTENSION.get(extension(PurePosixPath(path).name))


def change_of(fact: Fact) -> Fact:
    """Return what is said of a name that one file lost and that stands elsewhere."""
    if "name" not in fact.params:  # it took another name, and the old one is still there
        return replace(fact, breaking=False)
    return Fact("symbol.changed", {"name": fact.params["name"]}, fact.evidence)


def declared_types(text: str, language: Language) -> Iterator[str]:
    """Yield the last names of the types that a text declares."""
    for match in re.finditer(language.types, text):
        yield match[1]


@lru_cache(maxsize=1024)
def _expression(expression: str, name: str) -> re.Pattern[str]:
    return re.compile(expression.replace("NAME", re.escape(name)), re.MULTILINE)


def _names(text: str) -> Iterator[str]:
    """Yield the last part of each name in a list of types, whatever separates parts."""
    for part in re.split(r"[,&\s]+", text.replace("\\", "::")):
        words = _WORD.findall(part.partition("<")[0])
        if words:
            yield words[-1]
