"""What of a JavaScript or TypeScript package breaks those who import it, and what does not."""

from __future__ import annotations

import pytest

from support.api import api_changes, breaking, script_changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("interface A { id: string }", "interface A { id: number }", [("symbol.value-type", "A.id")]),
        ("interface A { readonly id: string }", "interface A { readonly id: 'a' | 'b' }", []),
        ("interface A { id?: string }", "interface A { id?: string | undefined }", []),
        ("interface A { id: string }", "interface A { readonly id: string }", [("symbol.changed-now", "A.id")]),
        ("interface A { id: string }", "interface A { id: string; note: string }", [("symbol.added-element", "A")]),
        ("interface A { id: string }", "interface A { id: string; note?: string }", []),
        ("interface A { a(): void }", "interface A { a(): void; b(): void }", [("symbol.added-required", "A")]),
        ("interface A { id?: string }", "interface A { id: string }", [("symbol.member-required", "A.id")]),
        ("interface A<T> { v: T }", "interface A<U> { v: U }", []),
        ("interface A<T> { v: T }", "interface A<T> { v: T[] }", [("symbol.value-type", "A.v")]),
        ("type A = { a: Buffer } & B", "type A = { a: Uint8Array } & B", [("symbol.value-type", "A.a")]),
        ("type A = { a: string } & B", "type A = { a: string; b: string } & B", []),
        ("type A = 'x' | 'y'", "type A = 'x'", [("symbol.removed-values", "A")]),
        ("type A = 'x'", "type A = 'x' | 'y'", []),
        ("type A = { a: string }", "interface A { a: string }", []),
        ("enum A { X, Y }", "enum A { X }", [("symbol.removed", "A.Y")]),
        ("enum A { X = 0, Y = 1 }", "enum A { X, Y }", []),
        ("enum A { X = 1 }", "enum A { X }", [("symbol.value", "A.X")]),
        ("class A { constructor(public x: string) {} }", "class A { constructor(x: string) {} }",
         [("symbol.removed", "A.x")]),
        ("class A { f() {} }", "class A { static f() {} }", [("symbol.changed-now", "A.f()")]),
        ("class A { f() {} }", "class A { protected f() {} }", [("symbol.visibility", "A.f()")]),
        ("class A { private f() {} }", "class A {}", []),
        ("class A { #f() {} _g() {} /** @internal */ h() {} }", "class A {}", []),
        ("class A { get x() { return 1 } set x(v) {} }", "class A { get x() { return 1 } }",
         [("symbol.changed-now", "A.x")]),
        ("class A { x = 1 }", "class A { get x() { return 1 } set x(v) {} }", []),
        ("class A {}", "abstract class A {}", [("symbol.changed-now", "A")]),
        ("class A extends External { override f() {} }", "class A extends External {}", []),
        ("function f(a: string) {}", "function f(b: string) {}", []),
        ("function f(a: string) {}", "function f(a: string, b: string) {}", [("symbol.parameter-required", "f()")]),
        ("function f(a: string) {}", "function f(a: string, b = 1) {}", []),
        ("function f(a: string) {}", "function f(a: string | number) {}", []),
        ("function f(a: string | number) {}", "function f(a: string) {}", [("symbol.parameter-changed", "f()")]),
        ("function f(a: unknown) {}", "function f(a: string) {}", [("symbol.parameter-changed", "f()")]),
        ("function f(a: Foo) {}", "function f(a: Bar) {}", []),
        ("function f(...a: string[]) {}", "function f(a: string[]) {}", [("symbol.signature", "f()")]),
        ("function f(): string {}", "function f(): string | undefined {}", [("symbol.result", "f()")]),
        ("function f(): string | undefined {}", "function f(): string {}", []),
        ("function f(): string {}", "function f(): Promise<string> {}", [("symbol.result", "f()")]),
        ("function f(): Buffer {}", "function f(): Uint8Array {}", [("symbol.result", "f()")]),
        ("function f(): Uint8Array {}", "function f(): Buffer {}", []),
        ("function f(): Buffer {}", "function f(): Uint8Array<ArrayBuffer> {}", [("symbol.result", "f()")]),
        ("function f<T>(a: T): T {}", "function f<S>(a: S): S {}", []),
        ("function f() {}", "class f {}", [("symbol.changed-kind", "f()")]),
        ("const f = () => 1", "function f() {}", []),
        ("const { a, /* b */ } = x", "const { a } = x", []),
        ("namespace N { export interface A { a: string } }",
         "namespace N { export interface A { a: string } export interface B {} }", []),
    ],
)  # fmt: skip
def test_one_declaration(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = breaking(script_changes(*(f"export {text}\n" for text in (old, new))))
    assert found == expected


def test_what_was_deprecated_breaks_those_who_still_use_it() -> None:
    old = "/** @deprecated */\nexport function f() {}\nexport const a = 1\n"
    assert breaking(script_changes(old, "export const a = 1\n")) == [("symbol.removed", "f()")]


def test_an_overload_that_went() -> None:
    both = "export function f(a: string): void;\nexport function f(a: number): void;\n"
    one = "export function f(a: string): void;\n"
    body = "export function f(a: any) {}\n"
    assert breaking(script_changes(both + body, one + body)) == [("symbol.removed-overload", "f()")]
    assert breaking(script_changes(both + body, "export function f(a: string | number) {}\n")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("export default function foo() {}", "export default function bar() {}"),
        ("export default class Foo { a = 1 }", "export default class Bar { a = 1 }"),
        ("export { f }; function f() {}", "export function f() {}"),
        ("export const a = 1, b = 2", "const a = 1, b = 2\nexport { b, a }"),
        ("export function f(", "export const a = 1"),
        ("module.exports = { f }; function f() {}", "function f() {}\nexports.f = f"),
    ],
)
def test_the_same_exports_said_otherwise(old: str, new: str) -> None:
    assert breaking(script_changes(f"{old}\n", f"{new}\n")) == []


