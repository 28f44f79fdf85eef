"""Catalogs read by own code say what Babel reads in them."""

from __future__ import annotations

from io import BytesIO, StringIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.localization.po_file import read_messages

HEAD = 'msgid ""\nmsgstr ""\n"Language: fr_FR\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
TEXTS = st.text(st.sampled_from('ab "\\\n\t\rn{}…。'), min_size=1, max_size=120)


def test_messages_plural_forms_and_the_rule() -> None:
    text = HEAD + (
        '\n#. a comment\n#, no-wrap\nmsgid "a"\nmsgstr "one \\"x\\" \\\\n"\n'
        '\nmsgid "b"\nmsgid_plural "b"\nmsgstr[0] "file"\nmsgstr[1] ""\n"fi"\n"les\\n"\n'
        '\n#~ msgid "gone"\n#~ msgstr "gone"\n'
    )
    assert read_messages(text) == ({"a": 'one "x" \\n', "b": ("file", "files\n")}, "(n > 1)")


def test_a_catalog_that_tells_no_rule_has_one_form() -> None:
    assert read_messages('msgid ""\nmsgstr ""\n"Language: xx\\n"\n') == ({}, "0")


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.from_regex(r"[a-z.-]{1,20}", fullmatch=True), st.one_of(TEXTS, st.tuples(TEXTS, TEXTS)), max_size=5))  # fmt: skip
def test_whatever_babel_writes_is_read_as_babel_reads_it(
    messages: dict[str, str | tuple[str, str]],
) -> None:
    catalog = Catalog("fr_FR")
    for key, text in messages.items():
        catalog.add(key if isinstance(text, str) else (key, key), text)
    written = BytesIO()
    write_po(written, catalog, width=40)
    text = written.getvalue().decode("utf-8")
    told = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        if isinstance(message.string, str)
        else tuple(message.string or ())
        for message in read_po(StringIO(text), locale="fr_FR")
        if message.id
    }
    assert read_messages(text)[0] == told
