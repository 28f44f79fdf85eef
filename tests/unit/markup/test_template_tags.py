"""Tags of site generators as readers of the page see them: none, a path, a value, or an ellipsis."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages.links import links_in
from diff_insight.facts.pages.passages import passages
from diff_insight.markup.plain import inline_words, words_of


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{{< call-out class="note" >}}', ""),
        ("{{</table>}}", ""),
        ("{{% icon-feature %}} The proxy is now faster.", "The proxy is now faster."),
        ("{{< deprecated-in 2.3 >}} Use `other` instead. {{< /deprecated-in >}}", "Use other instead."),
        ("Use {% data variables.product %} to build.", "Use … to build."),
        ("{% data variables.product %} lets you build.", "… lets you build."),
        ("Install version {{< param version >}}.", "Install version …."),
        ("{% if beta %}Only in the beta.{% endif %}", "Only in the beta."),
        ('{{< include "shared/install.md" >}}', "shared/install.md"),
        ('See [the log]({{< ref "/log/#543" >}}).', "See the log."),
        ("Write `{{< ref >}}` for it.", "Write {{< ref >}} for it."),
        ("{{</* ref */>}} is shown.", "{{</* ref */>}} is shown."),
        ("${{ github.sha }} stays.", "${{ github.sha }} stays."),
        (": (bool) Whether it is on.", "(bool) Whether it is on."),
        ("ends with a break\\", "ends with a break"),
    ],
)  # fmt: skip
def test_a_line_without_tags(line: str, words: str) -> None:
    assert words_of(line) == words


def test_a_cell_that_is_a_tag_has_its_name() -> None:
    assert inline_words("{{< yes >}}") == "yes"


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ('[Release 6]({{< ref "releases.md#r6" >}})', ["releases.md#r6"]),
        ("[Site]({{< param site >}})", []),
        ("[a](b.md) and {{< c >}}", ["b.md"]),
    ],
)
def test_a_link_leads_where_its_tag_names(line: str, targets: list[str]) -> None:
    assert [target for _, _, target, _ in links_in(line, 1)] == targets


def test_a_definition_stands_behind_its_term() -> None:
    lines = ["timeout", ": {{< new-in 1.2 />}}", ": Seconds to wait."]
    (passage,) = passages(list(enumerate(lines, 1)))
    assert words_of(passage.text) == "timeout: Seconds to wait."
