"""Refactorings that change nothing for callers, in ten languages: pairs of versions of a small program.

Every program has a type with a method that grows and one that shrinks, a function that makes one, and a private
helper; tests give them other names.
"""

from __future__ import annotations

Files = dict[str, str]


def indented(text: str) -> str:
    """Return a text one level deeper."""
    lines = text.rstrip().split("\n")
    return "".join(f"    {line}\n" if line else "\n" for line in lines)


def swap(text: str, *pairs: tuple[str, str]) -> str:
    """Return a text with parts of it replaced, each of which it has."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


PY = {"pyproject.toml": '[build-system]\nrequires=["x"]\n[project]\nname="pkg"\nversion="1"\n'}
A = 'class Box:\n    """A box."""\n\n    size = 1\n\n    def __init__(self, size: int = 1) -> None:\n        self.size = size\n\n    def grow(self, by: int) -> int:\n        """Grow."""\n        return self.size + by\n\n    def shrink(self, by: int) -> int:\n        return self.size - by\n\n\ndef make(size: int) -> Box:\n    return Box(_clean(size))\n\n\ndef _clean(size):\n    return abs(size)\n'
INIT = "from .core import Box, make\n\n__all__ = ['Box', 'make']\n"
GO = "module example.org/box\n\ngo 1.22\n"
PJ = '{"name": "box", "version": "1.0.0", "main": "index.js", "types": "index.d.ts", "exports": {".": "./src/index.ts"}}\n'
TS = "export class Box {\n  size = 1;\n  grow(by: number): number {\n    return this.size + by;\n  }\n  shrink(by: number): number {\n    return this.size - by;\n  }\n}\n\nexport function make(size: number): Box {\n  return clean(size);\n}\n\nfunction clean(size: number): Box {\n  return new Box();\n}\n\nexport type Size = number;\n\nexport interface Opts {\n  size: number;\n  name?: string;\n}\n"
CARGO = '[package]\nname = "boxes"\nversion = "1.0.0"\nedition = "2021"\n'
RS = "pub struct Crate {\n    pub size: u32,\n}\n\nimpl Crate {\n    pub fn grow(&self, by: u32) -> u32 {\n        self.size + by\n    }\n    pub fn shrink(&self, by: u32) -> u32 {\n        self.size - by\n    }\n}\n\npub fn make(size: u32) -> Crate {\n    Crate { size: clean(size) }\n}\n\nfn clean(size: u32) -> u32 {\n    size\n}\n\npub type Size = u32;\n"
POM = "<project><groupId>g</groupId><artifactId>a</artifactId><version>1</version></project>\n"
J = "package g;\n\npublic class Box {\n    private int size;\n\n    public int grow(int by) {\n        return size + by;\n    }\n\n    public int shrink(int by) {\n        return size - clean(by);\n    }\n\n    private int clean(int by) {\n        return by;\n    }\n}\n"
CS = "namespace G;\n\npublic class Box\n{\n    private int size;\n\n    public int Grow(int by) => size + by;\n\n    public int Shrink(int by) => size - Clean(by);\n\n    private int Clean(int by) => by;\n}\n"
CSP = '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>G</PackageId><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n'
GOSRC = "package box\n\n// Box is a box.\ntype Box struct {\n\tSize int\n}\n\n// Grow grows.\nfunc (b Box) Grow(by int) int {\n\treturn b.Size + by\n}\n\n// Make makes.\nfunc Make(size int) Box {\n\treturn Box{Size: clean(size)}\n}\n\nfunc clean(size int) int {\n\treturn size\n}\n\n// Size is a size.\ntype Size = int\n\nconst Limit = 3\n"
H = "#ifndef BOX_H\n#define BOX_H\n\nnamespace box {\n\nclass Box {\n public:\n  int grow(int by) const;\n  int shrink(int by) const;\n\n private:\n  int size_;\n};\n\nBox make(int size);\n\n}  // namespace box\n#endif\n"
PHP = "<?php\nnamespace G;\n\nclass Box\n{\n    public function grow(int $by): int\n    {\n        return 1 + $by;\n    }\n\n    public function shrink(int $by): int\n    {\n        return 1 - $this->clean($by);\n    }\n\n    private function clean(int $by): int\n    {\n        return $by;\n    }\n}\n"
COMP = '{"name": "a/b", "type": "library"}\n'
RB = "module G\n  class Box\n    def grow(by)\n      1 + by\n    end\n\n    def shrink(by)\n      1 - clean(by)\n    end\n\n    private\n\n    def clean(by)\n      by\n    end\n  end\nend\n"
GEM = {"g.gemspec": "Gem::Specification.new\n"}
SW = "public struct Box {\n    public var size: Int\n\n    public func grow(by: Int) -> Int {\n        return size + by\n    }\n\n    func clean(by: Int) -> Int {\n        return by\n    }\n}\n\npublic func make(size: Int) -> Box {\n    return Box(size: size)\n}\n"
SP = {"Package.swift": "// swift-tools-version:5.9\n"}
CASES: dict[str, tuple[Files, Files]] = {}


def case(name: str, old: Files, new: Files) -> None:
    """Add a refactoring by the name that a test shows."""
    CASES[name] = (old, new)


def python(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {**PY, "src/pkg/__init__.py": INIT, "src/pkg/core.py": text, **more}


case(
    "py base class same file",
    python(A),
    python(
        swap(
            A,
            (
                "class Box:\n",
                'class Base:\n    def grow(self, by: int) -> int:\n        """Grow."""\n        return self.size + by\n\n\nclass Box(Base):\n',
            ),
            (
                '    def grow(self, by: int) -> int:\n        """Grow."""\n        return self.size + by\n\n    def shrink',
                "    def shrink",
            ),
        )
    ),
)
case(
    "py base class other file",
    python(A),
    python(
        "from .base import Base\n\n"
        + swap(
            A,
            ("class Box:", "class Box(Base):"),
            (
                '    def grow(self, by: int) -> int:\n        """Grow."""\n        return self.size + by\n\n',
                "",
            ),
        ),
        **{
            "src/pkg/base.py": "class Base:\n    size = 1\n\n    def grow(self, by: int) -> int:\n        return self.size + by\n"
        },
    ),
)
case(
    "py mixin generic",
    python(A),
    python(
        "from typing import Generic, TypeVar\n\nT = TypeVar('T')\n\n\nclass GrowMixin(Generic[T]):\n    def grow(self, by: int) -> int:\n        return self.size + by\n\n\n"
        + swap(
            A,
            ("class Box:", "class Box(GrowMixin[int]):"),
            (
                '    def grow(self, by: int) -> int:\n        """Grow."""\n        return self.size + by\n\n',
                "",
            ),
        )
    ),
)
i = A.index("def make")
case(
    "py split module",
    python(A),
    {
        **PY,
        "src/pkg/__init__.py": "from .box import Box\nfrom .make import make\n\n__all__ = ['Box', 'make']\n",
        "src/pkg/box.py": A[:i],
        "src/pkg/make.py": "from .box import Box\n\n\n" + A[i:],
        "src/pkg/core.py": "from .box import Box\nfrom .make import make\n\n__all__ = ['Box', 'make']\n",
    },
)
case(
    "py star",
    python(A),
    {
        **PY,
        "src/pkg/__init__.py": "from .core import *\n",
        "src/pkg/core.py": "__all__ = ['Box', 'make']\n\n" + A,
    },
)
case(
    "py to package",
    python(A),
    {
        **PY,
        "src/pkg/__init__.py": INIT,
        "src/pkg/core/__init__.py": "from ._box import Box, make\n\n__all__ = ['Box', 'make']\n",
        "src/pkg/core/_box.py": A,
    },
)
case(
    "py rename private param",
    python(A),
    python(
        swap(
            A,
            (
                "def _clean(size):\n    return abs(size)",
                "def _clean(value):\n    return abs(value)",
            ),
        )
    ),
)
case("py reorder", python(A), python(A[i:] + "\n\n" + A[:i]))
case(
    "py conditional",
    python(A),
    python(
        "import sys\n\nif sys.version_info >= (3, 10):\n"
        + indented(A[:i])
        + "else:\n"
        + indented(A[:i])
        + "\n\n"
        + A[i:]
    ),
)
case(
    "py try",
    python(A),
    python(
        "try:\n    from ._fast import make\nexcept ImportError:\n"
        + indented(A[i:])
        + "\n\n"
        + A[:i],
        **{"src/pkg/_fast.py": "def make(size: int):\n    return size\n"},
    ),
)
case(
    "py decorator",
    python(A),
    python(
        "import functools\n\n" + swap(A, ("def make(size", "@functools.lru_cache\ndef make(size"))
    ),
)
case(
    "py alias assign",
    python(A),
    python(
        swap(A, ("def make(size: int) -> Box:", "def _make(size: int) -> Box:"))
        + "\n\nmake = _make\n"
    ),
)
case(
    "py getattr",
    python(A),
    {
        **PY,
        "src/pkg/__init__.py": "__all__ = ['Box', 'make']\n\n\ndef __getattr__(name):\n    from . import core\n    return getattr(core, name)\n",
        "src/pkg/core.py": A,
    },
)
case(
    "py dataclass",
    python(A),
    python(
        "from dataclasses import dataclass\n\n\n"
        + swap(
            A,
            ("class Box:", "@dataclass\nclass Box:"),
            (
                "    size = 1\n\n    def __init__(self, size: int = 1) -> None:\n        self.size = size\n",
                "    size: int = 1\n",
            ),
        )
    ),
)
case(
    "py property",
    python(A),
    python(
        swap(
            A,
            (
                "    size = 1\n\n    def __init__(self, size: int = 1) -> None:\n        self.size = size\n",
                "    def __init__(self, size: int = 1) -> None:\n        self._size = size\n\n    @property\n    def size(self) -> int:\n        return self._size\n",
            ),
        )
    ),
)
case(
    "py annotations future",
    python(A),
    python(
        "from __future__ import annotations\n\nfrom typing import Optional\n\n"
        + swap(A, ('by: int) -> int:\n        """', "by: 'int') -> 'int':\n        \"\"\""))
    ),
)
case(
    "py optional typing",
    python(
        "from typing import Optional, List\n\n\ndef f(a: Optional[int] = None) -> List[int]:\n    return []\n",
        **{"src/pkg/__init__.py": "from .core import f\n"},
    ),
    python(
        "def f(a: int | None = None) -> list[int]:\n    return []\n",
        **{"src/pkg/__init__.py": "from .core import f\n"},
    ),
)
case(
    "py type checking",
    python(A),
    {
        **PY,
        "src/pkg/__init__.py": "from typing import TYPE_CHECKING\n\nimport lazy_loader\n\nif TYPE_CHECKING:\n    from .core import Box, make\n__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={'core': ['Box', 'make']})\n",
        "src/pkg/core.py": A,
    },
)
case(
    "py overload",
    python(A),
    python(
        "from typing import overload\n\n"
        + swap(
            A,
            (
                "def make(size: int) -> Box:\n",
                "@overload\ndef make(size: int) -> Box: ...\n@overload\ndef make(size: str) -> Box: ...\ndef make(size):\n",
            ),
        )
    ),
)