MANIFEST = (
    '{"name": "lib", "exports": {".": "./dist/index.js", "./sub": {"types": "./dist/sub.d.ts"}}}'
)
LIB = {
    "package.json": MANIFEST,
    "src/index.ts": "export * from './a.js'\nexport { f as g } from './b'\nexport * as ns from './c'\n",
    "src/a.ts": "export class A { m() {} }\n",
    "src/b.ts": "export function f(a: string) {}\n",
    "src/c.ts": "export const x = 1\n",
    "src/sub.ts": "export const y = 1\n",
    "src/hidden.ts": "export const z = 1\n",
}


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"src/a.ts": "export class A {}\n"}, [("symbol.removed", "A.m()")]),
        ({"src/b.ts": "export function f(a: string, b: string) {}\n"}, [("symbol.parameter-required", "g()")]),
        ({"src/c.ts": "export const w = 1\n"}, [("symbol.removed", "ns.x")]),
        ({"src/sub.ts": "\n"}, [("symbol.removed", "y")]),
        ({"src/hidden.ts": "\n"}, []),
        ({"src/a.ts": "export { A } from './moved'\n", "src/moved.ts": LIB["src/a.ts"]}, []),
        ({"src/a.ts": "import { B } from './moved'\nexport class A extends B {}\n",
          "src/moved.ts": "export class B { m() {} }\n"}, []),
        ({"src/index.ts": LIB["src/index.ts"].replace("export { f as g } from './b'\n", "")},
         [("symbol.removed-export", "g()")]),
        ({"src/index.ts": "export { A } from './a'\nexport { f as g } from './b'\nexport * as ns from './c'\n"}, []),
    ],
)  # fmt: skip
def test_a_package(new: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert breaking(api_changes(LIB, {**LIB, **new})) == expected


def test_a_private_package_offers_nothing() -> None:
    lib = {**LIB, "package.json": '{"name": "lib", "private": true, "main": "src/index.ts"}'}
    assert api_changes(lib, {**lib, "src/a.ts": "\n"}) == []
