"""What one file of Ruby, PHP, Swift or a C++ header lost is called gone only when it stands nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import Command
from support.repos import TestRepo

Files = dict[str | bytes, bytes | str]
GEM: Files = {"a.gemspec": "Gem::Specification.new\n"}
COMPOSER: Files = {"composer.json": '{"name": "a/b"}\n'}
SWIFT: Files = {"Package.swift": "// swift-tools-version:5.9\n"}
RUBY_JOBS = "module Jobs\n  class Set\n{set}  end\n  class RetrySet < Set\n{retry}  end\nend\n"
RETRY = "    def retry_all(now)\n      each { |job| job.retry(now) }\n    end\n"
PHP_BASE = "<?php\nnamespace A;\n\nclass Base\n{{\n{0}}}\n"
PHP_CLOCK = "<?php\nnamespace A;\n\nclass Clock extends Base\n{{\n{0}    public function keep(): int\n    {{\n        return 1;\n    }}\n}}\n"
PHP_NOW = "    public function now(): string\n    {\n        return date('c');\n    }\n"


@pytest.fixture
def breaking(command: Command, tmp_path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the breaking findings of a step from some files to others, as names with certainty."""

    def findings(old: Files, new: Files) -> list[tuple[str, str]]:
        repo = TestRepo(tmp_path / "repo")
        repo.write(old)
        repo.commit()
        for path in set(old) - set(new):
            repo.git("rm", "-q", str(path))
        repo.write(new)
        repo.commit()
        ran = command(
            "report", "HEAD~1..HEAD", "--repo", str(repo.path), "--format", "json", "--output", "-"
        )
        assert ran.code == 0, ran.err
        return [
            (fact["params"]["name"], fact["certainty"])
            for file in json.loads(ran.out)["files"]
            for fact in file["facts"]
            if fact["breaking"]
        ]

    return findings


