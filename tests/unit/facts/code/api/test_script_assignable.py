"""Types of TypeScript in both positions: what callers pass must fit still, what they get must fit where it goes.

The verdicts are those of the compiler (strict): is the old type of a parameter assignable to the new one, and the
new type of a result to the old one?
"""

from __future__ import annotations

import pytest

from support.api import breaking, script_changes

#: Old type, new type, whether callers break when a parameter takes it, whether when a result has it.
TYPES = [
    ("string", "string | number", False, True),
    ("string | number", "string", True, False),
    ("'x' | 'y'", "string", False, True),
    ("1 | 2", "number", False, True),
    ("boolean", "boolean | undefined", False, True),
    ("string[]", "number[]", True, True),
    ("Array<string>", "string[]", False, False),
    ("Array<string>", "Array<string | number>", False, True),
    ("Promise<string>", "Promise<number>", True, True),
    ("{ x: string }", "{ x: string; y?: number }", False, False),
    ("{ x: string }", "{ x: string; y: number }", True, False),
    ("{ x: string; y: number }", "{ x: string }", False, True),
    ("{ x?: string }", "{ x: string }", True, False),
    ("{ x: string }", "{ x: number }", True, True),
    ("Map<string, number>", "Map<string, string>", True, True),
    ("string | null", "string", True, False),
    ("(string | number)", "number | string", False, False),
]


@pytest.mark.parametrize(("old", "new", "takes", "gives"), TYPES)
def test_types_in_both_positions(*, old: str, new: str, takes: bool, gives: bool) -> None:
    parameter = [f"export function f(a: {type_}): void {{}}\n" for type_ in (old, new)]
    result = [f"export function f(): {type_} {{ return x }}\n" for type_ in (old, new)]
    assert bool(breaking(script_changes(*parameter))) is takes
    assert bool(breaking(script_changes(*result))) is gives


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("export default function f() {}", "function f() {}"),
        ("exports.f = f; function f() {}", "function f() {}"),
        ("module.exports = { f, g }; function f() {} function g() {}",
         "module.exports = { f }; function f() {} function g() {}"),
        ("export const { a, b } = x", "export const { a } = x"),
        ("export type { T } from './t'", "export {}"),
        ("export class A { static f() {} }", "export class A {}"),
        ("export class A { f(a) {} }", "export class A { f(a, b) {} }"),
        ("export const f = (a) => a", "export const f = (a, b) => a"),
        ("export interface A { [key: string]: string; id: string }", "export interface A { id: number }"),
        ("export enum A { X = 'x', Y = 'y' }", "export enum A { X = 'x' }"),
        ("export namespace N { export const a = 1; export const b = 2 }",
         "export namespace N { export const a = 1 }"),
    ],
)  # fmt: skip
def test_what_goes_breaks_those_who_import_it(old: str, new: str) -> None:
    assert breaking(script_changes(f"{old}\n", f"{new}\n"))
