"""Uses of Go modules, npm packages and Java projects: what an import leads to, and objects by their types."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from support.uses import Files, insight_with_uses, uses_of_facts

GO_BASE = dedent(
    """\
    package lib

    type Schema struct {
    \tType string
    \tItems *Schema
    }

    type Holder struct {
    \tValue *Schema
    \tBy map[string]*Schema
    }

    func Old(a int) (*Schema, error) { return nil, nil }

    func (s *Schema) Gone() {}

    func Stay() {}

    func With(a int) *Schema { return nil }
    """
)
GO_HEAD = (
    GO_BASE.replace("Type string", "Type []string")
    .replace("func Old(a int) (*Schema, error) { return nil, nil }\n", "")
    .replace("func (s *Schema) Gone() {}\n", "")
    .replace("func With(a int)", "func With(a int, more ...string)")
)


def go_uses(tmp_path: Path, code: str) -> dict[str, list[str]]:
    module = "module example.com/o/lib\n\ngo 1.22\n"
    base: Files = {"go.mod": module, "lib.go": GO_BASE}
    head: Files = {"go.mod": module, "lib.go": GO_HEAD}
    own: Files = {"go.mod": "module example.com/me/app\n", "main.go": dedent(code)}
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, own))
    return {
        name: [place.removeprefix("main.go:") for place in places] for name, places in found.items()
    }


def test_go_follows_imports_fields_and_results(tmp_path: Path) -> None:
    found = go_uses(
        tmp_path,
        """\
        package main

        import l "example.com/o/lib"

        type own struct{ inner *l.Holder }

        func use(h *l.Holder, all []l.Schema, o own) {
        \ts, err := l.Old(1)
        \t_ = err
        \ts.Gone()
        \th.Value.Type = "a"
        \tfor _, one := range h.By {
        \t\tone.Gone()
        \t}
        \tfor _, one := range all {
        \t\t_ = one.Items.Type
        \t}
        \t_ = l.Schema{Type: "x"}
        \t_ = &l.Holder{Value: &l.Schema{Type: "y"}}
        \to.inner.Value.Gone()
        \tl.Stay()
        }
        """,
    )
    assert found["symbol.removed Old()"] == ["8 proved"]
    assert found["symbol.removed Schema.Gone()"] == ["10 proved", "13 proved", "20 proved"]
    assert found["symbol.value-type Schema.Type"] == [
        "11 proved",
        "16 proved",
        "18 proved",
        "19 proved",
    ]


@pytest.mark.parametrize(
    "code",
    [
        'package main\n\nimport lib "example.com/other/lib"\n\nvar x = lib.Old(1)\n',
        'package main\n\nimport "example.com/o/lib"\n\nfunc f(lib other) { lib.Old(1) }\n\nvar _ = lib.Stay\n',
        "package main\n\n// example.com/o/lib lib.Old(1)\n",
        'package main\n\nimport "example.com/o/lib"\n\ntype s struct{ Type int }\n\nfunc f(x s) { _ = x.Type; lib.Stay() }\n',
    ],
)
def test_go_takes_nothing_else_for_it(tmp_path: Path, code: str) -> None:
    assert go_uses(tmp_path, code) == {}


def test_a_go_call_that_stays_valid_is_no_use(tmp_path: Path) -> None:
    found = go_uses(
        tmp_path,
        """\
        package main

        import "example.com/o/lib"

        func use() {
        \ts := lib.With(1)
        \t_ = s
        \tmake := lib.With
        \t_ = make
        }
        """,
    )
    assert found == {"symbol.signature With()": ["8 likely"]}


SCRIPT_BASE = dedent(
    """\
    export function old(a: string): void {}
    export function stay(): void {}
    export class Client {
      gone(): void {}
      kept(): void {}
    }
    export default function main(): void {}
    """
)
SCRIPT_HEAD = dedent(
    """\
    export function stay(): void {}
    export class Client {
      kept(): void {}
    }
    """
)
PACKAGE = '{"name": "lib", "version": "1.0.0", "main": "./index.ts", "types": "./index.ts"}\n'


def script_uses(tmp_path: Path, code: str, path: str = "main.ts") -> dict[str, list[str]]:
    base: Files = {"package.json": PACKAGE, "index.ts": SCRIPT_BASE}
    head: Files = {"package.json": PACKAGE, "index.ts": SCRIPT_HEAD}
    own: Files = {"package.json": '{"name": "app"}', path: dedent(code)}
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, own))
    return {
        name: [place.removeprefix(f"{path}:") for place in places] for name, places in found.items()
    }


def test_a_default_export_that_goes_leaves_the_name_that_stays(tmp_path: Path) -> None:
    kept = "// first\nexport const make = (a: number) => a\n"
    base: Files = {"package.json": PACKAGE, "index.ts": f"{kept}export default make\n"}
    head: Files = {"package.json": PACKAGE, "index.ts": kept}
    own: Files = {
        "package.json": '{"name": "app"}',
        "a.ts": 'import { make } from "lib";\nmake(1);\n',
        "b.ts": 'import make from "lib";\nmake(1);\n',
    }
    assert uses_of_facts(insight_with_uses(tmp_path, base, head, own)) == {
        "symbol.removed-export default": ["b.ts:1 proved"]
    }


def test_scripts_follow_imports_and_objects(tmp_path: Path) -> None:
    found = script_uses(
        tmp_path,
        """\
        import main, { old as o, Client } from "lib";
        import * as ns from "lib";

        o("a");
        ns.old("b");
        const { old: third } = require("lib");
        const client = new Client();
        client.gone();
        client.kept();
        function use(other: Client, last?: ns.Client) {
          other.gone();
          last.gone();
        }
        class Holder {
          inner: Client;
          go() { this.inner.gone(); }
        }
        main();
        export { old as again } from "lib";
        """,
    )
    assert found["symbol.removed old()"] == [f"{line} proved" for line in (1, 4, 5, 6, 19)]
    assert found["symbol.removed Client.gone()"] == [f"{line} proved" for line in (8, 11, 12, 16)]
    assert "18 proved" in found["symbol.removed main()"]


@pytest.mark.parametrize(
    "code",
    [
        'import { old } from "./lib";\nold("a");\n',
        'import { old } from "lib-other";\nold("a");\n',
        'import { stay } from "lib";\nfunction f(old) { old("lib"); }\nstay();\n',
        'import * as ns from "lib";\nfunction f(ns) { ns.old(); }\nns.stay();\n',
        '// import { old } from "lib"\nconst text = "lib old";\n',
    ],
)
def test_scripts_take_nothing_else_for_it(tmp_path: Path, code: str) -> None:
    assert script_uses(tmp_path, code) == {}


def test_a_component_is_used_in_markup(tmp_path: Path) -> None:
    found = script_uses(
        tmp_path, 'import { old as Old } from "lib";\nexport const x = <Old a="1" />;\n', "main.tsx"
    )
    assert found == {"symbol.removed old()": ["1 proved", "2 proved"]}


JAVA_BASE = dedent(
    """\
    package org.example.lib;

    public class Client {
      public Client(String url) {}
      public void gone(String a) {}
      public void gone(String a, int b) {}
      public Client next() { return this; }
      public static void old() {}
      public void kept() {}
    }
    """
)
JAVA_HEAD = dedent(
    """\
    package org.example.lib;

    public class Client {
      public Client(String url) {}
      public void gone(String a, int b) {}
      public Client next() { return this; }
      public void kept() {}
    }
    """
)
POM = "<project><groupId>org.example</groupId><artifactId>lib</artifactId><version>1</version></project>\n"
SOURCE = "src/main/java/org/example/lib/"


def java_uses(tmp_path: Path, code: str) -> dict[str, list[str]]:
    base: Files = {
        "pom.xml": POM,
        f"{SOURCE}Client.java": JAVA_BASE,
        f"{SOURCE}Old.java": "package org.example.lib;\n\npublic class Old {}\n",
    }
    head: Files = {"pom.xml": POM, f"{SOURCE}Client.java": JAVA_HEAD}
    found = uses_of_facts(insight_with_uses(tmp_path, base, head, {"src/App.java": dedent(code)}))
    return {
        name: [place.removeprefix("src/App.java:") for place in places]
        for name, places in found.items()
    }


def test_java_follows_imports_and_declared_types(tmp_path: Path) -> None:
    found = java_uses(
        tmp_path,
        """\
        package me;

        import org.example.lib.Client;
        import org.example.lib.Old;

        class App extends Base {
          private final Client field = new Client("a");
          void use(Client given, Object other) {
            given.gone("a");
            given.gone("a", 1);
            field.next().gone("b");
            Client.old();
            ((Client) other).gone("c");
            if (other instanceof Client c) { c.gone("d"); }
            var made = new Client("e");
            made.gone("f");
            Old old = null;
          }
        }
        """,
    )
    assert found["symbol.removed-overload Client.gone()"] == [
        f"{line} proved" for line in (9, 11, 13, 14, 16)
    ]
    assert found["symbol.removed Client.old()"] == ["12 proved"]
    assert found["symbol.removed Old"] == ["4 proved", "17 proved"]


@pytest.mark.parametrize(
    "code",
    [
        'package me;\n\nimport org.other.Client;\n\nclass A { void f(Client c) { c.gone("org.example.lib"); } }\n',
        'package me;\n\nimport org.example.lib.Client;\n\nclass A { void f(Client c, Other o) { c.kept(); o.gone("a"); } }\n',
        "package me;\n\n// org.example.lib.Old\nclass A { class Old {} Old old; }\n",
        "package org.example.lib;\n\nclass A { Old old; }\n",
    ],
)
def test_java_takes_nothing_else_for_it(tmp_path: Path, code: str) -> None:
    assert java_uses(tmp_path, code) == {}


def test_go_reads_every_form_of_expression(tmp_path: Path) -> None:
    found = go_uses(
        tmp_path,
        """\
        package main

        import "example.com/o/lib"

        var global = &lib.Schema{}

        func both() (*lib.Schema, error) { return nil, nil }

        func use(any interface{}, many ...*lib.Schema) {
        \tglobal.Gone()
        \tfirst := many[0]
        \tfirst.Gone()
        \tmany[1:][0].Gone()
        \t(*first).Gone()
        \tany.(*lib.Schema).Gone()
        \tswitch v := any.(type) {
        \tcase *lib.Schema:
        \t\tv.Gone()
        \tdefault:
        \t\t_ = v
        \t}
        \tmade := new(lib.Schema)
        \tmade.Gone()
        \tgot, _ := both()
        \tgot.Gone()
        \tvar typed, other lib.Schema
        \ttyped.Gone()
        \tother.Gone()
        \tby := map[string]lib.Schema{"a": {Type: "x"}}
        \tfor k, v := range by {
        \t\t_ = k
        \t\tv.Gone()
        \t}
        \tf := func(inner *lib.Schema) { inner.Gone() }
        \t_ = f
        }
        """,
    )
    lines = [10, 12, 13, 14, 15, 18, 23, 25, 27, 28, 32, 34]
    assert found["symbol.removed Schema.Gone()"] == [f"{line} proved" for line in lines]
    assert found["symbol.value-type Schema.Type"] == ["29 proved"]


def test_members_of_a_class_that_is_gone_are_likely_uses(tmp_path: Path) -> None:
    found = java_uses(
        tmp_path,
        """\
        package me;

        import org.example.lib.*;
        import static org.example.lib.Client.old;

        class App {
          Old field = new Old();
          void use() { field.toString(); this.field.hashCode(); }
          Client make() { return new Client("a") { public void gone(String a) {} }; }
        }
        """,
    )
    assert found["symbol.removed Client.old()"] == ["4 proved"]
    assert found["symbol.removed Old"] == ["7 proved", "8 likely"]
    assert found["symbol.removed-overload Client.gone()"] == ["9 likely"]


def test_scripts_read_what_is_awaited_typed_and_spread(tmp_path: Path) -> None:
    found = script_uses(
        tmp_path,
        """\
        import type { Client } from "lib";
        const late = await import("lib");
        late.old("a");
        (late as any).old("b");
        late!.old(...rest);
        export class K extends late.Client {
          #a = new late.Client();
          constructor(private readonly c: Client) { super(); }
        }
        const each = value => value.old;
        import whole = require("lib");
        whole.old("c");
        """,
    )
    assert found["symbol.removed old()"] == ["3 proved", "4 proved", "5 proved", "12 proved"]


def test_a_package_of_ones_own_is_no_other(tmp_path: Path) -> None:
    base: Files = {"package.json": PACKAGE, "index.ts": SCRIPT_BASE}
    head: Files = {"package.json": PACKAGE, "index.ts": SCRIPT_HEAD}
    own: Files = {"package.json": PACKAGE, "a.ts": 'import { old } from "lib";\nold("a");\n'}
    assert uses_of_facts(insight_with_uses(tmp_path, base, head, own)) == {}
    own = {"package.json": "[1", "a.ts": 'import { old } from "lib";\n'}
    assert uses_of_facts(insight_with_uses(tmp_path / "more", base, head, own)) == {
        "symbol.removed old()": ["a.ts:1 proved"]
    }


def test_a_go_module_of_ones_own_is_no_other(tmp_path: Path) -> None:
    module = "module example.com/o/lib\n"
    base: Files = {"go.mod": module, "lib.go": GO_BASE}
    head: Files = {"go.mod": module, "lib.go": GO_HEAD}
    own: Files = {
        "go.mod": module,
        "x/main.go": 'package x\n\nimport "example.com/o/lib"\n\nvar _ = lib.Old\n',
    }
    assert uses_of_facts(insight_with_uses(tmp_path, base, head, own)) == {}