SAFE: dict[str, tuple[Files, Files]] = {
    "a base class of the same file has it now": (
        {**GEM, "lib/jobs.rb": RUBY_JOBS.format(set="", retry=RETRY)},
        {**GEM, "lib/jobs.rb": RUBY_JOBS.format(set=RETRY, retry="")},
    ),
    "a base class of another file has it now": (
        {**COMPOSER, "src/Base.php": PHP_BASE.format(""), "src/Clock.php": PHP_CLOCK.format(PHP_NOW)},
        {**COMPOSER, "src/Base.php": PHP_BASE.format(PHP_NOW), "src/Clock.php": PHP_CLOCK.format("")},
    ),
    "a mixin of a mixin has it now": (
        {**GEM, "lib/a.rb": "class A\n  include M\n  def go(x)\n    x\n  end\nend\n",
         "lib/m.rb": "module M\n  include N\nend\n", "lib/n.rb": "module N\nend\n"},
        {**GEM, "lib/a.rb": "class A\n  include M\nend\n",
         "lib/m.rb": "module M\n  include N\nend\n",
         "lib/n.rb": "module N\n  def go(x)\n    x\n  end\nend\n"},
    ),
    "a trait has it now": (
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n    use T;\n    public function go(): int\n    {\n        return 1;\n    }\n}\n",
         "src/T.php": "<?php\ntrait T\n{\n}\n"},
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n    use T;\n}\n",
         "src/T.php": "<?php\ntrait T\n{\n    public function go(): int\n    {\n        return 1;\n    }\n}\n"},
    ),
    "an alias stands for it": (
        {**GEM, "lib/a.rb": "class A\n  def find(x)\n    x\n  end\n\n  def find_by(x)\n    x + 1\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\n  def find(x)\n    x\n  end\n  alias_method :find_by, :find\nend\n"},
    ),
    "a statement defines it": (
        {**GEM, "lib/a.rb": "module A\n  def self.esc(x)\n    x\n  end\n\n  def esc(x)\n    x.to_s\n  end\nend\n"},
        {**GEM, "lib/a.rb": "module A\n  define_method(:esc, CGI.method(:escapeHTML))\n  module_function :esc\nend\n"},
    ),
    "a namespace is open elsewhere": (
        {**GEM, "lib/a.rb": "module A\n  module B\n    VALUE = 1\n  end\nend\n", "lib/c.rb": "module A\n  class C\n  end\nend\n"},
        {**GEM, "lib/b.rb": "module A\n  module B\n    VALUE = 1\n  end\nend\n", "lib/c.rb": "module A\n  class C\n    X = 1\n  end\nend\n"},
    ),
    "nobody was meant to use it": (
        {**COMPOSER, "src/A.php": "<?php\n/**\n * @internal\n */\nclass A\n{\n    public function go(): int\n    {\n        return 1;\n    }\n}\n"},
        {**COMPOSER, "src/A.php": "<?php\n/**\n * @internal\n */\nclass A\n{\n}\n"},
    ),
    "no documentation names it": (
        {**GEM, "lib/a.rb": "class A\n  # :nodoc:\n  def go(x)\n    x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\nend\n"},
    ),
    "it was private by a statement": (
        {**GEM, "lib/a.rb": "class A\n  X = 1\n  private_constant :X\n  def go(x)\n    x\n  end\n  private :go\nend\n"},
        {**GEM, "lib/a.rb": "class A\nend\n"},
    ),
    "it was private but for tests": (
        {**GEM, "lib/a.rb": "class A\n  private unless $TESTING\n\n  def go(x)\n    x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\n  private\n\n  def go(x)\n    x\n  end\nend\n"},
    ),
    "every object has it": (
        {**GEM, "lib/a.rb": "class A\n  def to_s\n    'a'\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\nend\n"},
    ),
    "a base outside of the repository may have it": (
        {**GEM, "lib/a.rb": "class A < Rails::Engine\n  def go(x)\n    x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A < Rails::Engine\nend\n"},
    ),
    "a hook went with its trait": (
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n    use T;\n}\n",
         "src/T.php": "<?php\ntrait T\n{\n    public function __wakeup(): void\n    {\n    }\n}\n"},
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n}\n",
         "src/T.php": "<?php\ntrait T\n{\n    public function __wakeup(): void\n    {\n        echo 1;\n    }\n}\n"},
    ),
    "the compiler writes it": (
        {**SWIFT, "Sources/A.swift": "public struct A: Hashable {\n    public let a: Int\n    public func hash(into hasher: inout Hasher) {\n        hasher.combine(a)\n    }\n}\n"},
        {**SWIFT, "Sources/A.swift": "public struct A: Hashable {\n    public let a: Int\n}\n"},
    ),
    "another hook takes its place": (
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n    public function __sleep(): array\n    {\n        return [];\n    }\n}\n"},
        {**COMPOSER, "src/A.php": "<?php\nclass A\n{\n    public function __serialize(): array\n    {\n        return [];\n    }\n}\n"},
    ),
    "nothing is published": (
        {"lib/a.rb": "class A\n  def go(x)\n    x\n  end\nend\n"},
        {"lib/a.rb": "class A\nend\n"},
    ),
    "it was a detail of a namespace": (
        {"include/a.h": "namespace a {\nnamespace detail {\ntemplate <typename T> struct helper {};\nint twice(int x);\n}  // namespace detail\n}\n"},
        {"include/a.h": "namespace a {\n}\n"},
    ),
    "macros hide its namespace": (
        {"include/a.h": "A_BEGIN_NAMESPACE\nnamespace detail {\nint twice(int x);\n}  // namespace detail\nA_END_NAMESPACE\n"},
        {"include/a.h": "A_BEGIN_NAMESPACE\nnamespace detail {\n}  // namespace detail\nA_END_NAMESPACE\n"},
    ),
    "another header declares it": (
        {"include/a.h": "int twice(int x);\nint once(int x);\n", "include/b.h": "int b();\n"},
        {"include/a.h": "int once(int x);\n", "include/b.h": "int b();\nint twice(int x);\n"},
    ),
    "it could never be called": (
        {"include/a.h": "class A {\n public:\n  A(const A&) = delete;\n  void operator=(const A&) = delete;\n  int go();\n};\n"},
        {"include/a.h": "class A {\n public:\n  int go();\n};\n"},
    ),
    "a macro was set by a condition": (
        {"include/a.h": "#ifndef A_H\n#define A_H\n#if defined(__GNUC__)\n#define A_WARN(x) x\n#else\n#define A_WARN(x)\n#endif\nint a();\n#endif\n"},
        {"include/a.h": "#ifndef A_H\n#define A_H\nint a();\n#endif\n"},
    ),
    "a protocol extension has it": (
        {**SWIFT, "Sources/A.swift": "public protocol P {}\npublic struct A: P {\n    public func go() -> Int { 1 }\n}\n"},
        {**SWIFT, "Sources/A.swift": "public protocol P {}\nextension P {\n    public func go() -> Int { 1 }\n}\npublic struct A: P {\n}\n"},
    ),
}  # fmt: skip
GONE: dict[str, tuple[Files, Files, list[tuple[str, str]]]] = {
    "a method of a class without bases": (
        {**GEM, "lib/a.rb": "class A\n  def go(x)\n    x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\nend\n"},
        [("A#go", "proved")],
    ),
    "objects are made without it": (
        {**GEM, "lib/a.rb": "class A\n  def initialize(x)\n    @x = x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A\nend\n"},
        [("A#initialize", "proved")],
    ),
    "a comment before it hides nothing": (
        {**GEM, "lib/a.rb": "class A # keeps x\n  def go(x)\n    x\n  end\nend\n"},
        {**GEM, "lib/a.rb": "class A # keeps x\nend\n"},
        [("A#go", "proved")],
    ),
    "a macro that is set in any case": (
        {"include/a.h": "#ifndef A_H\n#define A_H\n#define A_FLAG 4\n#ifdef B\n#undef A_FLAG\n#define A_FLAG 5\n#endif\nint a();\n#endif\n"},
        {"include/a.h": "#ifndef A_H\n#define A_H\nint a();\n#endif\n"},
        [("A_FLAG", "proved")],
    ),
    "the name is of another class now": (
        {**COMPOSER, "src/A.php": PHP_CLOCK.format(PHP_NOW), "src/Base.php": PHP_BASE.format(""), "src/O.php": "<?php\nclass O\n{\n}\n"},
        {**COMPOSER, "src/A.php": PHP_CLOCK.format(""), "src/Base.php": PHP_BASE.format(""), "src/O.php": "<?php\nclass O\n{\n" + PHP_NOW + "}\n"},
        [("Clock.now()", "proved")],
    ),
    "what a namespace holds": (
        {**GEM, "lib/a.rb": "module A\n  module B\n    class C\n      def go(x)\n        x\n      end\n    end\n  end\nend\n", "lib/d.rb": "module A\n  D = 1\nend\n"},
        {**GEM, "lib/d.rb": "module A\n  D = 2\nend\n"},
        [("A::B", "proved")],
    ),
    "a function of a header": (
        {"include/a.h": "int twice(int x);\nint once(int x);\n"},
        {"include/a.h": "int once(int x);\n"},
        [("twice()", "proved")],
    ),
    "a macro that is always set": (
        {"include/a.h": "#ifndef A_H\n#define A_H\n#define A_FLAG 4\nint a();\n#endif\n"},
        {"include/a.h": "#ifndef A_H\n#define A_H\nint a();\n#endif\n"},
        [("A_FLAG", "proved")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAFE)
def test_what_stands_elsewhere_is_not_gone(breaking, case: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert breaking(*SAFE[case]) == []


@pytest.mark.parametrize("case", GONE)
def test_what_stands_nowhere_is_gone(breaking, case: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    old, new, expected = GONE[case]
    assert breaking(old, new) == expected