def script(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {
        "package.json": PJ,
        "src/index.ts": "export * from './box';\n",
        "src/box.ts": text,
        **more,
    }


case(
    "ts base class",
    script(TS),
    script(
        swap(
            TS,
            (
                "export class Box {\n  size = 1;\n  grow(by: number): number {\n    return this.size + by;\n  }\n",
                "class Base {\n  size = 1;\n  grow(by: number): number {\n    return this.size + by;\n  }\n}\n\nexport class Box extends Base {\n",
            ),
        )
    ),
)
case(
    "ts base other file",
    script(TS),
    script(
        "import { Base } from './base';\n"
        + swap(
            TS,
            (
                "export class Box {\n  size = 1;\n  grow(by: number): number {\n    return this.size + by;\n  }\n",
                "export class Box extends Base {\n",
            ),
        ),
        **{
            "src/base.ts": "export abstract class Base {\n  size = 1;\n  grow(by: number): number {\n    return this.size + by;\n  }\n}\n"
        },
    ),
)
case(
    "ts interface extends",
    script(TS),
    script(
        swap(
            TS,
            (
                "export interface Opts {\n  size: number;\n  name?: string;\n}",
                "interface Named {\n  name?: string;\n}\n\nexport interface Opts extends Named {\n  size: number;\n}",
            ),
        )
    ),
)
case(
    "ts type intersection",
    script(TS),
    script(
        swap(
            TS,
            (
                "export interface Opts {\n  size: number;\n  name?: string;\n}",
                "export type Opts = { size: number } & { name?: string };",
            ),
        )
    ),
)
case(
    "ts interface to type",
    script(TS),
    script(
        swap(
            TS,
            (
                "export interface Opts {\n  size: number;\n  name?: string;\n}",
                "export type Opts = {\n  size: number;\n  name?: string;\n};",
            ),
        )
    ),
)
k = TS.index("export function make")
case(
    "ts split",
    script(TS),
    {
        "package.json": PJ,
        "src/index.ts": "export { Box } from './box';\nexport { make } from './make';\nexport type { Size, Opts } from './make';\n",
        "src/box.ts": TS[:k],
        "src/make.ts": "import { Box } from './box';\n" + TS[k:],
    },
)
case(
    "ts named export list",
    script(TS),
    script(
        swap(TS, ("export class Box", "class Box"), ("export function make", "function make"))
        + "\nexport { Box, make };\n"
    ),
)
case(
    "ts arrow",
    script(TS),
    script(
        swap(
            TS,
            (
                "export function make(size: number): Box {\n  return clean(size);\n}",
                "export const make = (size: number): Box => clean(size);",
            ),
        )
    ),
)
case("ts reorder", script(TS), script(TS[k:] + TS[:k]))
case("ts inline alias", script(swap(TS, ("make(size: number)", "make(size: Size)"))), script(TS))
case(
    "ts default reexport",
    script(
        TS,
        **{"src/index.ts": "export { default } from './box';\nexport * from './box';\n"}
        | {"src/box.ts": TS + "\nexport default Box;\n"},
    ),
    script(
        TS,
        **{
            "src/index.ts": "import Box from './box';\nexport default Box;\nexport * from './box';\n"
        }
        | {"src/box.ts": TS + "\nexport default Box;\n"},
    ),
)
case(
    "ts generic default",
    script(TS),
    script(swap(TS, ("export interface Opts {", "export interface Opts<T = string> {"))),
)
case(
    "ts optional param",
    script(TS),
    script(swap(TS, ("make(size: number)", "make(size: number, deep?: boolean)"))),
)
case(
    "ts js to ts",
    {
        "package.json": '{"name": "box", "version": "1.0.0", "main": "index.js"}\n',
        "index.js": "exports.make = function make(size) { return size; };\nexports.grow = (a, b) => a + b;\n",
    },
    {
        "package.json": '{"name": "box", "version": "1.0.0", "main": "index.js"}\n',
        "index.js": "function make(size) { return size; }\nconst grow = (a, b) => a + b;\nmodule.exports = { make, grow };\n",
    },
)
case(
    "js to index dir",
    {
        "package.json": '{"name": "box", "version": "1.0.0", "main": "index.js"}\n',
        "index.js": "module.exports = { make: require('./make') };\n",
        "make.js": "module.exports = function make(a) { return a; };\n",
    },
    {
        "package.json": '{"name": "box", "version": "1.0.0", "main": "lib/index.js"}\n',
        "lib/index.js": "module.exports = { make: require('./make') };\n",
        "lib/make.js": "module.exports = function make(a) { return a; };\n",
    },
)


def golang(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"go.mod": GO, "box.go": text, **more}


case(
    "go embed",
    golang(GOSRC),
    golang(
        swap(
            GOSRC,
            (
                "type Box struct {\n\tSize int\n}",
                "type sized struct {\n\tSize int\n}\n\n// Box is a box.\ntype Box struct {\n\tsized\n}",
            ),
            ("func (b Box) Grow", "func (b sized) Grow"),
            ("Box{Size: clean(size)}", "Box{sized{clean(size)}}"),
        )
    ),
)
m = GOSRC.index("// Make makes")
case(
    "go split file", golang(GOSRC), golang(GOSRC[:m], **{"make.go": "package box\n\n" + GOSRC[m:]})
)
case(
    "go rename params",
    golang(GOSRC),
    golang(
        swap(
            GOSRC,
            (
                "func Make(size int) Box {\n\treturn Box{Size: clean(size)}",
                "func Make(n int) Box {\n\treturn Box{Size: clean(n)}",
            ),
            ("func clean(size int) int {\n\treturn size", "func clean(v int) int {\n\treturn v"),
        )
    ),
)
case("go reorder", golang(GOSRC), golang("package box\n\n" + GOSRC[m:] + "\n" + GOSRC[13:m]))
case(
    "go build tags",
    golang(GOSRC),
    {
        "go.mod": GO,
        "box.go": GOSRC[:m],
        "make_unix.go": "//go:build unix\n\npackage box\n\n" + GOSRC[m:],
        "make_other.go": "//go:build !unix\n\npackage box\n\n" + GOSRC[m:],
    },
)
case(
    "go alias to internal",
    golang(GOSRC),
    {
        "go.mod": GO,
        "box.go": 'package box\n\nimport "example.org/box/internal/impl"\n\n// Box is a box.\ntype Box = impl.Box\n\n// Make makes.\nfunc Make(size int) Box { return impl.Make(size) }\n\n// Size is a size.\ntype Size = int\n\nconst Limit = 3\n',
        "internal/impl/impl.go": GOSRC.replace("package box", "package impl"),
    },
)
case(
    "go interface embed",
    golang("package box\n\ntype RW interface {\n\tRead() int\n\tWrite(int)\n}\n"),
    golang(
        "package box\n\ntype R interface {\n\tRead() int\n}\n\ntype RW interface {\n\tR\n\tWrite(int)\n}\n"
    ),
)
case(
    "go any",
    golang("package box\n\nfunc F(a interface{}) interface{} { return a }\n"),
    golang("package box\n\nfunc F(a any) any { return a }\n"),
)
case(
    "go const group",
    golang(GOSRC),
    golang(swap(GOSRC, ("const Limit = 3", "const (\n\tLimit = 3\n\tOther = 4\n)"))),
)
case(
    "go named results",
    golang("package box\n\nfunc F(a, b int) (int, error) { return 0, nil }\n"),
    golang("package box\n\nfunc F(a int, b int) (n int, err error) { return 0, nil }\n"),
)


def rust(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"Cargo.toml": CARGO, "src/lib.rs": text, **more}


case(
    "rs module reexport",
    rust(RS),
    rust("mod inner;\npub use inner::{make, Crate, Size};\n", **{"src/inner.rs": RS}),
)
case("rs glob", rust(RS), rust("mod inner;\npub use inner::*;\n", **{"src/inner/mod.rs": RS}))
n = RS.index("impl Crate")
case(
    "rs split impl",
    rust(RS),
    rust(swap(RS, ("    pub fn shrink", "}\n\nimpl Crate {\n    pub fn shrink"))),
)
case(
    "rs impl other file",
    rust(RS),
    rust(
        "mod grow;\n" + RS[:n] + RS[RS.index("pub fn make") :],
        **{"src/grow.rs": "use crate::Crate;\n\n" + RS[n : RS.index("pub fn make")]},
    ),
)
case(
    "rs macro",
    rust(RS),
    rust("macro_rules! decl {\n    ($($t:tt)*) => { $($t)* };\n}\n\ndecl! {\n" + RS + "}\n"),
)
case(
    "rs cfg",
    rust(RS),
    rust(
        swap(
            RS,
            (
                "pub fn make(size: u32) -> Crate {\n    Crate { size: clean(size) }\n}",
                "#[cfg(unix)]\npub fn make(size: u32) -> Crate {\n    Crate { size: clean(size) }\n}\n\n#[cfg(not(unix))]\npub fn make(size: u32) -> Crate {\n    Crate { size: clean(size) }\n}",
            ),
        )
    ),
)
case(
    "rs rename params",
    rust(RS),
    rust(
        swap(
            RS,
            (
                "pub fn make(size: u32) -> Crate {\n    Crate { size: clean(size) }",
                "pub fn make(n: u32) -> Crate {\n    Crate { size: clean(n) }",
            ),
        )
    ),
)
case("rs inline alias", rust(swap(RS, ("make(size: u32)", "make(size: Size)"))), rust(RS))
case("rs reorder", rust(RS), rust(RS[n:] + RS[:n]))
case(
    "rs where",
    rust("pub fn f<T: Clone>(a: T) -> T {\n    a\n}\n"),
    rust("pub fn f<T>(a: T) -> T\nwhere\n    T: Clone,\n{\n    a\n}\n"),
)
case(
    "rs self",
    rust(
        "pub struct A;\nimpl A {\n    pub fn new() -> A { A }\n    pub fn get(self: &Self) -> u8 { 1 }\n}\n"
    ),
    rust(
        "pub struct A;\nimpl A {\n    pub fn new() -> Self { Self }\n    pub fn get(&self) -> u8 { 1 }\n}\n"
    ),
)
case(
    "rs derive to impl",
    rust("#[derive(Clone)]\npub struct A(u8);\n"),
    rust("pub struct A(u8);\nimpl Clone for A {\n    fn clone(&self) -> Self { A(self.0) }\n}\n"),
)
case(
    "rs use renamed",
    rust("pub mod a {\n    pub struct X;\n}\n"),
    rust("mod b {\n    pub struct Y;\n}\npub mod a {\n    pub use crate::b::Y as X;\n}\n"),
)
case(
    "rs lifetime names",
    rust("pub fn f<'a>(x: &'a str) -> &'a str { x }\n"),
    rust("pub fn f<'b>(x: &'b str) -> &'b str { x }\n"),
)
case(
    "rs lifetime elided",
    rust("pub fn f<'a>(x: &'a str) -> &'a str { x }\n"),
    rust("pub fn f(x: &str) -> &str { x }\n"),
)
case(
    "rs path qualified",
    rust("use std::collections::HashMap;\npub fn f() -> HashMap<u8, u8> { HashMap::new() }\n"),
    rust("pub fn f() -> std::collections::HashMap<u8, u8> { Default::default() }\n"),
)


def java(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"pom.xml": POM, "src/main/java/g/Box.java": text, **more}


case(
    "java base",
    java(J),
    java(
        swap(
            J,
            ("public class Box {", "public class Box extends Base {"),
            ("    public int grow(int by) {\n        return size + by;\n    }\n\n", ""),
        ),
        **{
            "src/main/java/g/Base.java": "package g;\n\nclass Base {\n    int size;\n\n    public int grow(int by) {\n        return size + by;\n    }\n}\n"
        },
    ),
)
case(
    "java default method",
    java(J),
    java(
        swap(
            J,
            ("public class Box {", "public class Box implements Grows {"),
            ("    public int grow(int by) {\n        return size + by;\n    }\n\n", ""),
        ),
        **{
            "src/main/java/g/Grows.java": "package g;\n\npublic interface Grows {\n    default int grow(int by) {\n        return by;\n    }\n}\n"
        },
    ),
)
case(
    "java rename params",
    java(J),
    java(
        swap(
            J,
            (
                "grow(int by) {\n        return size + by",
                "grow(final int amount) {\n        return size + amount",
            ),
        )
    ),
)
case(
    "java reorder",
    java(J),
    java(
        J.replace(
            "    public int grow(int by) {\n        return size + by;\n    }\n\n", ""
        ).replace(
            "    private int clean",
            "    public int grow(int by) {\n        return size + by;\n    }\n\n    private int clean",
        )
    ),
)
case(
    "java imports",
    java(
        "package g;\n\nimport java.util.List;\n\npublic class Box {\n    public List<String> all() { return null; }\n}\n"
    ),
    java(
        "package g;\n\npublic class Box {\n    public java.util.List<java.lang.String> all() { return null; }\n}\n"
    ),
)
case(
    "java interface up",
    java("package g;\n\npublic interface Box {\n    int a();\n    int b();\n}\n"),
    java(
        "package g;\n\npublic interface Box extends Top {\n    int a();\n}\n",
        **{"src/main/java/g/Top.java": "package g;\n\npublic interface Top {\n    int b();\n}\n"},
    ),
)
case(
    "java varargs inner",
    java(
        "package g;\n\npublic class Box {\n    public void f(Object[] a) {}\n    private static class I { public int x; }\n}\n"
    ),
    java(
        "package g;\n\npublic class Box {\n    public void f(Object... a) {}\n    private static class I { }\n}\n"
    ),
)


def csharp(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"G.csproj": CSP, "Box.cs": text, **more}


case(
    "cs base",
    csharp(CS),
    csharp(
        swap(
            CS,
            ("public class Box\n", "public class Box : Base\n"),
            ("    public int Grow(int by) => size + by;\n\n", ""),
        ),
        **{
            "Base.cs": "namespace G;\n\npublic abstract class Base\n{\n    public int Grow(int by) => by;\n}\n"
        },
    ),
)
case(
    "cs partial",
    csharp(CS),
    csharp(
        swap(
            CS,
            ("public class Box", "public partial class Box"),
            ("    public int Grow(int by) => size + by;\n\n", ""),
        ),
        **{
            "Box.Grow.cs": "namespace G;\n\npublic partial class Box\n{\n    public int Grow(int by) => size + by;\n}\n"
        },
    ),
)
case(
    "cs block body",
    csharp(CS),
    csharp(
        swap(
            CS,
            (
                "public int Grow(int by) => size + by;",
                "public int Grow(int by)\n    {\n        return size + by;\n    }",
            ),
        )
    ),
)
case(
    "cs namespace block",
    csharp(CS),
    csharp("namespace G\n{\n" + CS.replace("namespace G;\n\n", "") + "}\n"),
)
case(
    "cs reorder",
    csharp(CS),
    csharp(
        CS.replace("    public int Grow(int by) => size + by;\n\n", "").replace(
            "    private int Clean",
            "    public int Grow(int by) => size + by;\n\n    private int Clean",
        )
    ),
)
case(
    "cs override away",
    csharp(
        CS.replace(
            "    private int Clean",
            '    public override string ToString() => "";\n\n    private int Clean',
        )
    ),
    csharp(CS),
)
case(
    "cs conditional",
    csharp(CS),
    csharp(
        swap(
            CS,
            (
                "    public int Grow(int by) => size + by;",
                "#if NET8_0_OR_GREATER\n    public int Grow(int by) => size + by;\n#else\n    public int Grow(int by) => size + by + 0;\n#endif",
            ),
        )
    ),
)
case(
    "cs prop",
    csharp("namespace G;\npublic class A\n{\n    public int X { get; set; }\n}\n"),
    csharp(
        "namespace G;\npublic class A\n{\n    private int x;\n    public int X\n    {\n        get => x;\n        set => x = value;\n    }\n}\n"
    ),
)
case(
    "cs aliases",
    csharp(
        'namespace G;\npublic class A\n{\n    public System.String F(System.Int32 a) => "";\n}\n'
    ),
    csharp('namespace G;\npublic class A\n{\n    public string F(int a) => "";\n}\n'),
)


def header(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"include/box.h": text, **more}


case(
    "h base",
    header(H),
    header(
        swap(
            H,
            (
                "class Box {\n public:\n  int grow(int by) const;\n",
                "class Base {\n public:\n  int grow(int by) const;\n};\n\nclass Box : public Base {\n public:\n",
            ),
        )
    ),
)
case(
    "h moved header",
    header(H),
    header(
        swap(H, ("Box make(int size);\n", "")),
        **{"include/make.h": '#include "box.h"\nnamespace box {\nBox make(int size);\n}\n'},
    ),
)
case(
    "h macro wrap",
    header(H),
    header(
        swap(
            H,
            ("Box make(int size);", "BOX_API Box make(int size);"),
            ("namespace box {\n", "BOX_BEGIN\nnamespace box {\n"),
        )
    ),
)
case(
    "h inline namespace",
    header(H),
    header(
        swap(
            H,
            ("namespace box {\n", "namespace box {\ninline namespace v1 {\n"),
            ("}  // namespace box", "}  // namespace v1\n}  // namespace box"),
        )
    ),
)
case(
    "h param names",
    header(H),
    header(swap(H, ("make(int size)", "make(int)"), ("grow(int by)", "grow(int amount)"))),
)
case(
    "h reorder",
    header(H),
    header(
        swap(
            H,
            (
                "  int grow(int by) const;\n  int shrink(int by) const;",
                "  int shrink(int by) const;\n  int grow(int by) const;",
            ),
        )
    ),
)
case(
    "h extern c",
    header("int a(int x);\nint b(int x);\n"),
    header(
        '#ifdef __cplusplus\nextern "C" {\n#endif\nint a(int x);\nint b(int x);\n#ifdef __cplusplus\n}\n#endif\n'
    ),
)
case(
    "h if",
    header("int a(int x);\nint b(int x);\n"),
    header("int a(int x);\n#ifdef FOO\nint b(int x);\n#else\nint b(int x);\n#endif\n"),
)
case(
    "h typedef struct",
    header("struct A { int x; };\ntypedef struct A A;\n"),
    header("typedef struct A { int x; } A;\n"),
)


def php(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {"composer.json": COMP, "src/Box.php": text, **more}


case(
    "php trait",
    php(PHP),
    php(
        swap(
            PHP,
            (
                "class Box\n{\n    public function grow(int $by): int\n    {\n        return 1 + $by;\n    }\n\n",
                "class Box\n{\n    use Grows;\n\n",
            ),
        ),
        **{
            "src/Grows.php": "<?php\nnamespace G;\n\ntrait Grows\n{\n    public function grow(int $by): int\n    {\n        return 1 + $by;\n    }\n}\n"
        },
    ),
)
case(
    "php base",
    php(PHP),
    php(
        swap(
            PHP,
            (
                "class Box\n{\n    public function grow(int $by): int\n    {\n        return 1 + $by;\n    }\n\n",
                "class Box extends Base\n{\n",
            ),
        ),
        **{
            "src/Base.php": "<?php\nnamespace G;\n\nabstract class Base\n{\n    public function grow(int $by): int\n    {\n        return 1 + $by;\n    }\n}\n"
        },
    ),
)
case(
    "php private param",
    php(PHP),
    php(
        swap(
            PHP,
            (
                "private function clean(int $by): int\n    {\n        return $by",
                "private function clean(int $v): int\n    {\n        return $v",
            ),
        )
    ),
)
case(
    "php promoted",
    php(
        "<?php\nclass A\n{\n    public int $x;\n\n    public function __construct(int $x)\n    {\n        $this->x = $x;\n    }\n}\n"
    ),
    php("<?php\nclass A\n{\n    public function __construct(public int $x)\n    {\n    }\n}\n"),
)


def ruby(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {**GEM, "lib/g/box.rb": text, **more}


case(
    "rb mixin",
    ruby(RB),
    ruby(
        swap(
            RB,
            (
                "  class Box\n    def grow(by)\n      1 + by\n    end\n\n",
                "  class Box\n    include Grows\n\n",
            ),
        ),
        **{
            "lib/g/grows.rb": "module G\n  module Grows\n    def grow(by)\n      1 + by\n    end\n  end\nend\n"
        },
    ),
)
case(
    "rb endless",
    ruby(RB),
    ruby(swap(RB, ("    def grow(by)\n      1 + by\n    end", "    def grow(by) = 1 + by"))),
)
case(
    "rb compact",
    ruby(RB),
    ruby(
        "class G::Box\n  def grow(by)\n    1 + by\n  end\n\n  def shrink(by)\n    1 - by\n  end\nend\n"
    ),
)
case(
    "rb split",
    ruby(RB),
    ruby(
        swap(RB, ("    def grow(by)\n      1 + by\n    end\n\n", "")),
        **{
            "lib/g/box/grow.rb": "module G\n  class Box\n    def grow(by)\n      1 + by\n    end\n  end\nend\n"
        },
    ),
)
case(
    "rb attr",
    ruby("class A\n  def x\n    @x\n  end\nend\n"),
    ruby("class A\n  attr_reader :x\nend\n"),
)
case(
    "rb self",
    ruby("module A\n  def self.x(a)\n    a\n  end\nend\n"),
    ruby("module A\n  class << self\n    def x(a)\n      a\n    end\n  end\nend\n"),
)
case(
    "rb private param",
    ruby(RB),
    ruby(swap(RB, ("    def clean(by)\n      by", "    def clean(v)\n      v"))),
)


def swift(text: str, **more: str) -> Files:
    """Return a package with this text."""
    return {**SP, "Sources/B/Box.swift": text, **more}


case(
    "swift extension",
    swift(SW),
    swift(
        swap(
            SW, ("    public func grow(by: Int) -> Int {\n        return size + by\n    }\n\n", "")
        ),
        **{
            "Sources/B/Box+Grow.swift": "extension Box {\n    public func grow(by: Int) -> Int {\n        return size + by\n    }\n}\n"
        },
    ),
)
case(
    "swift public extension",
    swift(SW),
    swift(
        swap(
            SW, ("    public func grow(by: Int) -> Int {\n        return size + by\n    }\n\n", "")
        )
        + "\npublic extension Box {\n    func grow(by: Int) -> Int {\n        return size + by\n    }\n}\n"
    ),
)
case(
    "swift if",
    swift(SW),
    swift(
        swap(
            SW,
            (
                "public func make",
                "#if os(Linux)\npublic func make(size: Int) -> Box {\n    return Box(size: size)\n}\n#else\npublic func make",
            ),
        )
        + "#endif\n"
    ),
)
case(
    "swift internal param",
    swift(SW),
    swift(
        swap(
            SW,
            (
                "func clean(by: Int) -> Int {\n        return by",
                "func clean(v: Int) -> Int {\n        return v",
            ),
        )
    ),
)
case(
    "kt move",
    {
        "build.gradle.kts": "plugins { kotlin }\n",
        "api/box.api": "public final class g/Box {\n\tpublic final fun grow (I)I\n}\n",
    },
    {
        "build.gradle.kts": "plugins { kotlin }\n",
        "api/box.api": "public abstract class g/Base {\n\tpublic final fun grow (I)I\n}\n\npublic final class g/Box : g/Base {\n}\n",
    },
)
