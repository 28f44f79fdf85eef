"""Types of Java that stand in a file of another language afterwards are not gone."""

from __future__ import annotations

import pytest

from support.api import api_changes, breaking

_BUILD = {"build.gradle": "plugins { id 'java-library'\n id 'maven-publish' }\n"}
_OLD = {
    "src/main/java/shop/Order.java": "package shop;\npublic class Order { public void ship() {} }\n"
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/main/java/shop/Order.kt", "package shop\n\npublic class Order { fun ship() {} }\n"),
        ("src/main/kotlin/shop/Orders.kt", "package shop\n\nopen class Order { fun ship() {} }\n"),
        ("src/main/scala/shop/Order.scala", "package shop\n\ntrait Order { def ship(): Unit }\n"),
        ("src/main/kotlin/shop/Types.kt", "package shop\n\ntypealias Order = other.Order\n"),
    ],
)
def test_a_type_that_another_language_declares_is_not_removed(path: str, text: str) -> None:
    assert not api_changes({**_BUILD, **_OLD}, {**_BUILD, path: text})


@pytest.mark.parametrize(
    "text",
    [
        "package other\n\nclass Order\n",
        "package shop\n\nclass Orders\n",
        "package shop\n\nval Order = 1\n",
    ],
)
def test_a_type_of_another_package_or_name_stands_in_for_nothing(text: str) -> None:
    changes = api_changes({**_BUILD, **_OLD}, {**_BUILD, "src/main/kotlin/shop/Order.kt": text})
    assert ("symbol.removed", "Order") in breaking(changes)
