"""Types of five languages: what certainly never fits, and everything else, which may."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.code.value_types import never_fits

NEVER = {
    "go": [
        "int string", "int int64", "string []string", "[]string string", "Foo *Foo", "*Foo Foo",
        "any string", "error string", "int error", "[]int []string", "map[string]int map[string]bool",
        "[]Foo []*Foo", "*Foo []Foo", "interface{} int", "map[string]int []int", "func(int) func(string)",
    ],
    "java": [
        "int String", "long int", "String int", "Object String", "String String[]", "String[] String",
        "List<String> List<Integer>", "boolean int", "Optional<String> String",
        "int[] long", "CharSequence String",
    ],
    "csharp": [
        "int string", "long int", "string int", "int? int", "string string[]", "object string",
        "List<int> List<long>", "Task<int> int", "Task<Foo> Foo", "string[] string", "int[] long[]",
        "double decimal",
    ],
    "rust": [
        "u32 u64", "String &str", "&str String", "Foo &Foo", "&Foo Foo", "Option<u32> u32", "u32 Option<u32>",
        "Foo Option<Foo>", "&T &mut T", "Vec<u8> Vec<u16>", "(u8,u8) (u8,u16)", "Result<u32,E> u32",
        "&u32 &u64", "&mut Foo Foo", "Vec<u8> &[u8]",
    ],
    "typescript": [
        "string number", "string|number string", "string string[]", "string[] number[]", "Promise<string> string",
        "string 'a'|'b'", "1 string", "Foo|number string", "boolean true", "true string",
    ],
}  # fmt: skip
MAY = {
    "go": [
        "string any", "*os.File io.Reader", "string Path", "Path string", "string ...string", "byte uint8",
        "rune int32", "[]Foo []Bar", "interface{} any", "*MyErr error", "chan<-int <-chan", "Foo pkg.Foo",
        "[]byte []uint8", "Foo[int] Foo[string]", "struct{} int", "string T", "[4]int []int",
    ],
    "java": [
        "int long", "int Integer", "Integer int", "String Object", "ArrayList<String> List<String>",
        "T String", "TValue String", "ID String", "String... String[]", "String String...", "char int",
        "@Nullable~String String", "java.lang.String String", "Foo Bar", "int Object", "String[] Object[]",
        "final~int int",
    ],
    "csharp": [
        "int long", "int int?", "string string?", "string? string", "Foo string", "string Foo",
        "List<int> IEnumerable<int>", "string ReadOnlySpan<char>", "Task<int> ValueTask<int>", "String string",
        "int object", "char int",
    ],
    "rust": [
        "&String &str", "&Vec<u8> &[u8]", "&mut~Foo &Foo", "&str impl~Into<String>", "Foo Bar", "String T",
        "T &T", "&'a~str &str", "&T T", "Box<Foo> Foo", "Foo u32", "Rc<Foo> Rc<Bar>", "&Foo &Bar",
    ],
    "typescript": [
        "string string|number", "'a' string", "string unknown", "string any", "string Foo", "Foo string",
        "string|undefined string", "string Promise<string>", "true boolean", "1|2 number", "()=>string string",
        "string void", "string readonly~string[]", "'a' 'a'|'b'", "string undefined",
    ],
    "python": ["int str"],
    "": ["int string"],
}  # fmt: skip


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, pair) for language, pairs in table.items() for pair in pairs]


def parts(pair: str) -> tuple[str, str]:
    given_, wanted = pair.replace("&mut ", "&mut~").split(" ")
    return given_.replace("~", " "), wanted.replace("~", " ")


@pytest.mark.parametrize(("language", "pair"), cases(NEVER))
def test_what_never_fits(language: str, pair: str) -> None:
    assert never_fits(*parts(pair), language)


@pytest.mark.parametrize(("language", "pair"), cases(MAY))
def test_what_may_fit(language: str, pair: str) -> None:
    assert not never_fits(*parts(pair), language)


@given(
    st.text(alphabet="int[]*&<>string|?., mutOption()'\"", max_size=40),
    st.text(alphabet="int[]*&<>string|?., mutOption()'\"", max_size=40),
    st.sampled_from(["go", "java", "csharp", "rust", "typescript", "cobol"]),
)
@settings(max_examples=200, deadline=None)
def test_any_text(first: str, second: str, language: str) -> None:
    never_fits(first, second, language)
    assert not never_fits(first, first, language)
