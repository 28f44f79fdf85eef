"""Smallest pairs of versions of Go, Java and Rust, each with what it breaks; none with what breaks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from diff_insight.facts.code.api.csharp import csharp_changes
from diff_insight.facts.code.api.go import go_changes
from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.java import java_changes
from diff_insight.facts.code.api.kotlin import kotlin_changes
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.rust import rust_changes


class Texts(Struct, frozen=True):
    """Files of a project as texts."""

    texts: Mapping[str, str]

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(self.texts)

    def text(self, path: str) -> str | None:
        return self.texts.get(path)


class ApiPair(Struct, frozen=True):
    """One change: the language, both versions, and (kind, name) of what it breaks."""

    language: str
    old: str
    new: str
    breaks: frozenset[tuple[str, str]] = frozenset()

    def __repr__(self) -> str:
        told = ", ".join(sorted(kind for kind, _ in self.breaks)) or "nothing"
        return f"{self.language}: {' '.join(self.new.split())[:60]}: {told}"


_PATHS = {
    "go": "p/p.go",
    "java": "src/main/java/org/acme/Order.java",
    "rust": "src/lib.rs",
    "csharp": "src/Acme/Order.cs",
    "kotlin": "shop/api/shop.api",
}
_HEADS = {
    "go": "package p\n\n",
    "java": "package org.acme;\n\n",
    "rust": "",
    "csharp": "namespace Acme;\n\n",
    "kotlin": "",
}
_AROUND = {
    "go": {"go.mod": "module example.com/p\n"},
    "java": {},
    "csharp": {},
    "kotlin": {},
    "rust": {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n'},
}
_READERS: Mapping[str, Callable[[Sides], Iterator[ApiChange]]] = {
    "go": go_changes, "java": java_changes, "rust": rust_changes, "csharp": csharp_changes,
    "kotlin": kotlin_changes,
}  # fmt: skip


def changes_of(language: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[ApiChange]:
    """Return what breaks between two projects."""
    paths = sorted({path for path in {**old, **new} if old.get(path) != new.get(path)})
    changed = [Changed(path if path in old else "", path if path in new else "") for path in paths]
    return list(_READERS[language](Sides(Texts(old), Texts(new), changed)))


def changes_of_pair(pair: ApiPair) -> list[ApiChange]:
    """Return what breaks between the versions of a pair."""
    sides = []
    for text in (pair.old, pair.new):
        files = dict(_AROUND[pair.language])
        for part in f"\n{text}".split("\n== "):
            path, _, rest = part.partition("\n")
            files[path or _PATHS[pair.language]] = rest if path else _HEADS[pair.language] + rest
        sides.append(files)
    return changes_of(pair.language, *sides)


def _pairs(language: str, *rows: tuple[str, str, str]) -> tuple[ApiPair, ...]:
    return tuple(
        ApiPair(language, old, new, frozenset(
            (kind, name) for line in breaks.split("\n") if line for kind, _, name in (line.partition(" "),)
        ))
        for old, new, breaks in rows
    )  # fmt: skip


GO = _pairs(
    "go",
    ("func Ship() {}\n", "", "symbol.removed Ship()"),
    ("type O struct{}\nfunc (O) Ship() {}\n", "type O struct{}\nfunc (O) Ship(int) {}\n", "symbol.signature O.Ship()"),
    ("func Ship(int) {}\n", "func Ship(int, int) {}\n", "symbol.signature Ship()"),
    ("func Ship(n int) {}\n", "func Ship(n ...int) {}\n", "symbol.signature Ship()"),
    ("type S interface {\n\tSend(string) error\n}\n", "type S interface {\n\tSend(string, int) error\n}\n", "symbol.signature S.Send()"),
    ("type S interface {\n\tSend()\n}\n", "type S interface {\n\tSend()\n\tTrack()\n}\n", "symbol.added-required S"),
    ("type S interface {\n\tSend()\n}\n", "type S interface {\n\tSend()\n\tTrack()\n\tStop()\n}\n", "symbol.added-required S"),
    ("type S interface{}\n", "type S interface {\n\tSend()\n}\n", "symbol.added-required S"),
    ("type S any\n", "type S interface {\n\tSend()\n}\n", "symbol.added-required S"),
    ("type S interface {\n\tSend()\n}\n", "type S interface {\n\tSend()\n\tsecret()\n}\n", "symbol.changed-sealed S"),
    ("type O struct {\n\tID int\n}\n", "type O struct {\n\tID string\n}\n", "symbol.value-type O.ID"),
    ("type ID int\n", "type ID string\n", "symbol.value-type ID"),
    ("var Limit int\n", "var Limit string\n", "symbol.value-type Limit"),
    ("type O struct{}\nfunc (O) Ship() {}\n", "type O struct{}\nfunc (*O) Ship() {}\n", "symbol.changed-receiver O.Ship()"),
    ("type O struct{ A int }\n", "type O interface{}\n", "symbol.changed-kind O"),
    ("type O struct{ A int }\n", "type O struct{ A int; b []int }\n", "symbol.changed-comparable O"),
    ("type Box[T any] struct{}\n", "type Box[T comparable] struct{}\n", "symbol.changed-type-parameters Box"),
    ("type Box[T any] struct{}\n", "type Box[T, K any] struct{}\n", "symbol.added-type-parameter Box"),
    ("type Box[T, K any] struct{}\n", "type Box[T any] struct{}\n", "symbol.removed-type-parameter Box"),
    ("var Max = 1\n", "const Max = 1\n", "symbol.changed-kind Max"),
    # What breaks nobody.
    ("func Ship(a int) {}\n", "func Ship(b int) {}\n", ""),
    ("func ship() {}\n", "", ""),
    ("func Ship() {}\n", "func Ship() error { return nil }\n", ""),
    ("type ID int32\n", "type ID int64\n", ""),
    ("type Box[T any] struct{ v T }\n", "type Box[U any] struct{ v U }\n", ""),
    ("type O struct{ A, B int }\n", "type O struct {\n\tA int\n\tB int\n}\n", ""),
    ("type O struct{}\nfunc (O) Ship() {}\n", "type Base struct{}\nfunc (Base) Ship() {}\ntype O struct{ Base }\n", ""),
    ("func Ship(v interface{}) {}\n", "func Ship(v any) {}\n", ""),
    ("type T struct{ A int }\n", 'import "example.com/p/other"\n\ntype T = other.T\n', ""),
    ("type S interface {\n\tSend()\n\tsecret()\n}\n", "type S interface {\n\tSend()\n\tTrack()\n\tsecret()\n}\n", ""),
)  # fmt: skip

JAVA = _pairs(
    "java",
    ("public class Order {}\n", "class Order {}\n", "symbol.visibility Order"),
    ("public class Order { public void ship() {} }\n", "public class Order {}\n", "symbol.removed Order.ship()"),
    ("public class Order { protected void ship() {} }\n", "public class Order {}\n", "symbol.removed Order.ship()"),
    ("public class Order { public int a, b; }\n", "public class Order { public int a; }\n", "symbol.removed Order.b"),
    ("public class Order { public void ship(int a) {} }\n", "public class Order { public void ship(String a) {} }\n", "symbol.signature Order.ship()"),
    ("public class Order { public void ship(int a) {} public void ship() {} }\n", "public class Order { public void ship() {} }\n", "symbol.removed-overload Order.ship()"),
    ("public class Order { public Order() {} }\n", "public class Order { public Order(int a) {} }\n", "symbol.signature Order.Order()"),
    ("public class Order {}\n", "public class Order { public Order(int a) {} }\n", "symbol.signature Order.Order()"),
    ("public class Order {}\n", "public class Order { private static class Line { Line(int a) {} } }\n", ""),
    ("public class Order { static class Line {} }\n", "public class Order { Order(int a) {}\n static class Line {} }\n", "symbol.removed-overload Order.Order()"),
    ("public interface Order { void ship(); }\n", "public interface Order { void ship(); void track(); }\n", "symbol.added-required Order"),
    ("public abstract class Order {}\n", "public abstract class Order { public abstract void ship(); }\n", "symbol.added-required Order"),
    ("public @interface Order { int a(); }\n", "public @interface Order { int a(); int b(); }\n", "symbol.added-element Order"),
    ("public @interface Order { int a() default 1; }\n", "public @interface Order { int a(); }\n", "symbol.removed-default Order"),
    ("public class Order {}\n", "public final class Order {}\n", "symbol.changed-now Order"),
    ("public class Order {}\n", "public abstract class Order {}\n", "symbol.changed-now Order"),
    ("public class Order { public void ship() {} }\n", "public class Order { public static void ship() {} }\n", "symbol.changed-now Order.ship()"),
    ("public class Order { public static int id; }\n", "public class Order { public int id; }\n", "symbol.changed-no-longer Order.id"),
    ("public class Order {}\n", "public interface Order {}\n", "symbol.changed-kind Order"),
    ("public class Order implements Cloneable {}\n", "public class Order {}\n", "symbol.changed-bases Order"),
    ("public class Order { public int id; }\n", "public class Order { public String id; }\n", "symbol.value-type Order.id"),
    ("public class Order { public int id() { return 1; } }\n", "public class Order { public String id() { return null; } }\n", "symbol.result Order.id()"),
    ("public class Order { public void ship() {} }\n", "public class Order { public void ship() throws java.io.IOException {} }\n", "symbol.added-exception Order.ship()"),
    ("public class Order { public void ship() throws java.io.IOException {} }\n", "public class Order { public void ship() {} }\n", "symbol.removed-exception Order.ship()"),
    ("public class Lost extends RuntimeException {}\n", "public class Lost extends Exception {}\n", "symbol.changed-bases Lost\nsymbol.changed-checked Lost"),
    ("public class Order {}\n", "public class Order<T> {}\n", "symbol.added-type-parameter Order"),
    ("public class Order<T> {}\n", "public class Order<T extends Number> {}\n", "symbol.changed-type-parameters Order"),
    # What breaks nobody.
    ("public class Order { void ship() {} private int a; }\n", "public class Order {}\n", ""),
    ("class Order { public void ship() {} }\n", "class Order {}\n", ""),
    ("public class Order { @Override public String toString() { return null; } }\n", "public class Order {}\n", ""),
    ("public class Order extends Base { public void ship() {} }\nclass Base {}\n", "public class Order extends Base {}\nclass Base { public void ship() {} }\n", ""),
    ("public class Order { public void ship(int a) {} }\n", "public class Order { public void ship(final int b) {} }\n", ""),
    ("public final class Order { protected void ship() {} }\n", "public final class Order {}\n", ""),
    ("public class Order<T> { public T a; }\n", "public class Order<E> { public E a; }\n", ""),
    ("public interface Order { void ship(); }\n", "public interface Order { void ship(); default void track() {} }\n", ""),
    ("public class Order { public void ship() throws IllegalStateException {} }\n", "public class Order { public void ship() {} }\n", ""),
    ("public class Order { private Order() {} }\n", "public final class Order { private Order() {} }\n", ""),
    ("public class Order {}\n", "public class Order { public Order() {} }\n", ""),
    ("import java.util.List;\npublic class Order { public List<String> a; }\n", "public class Order { public java.util.List<String> a; }\n", ""),
)  # fmt: skip

_BARE = '[package]\nname = "shop"\nversion = "1.0.0"\n\n[features]\n'
RUST = _pairs(
    "rust",
    ("pub fn ship() {}\n", "", "symbol.removed ship()"),
    ("pub fn ship(_: u32, _: u32) {}\n", "pub fn ship(_: u32) {}\n", "symbol.signature ship()"),
    ("pub fn ship() -> u32 { 1 }\n", "pub fn ship() {}\n", "symbol.result ship()"),
    ("pub fn ship() {}\n", "pub unsafe fn ship() {}\n", "symbol.changed-now ship()"),
    ("pub const fn ship() {}\n", "pub fn ship() {}\n", "symbol.changed-no-longer ship()"),
    ("pub fn ship<T>(a: T) {}\n", "pub fn ship<T: Copy>(a: T) {}\n", "symbol.added-bound ship()"),
    ("pub struct O;\nimpl O { pub fn ship(&self) {} }\n", "pub struct O;\nimpl O { pub fn ship(&mut self) {} }\n", "symbol.changed-receiver O.ship()"),
    ("pub trait Ship { fn ship(&self); }\n", "pub trait Ship { fn ship(&self); fn track(&self); }\n", "symbol.added-required Ship"),
    ("pub trait Ship { fn ship(&self) {} }\n", "pub trait Ship { fn ship(&self); }\n", "symbol.removed-default Ship"),
    ("pub trait Ship { type Key; }\n", "pub trait Ship {}\n", "symbol.removed Ship.Key"),
    ("pub trait Ship {}\n", "pub trait Ship: Clone {}\n", "symbol.changed-supertrait Ship\nsymbol.changed-dyn Ship"),
    ("pub trait Ship: Send {}\n", "pub trait Ship {}\n", "symbol.changed-bases Ship"),
    ("pub trait Ship {}\n", "mod private { pub trait Sealed {} }\npub trait Ship: private::Sealed {}\n", "symbol.changed-sealed Ship"),
    ("pub trait Ship { fn a(&self); }\n", "pub trait Ship { fn a(&self); fn b<T>(&self, t: T) {} }\n", "symbol.changed-dyn Ship"),
    ("pub enum State { Open, Paid }\n", "pub enum State { Open, Paid, Sent }\n", "symbol.added-variant State"),
    ("pub enum State { Open(u8) }\n", "pub enum State { Open(u8, u8) }\n", "symbol.added-field State.Open"),
    ("pub enum State { Open }\n", "pub enum State { Open(u8) }\n", "symbol.changed-kind State.Open"),
    ("pub enum State { Open = 1 }\n", "pub enum State { Open = 2 }\n", "symbol.changed-number State.Open"),
    ("pub struct O { pub a: u8 }\n", "pub struct O { pub a: u8, pub b: u8 }\n", "symbol.added-field O"),
    ("pub struct O { pub a: u8 }\n", "pub struct O { pub a: String }\n", "symbol.value-type O.a"),
    ("pub struct O { pub a: u8 }\n", "pub struct O { a: u8 }\n", "symbol.visibility O.a"),
    ("pub struct O { pub a: u8 }\n", "#[non_exhaustive]\npub struct O { pub a: u8 }\n", "symbol.changed-now O"),
    ("pub struct O;\n", "pub enum O {}\n", "symbol.changed-kind O"),
    ("pub fn ship<T: Copy>(a: T) {}\n", "pub fn ship<T: Default>(a: T) {}\n", "symbol.changed-type-parameters ship()"),
    ("pub struct O<T>(T);\n", "pub struct O<T, U>(T, U);\n", "symbol.added-type-parameter O"),
    ("#[derive(Debug, Clone)]\npub struct O;\n", "#[derive(Debug)]\npub struct O;\n", "symbol.changed-bases O"),
    ("pub struct O;\nimpl Clone for O { fn clone(&self) -> O { O } }\n", "pub struct O;\n", "symbol.changed-bases O"),
    ("#[repr(u8)]\npub enum O { A }\n", "pub enum O { A }\n", "symbol.changed-layout O"),
    ("#[repr(C)]\npub struct O { pub a: u8, pub b: u8 }\n", "#[repr(C)]\npub struct O { pub b: u8, pub a: u8 }\n", "symbol.changed-order O"),
    ("mod inner { pub fn ship() {} }\npub use inner::ship;\n", "mod inner { pub fn ship() {} }\n", "symbol.removed-export ship"),
    ("pub mod inner { pub fn ship() {} }\npub use inner::ship;\n", "pub mod inner { pub fn ship() {} }\n", "symbol.removed-export ship"),
    ("pub fn ship() {}\n", "#[doc(hidden)]\npub fn ship() {}\n", "symbol.changed-hidden ship()"),
    ("#[macro_export]\nmacro_rules! ship { () => {} }\n", "macro_rules! ship { () => {} }\n", "symbol.removed-export ship!"),
    ("pub fn ship() {}\n", '#[cfg(feature = "fast")]\npub fn ship() {}\n', "symbol.added-condition ship()"),
    (f"== Cargo.toml\n{_BARE}fast = []\n", f"== Cargo.toml\n{_BARE}", "symbol.removed-feature fast"),
    (f'== Cargo.toml\n{_BARE}default = ["fast"]\nfast = []\n', f"== Cargo.toml\n{_BARE}default = []\nfast = []\n", "symbol.removed-from-default fast"),
    ("pub mod inner { pub fn ship() {} }\n", "mod inner { pub fn ship() {} }\n", "symbol.removed inner"),
    ("pub static LIMIT: u32 = 1;\n", "pub static mut LIMIT: u32 = 1;\n", "symbol.changed-now LIMIT"),
    # What breaks nobody.
    ("#[doc(hidden)]\npub fn ship() {}\n", "", ""),
    ("fn ship() {}\nstruct O;\nimpl O { pub fn ship(&self) {} }\n", "struct O;\n", ""),
    ("mod inner { pub struct O; impl O { pub fn ship(&self) {} } }\n", "mod inner { pub struct O; }\n", ""),
    ("pub fn ship() {}\n", "mod inner { pub fn ship() {} }\npub use inner::*;\n", ""),
    ("pub fn ship() {}\n", "mod inner { pub fn pack() {} }\npub use inner::pack as ship;\n", ""),
    ("use std::future::Future;\npub fn ship() -> impl Future<Output = ()> { async {} }\n", "pub async fn ship() {}\n", ""),
    ("pub enum State { Open }\n", "wrap! { pub enum State { Open } }\n", ""),
    ("pub enum State { Open }\nimpl State { pub fn a(&self) {} }\n", "wrap! { pub enum State { Open } }\n", ""),
    ("#[non_exhaustive]\npub enum State { Open }\n", "#[non_exhaustive]\npub enum State { Open, Paid }\n", ""),
    ("pub struct O { pub a: u8, b: u8 }\n", "pub struct O { pub a: u8, b: u8, c: u8 }\n", ""),
    ("pub trait Ship { fn ship(&self); }\n", "pub trait Ship { fn ship(&self); fn track(&self) {} }\n", ""),
    ("mod private { pub trait Sealed {} }\npub trait Ship: private::Sealed { fn a(&self); }\n", "mod private { pub trait Sealed {} }\npub trait Ship: private::Sealed { fn a(&self); fn b(&self); }\n", ""),
    ("pub struct O;\nimpl O { pub fn ship(self) {} }\n", "pub struct O;\nimpl O { pub fn ship(&self) {} }\n", ""),
    ("#[derive(Clone)]\npub struct O;\n", "pub struct O;\nimpl Clone for O { fn clone(&self) -> O { O } }\n", ""),
    ("pub struct O;\nimpl O { pub fn ship(&self) {} }\n", "pub struct O;\npub trait Ship { fn ship(&self); }\nimpl Ship for O { fn ship(&self) {} }\n", ""),
    ("pub mod a { pub fn ship() {} }\n", "mod b { pub fn ship() {} }\npub mod a { pub use super::b::ship; }\n", ""),
    ("pub fn ship() {}\n#[macro_export]\nmacro_rules! pack { () => {} }\n", "pub use shop_core::*;\n", ""),
    ("pub struct O;\nimpl Into<u8> for O { fn into(self) -> u8 { 1 } }\n", "pub struct O;\nimpl From<O> for u8 { fn from(o: O) -> u8 { 1 } }\n", ""),
    ("pub fn ship<T: Copy>(a: T) {}\n", "pub fn ship<T: Clone>(a: T) {}\n", ""),
    ("pub fn ship<I: Iterator>(a: I) where I::Item: Send {}\n", "pub fn ship<J: Iterator<Item: Send>>(a: J) {}\n", ""),
    ("pub fn ship<'a>(a: &'a str) {}\n", "pub fn ship(a: &str) {}\n", ""),
    ("#[cfg(test)]\npub fn ship() {}\n", "", ""),
)  # fmt: skip
CSHARP = _pairs(
    "csharp",
    ("public class Order {}\n", "", "symbol.removed Order"),
    ("public class Order {}\n", "class Order {}\n", "symbol.visibility Order"),
    ("public class Order { public void Ship() {} }\n", "public class Order {}\n", "symbol.removed Order.Ship()"),
    ("public class Order { protected void Ship() {} }\n", "public class Order {}\n", "symbol.removed Order.Ship()"),
    ("public class Order { public int Id { get; set; } }\n", "public class Order { public int Id { get; } }\n", "symbol.removed Order.Id.set"),
    ("public class Order { public int Id { get; } }\n", "public class Order { public string Id { get; } }\n", "symbol.value-type Order.Id"),
    ("public class Order { public int Id() => 1; }\n", "public class Order { public string Id() => null; }\n", "symbol.result Order.Id()"),
    ("public class Order { public void Ship(int a) {} }\n", "public class Order { public void Ship(string a) {} }\n", "symbol.signature Order.Ship()"),
    ("public class Order { public void Ship() {} }\n", "public class Order { public void Ship(int a = 1) {} }\n", "symbol.signature Order.Ship()"),
    ("public class Order { public void A() {} public void A(int b) {} }\n", "public class Order { public void A() {} }\n", "symbol.removed-overload Order.A()"),
    ("public interface IOrder { void Ship(); }\n", "public interface IOrder { void Ship(); void Track(); }\n", "symbol.added-required IOrder"),
    ("public abstract class Order {}\n", "public abstract class Order { public abstract void Ship(); }\n", "symbol.added-required Order"),
    ("public class Order {}\n", "public sealed class Order {}\n", "symbol.changed-now Order"),
    ("public class Order {}\n", "public abstract class Order {}\n", "symbol.changed-now Order"),
    ("public class Order { public virtual void Ship() {} }\n", "public class Order { public void Ship() {} }\n", "symbol.changed-no-longer Order.Ship()"),
    ("public class Order { public void Ship() {} }\n", "public class Order { public static void Ship() {} }\n", "symbol.changed-now Order.Ship()"),
    ("public class Order { public int id; }\n", "public class Order { public readonly int id; }\n", "symbol.changed-now Order.id"),
    ("public class Order : System.IDisposable {}\n", "public class Order {}\n", "symbol.changed-bases Order"),
    ("public class Order {}\n", "public struct Order {}\n", "symbol.changed-kind Order"),
    ("public enum State { Open, Paid }\n", "public enum State { Open }\n", "symbol.removed State.Paid"),
    ("public enum State { Open, Paid }\n", "public enum State { New, Open, Paid }\n", "symbol.changed-number State.Open\nsymbol.changed-number State.Paid"),
    ("public delegate void Ship(int a);\n", "public delegate void Ship(string a);\n", "symbol.signature Ship()"),
    ("public class Box<T> {}\n", "public class Box<T> where T : class {}\n", "symbol.changed-type-parameters Box"),
    ("public class Order { }\n", "public class Order { public required int Id { get; set; } }\n", "symbol.added-element Order"),
    ("namespace A { public class Order {} }\n", "namespace B { public class Order {} }\n", "symbol.changed-home Order"),
    ("public record Order(int Id);\n", "public record Order(int Id, string Note);\n", "symbol.signature Order.Order()"),
    ("public interface IAsk : IAny {}\npublic interface IAny {}\n", "public interface IAsk : IOther {}\npublic interface IAny {}\npublic interface IOther {}\n", "symbol.changed-bases IAsk\nsymbol.changed-supertrait IAsk"),
    # What breaks nobody.
    ("public interface IAsk : IAsk<int> {}\npublic interface IAsk<T> : IAny {}\npublic interface IAny {}\n", "public interface IAsk : IAsk<int>, IAny {}\npublic interface IAsk<T> : IAny {}\npublic interface IAny {}\n", ""),
    ("public class Order : IHas<int> {}\npublic interface IHas<T> {}\n", "public class Order : Base<int> {}\npublic class Base<T> : IHas<T> {}\npublic interface IHas<T> {}\n", ""),
    ("public class Order { public override string ToString() => null; }\n", "public class Order {}\n", ""),
    ("public class Order { internal void Ship() {} int a; private int b; }\n", "public class Order {}\n", ""),
    ("class Order { public void Ship() {} }\n", "class Order {}\n", ""),
    ("public sealed class Order { protected void Ship() {} }\n", "public sealed class Order {}\n", ""),
    ("public class Base {}\npublic class Order : Base { public void Ship() {} }\n", "public class Base { public void Ship() {} }\npublic class Order : Base {}\n", ""),
    ("public class Order { public string Note(string? a) => a; }\n", "public class Order { public string? Note(string a) => a; }\n", ""),
    ("public class Order { public System.String A() => null; }\n", "public class Order { public string A() => null; }\n", ""),
    ("public interface IOrder { void Ship(); }\n", "public interface IOrder { void Ship(); void Track() {} }\n", ""),
    ("public class Order : System.IDisposable { void System.IDisposable.Dispose() {} }\n", "public class Order : System.IDisposable { public void Dispose() {} }\n", ""),
    ("public class Order { [System.Obsolete] public void A() {} public int B { get; } }\n", "public class Order { [System.Obsolete] public void A() {} public int B { get; set; } }\n", ""),
)  # fmt: skip
_CLASS = "public {}class org/acme/Order {}{{\n{}}}\n"
_SHIP = "\tpublic final fun ship (I)V\n"
_ABSTRACT = "\tpublic abstract fun ship ()V\n"
_SHIPS = (
    f"\n== other/api/other.api\npublic abstract interface class org/acme/Ship {{\n{_ABSTRACT}}}\n"
)
KOTLIN = _pairs(
    "kotlin",
    (_CLASS.format("final ", "", ""), "", "symbol.removed Order"),
    (_CLASS.format("final ", "", _SHIP), _CLASS.format("final ", "", ""), "symbol.removed Order.ship()"),
    (_CLASS.format("final ", "", _SHIP), _CLASS.format("final ", "", _SHIP.replace("I", "J")), "symbol.signature Order.ship()"),
    (_CLASS.format("final ", "", _SHIP + _SHIP.replace("I", "J")), _CLASS.format("final ", "", _SHIP), "symbol.removed-overload Order.ship()"),
    (_CLASS.format("", "", ""), _CLASS.format("final ", "", ""), "symbol.changed-now Order"),
    (_CLASS.format("final ", ": java/io/Closeable ", ""), _CLASS.format("final ", "", ""), "symbol.changed-bases Order"),
    ("public abstract interface org/acme/Ship {\n}\n".replace("abstract interface", "abstract interface class"),
     "public abstract interface class org/acme/Ship {\n\tpublic abstract fun ship ()V\n}\n", "symbol.added-required Ship"),
    ("public final class org/acme/ShipKt {\n\tpublic static final fun ship (I)V\n}\n", "public final class org/acme/ShipKt {\n}\n", "symbol.removed ship()"),
    ("public final class org/acme/ShipKt {\n\tpublic static final fun ship (I)V\n}\n", "", "symbol.removed ship()"),
    # What breaks nobody.
    ("public final class org/acme/ShipKt {\n\tpublic static final fun ship (I)V\n}\n",
     "public final class org/acme/OrderKt {\n\tpublic static final fun ship (I)V\n}\n", ""),
    (_CLASS.format("final ", "", "\tpublic final fun getLambda$19$app ()V\n"), _CLASS.format("final ", "", ""), ""),
    (_CLASS.format("abstract ", ": org/acme/Ship ", "") + _SHIPS, _CLASS.format("abstract ", ": org/acme/Ship ", _ABSTRACT) + _SHIPS, ""),
    (_CLASS.format("", ": org/acme/Ship ", _SHIP.replace("(I)", "()")) + _SHIPS, _CLASS.format("", ": org/acme/Base ", "")
     + "\npublic abstract class org/acme/Base : org/acme/Ship {\n\tpublic final fun ship ()V\n}\n" + _SHIPS, ""),
    (_CLASS.format("final ", "", "\tpublic static synthetic fun ship$default (I)V\n"), _CLASS.format("final ", "", ""), ""),
    (_CLASS.format("final ", "", ""), _CLASS.format("final ", "", _SHIP), ""),
    (_CLASS.format("final ", "", _SHIP + "\tpublic fun <init> ()V\n"), _CLASS.format("final ", "", "\tpublic fun <init> ()V\n" + _SHIP), ""),
)  # fmt: skip
PAIRS = (*GO, *JAVA, *RUST, *CSHARP, *KOTLIN)
