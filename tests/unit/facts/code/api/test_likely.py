"""What a rule finds and cannot prove is only likely."""

from __future__ import annotations

from support.api import api_changes

_CARGO = {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n'}


def _certainties(
    around: dict[str, str], path: str, old: str, new: str
) -> list[tuple[str, object, bool]]:
    changes = api_changes({**around, path: old}, {**around, path: new})
    return [
        (change.kind, change.params.get("bases"), change.certain)
        for change in changes
        if change.breaking
    ]


def test_a_trait_that_came_may_bring_one_of_another_crate() -> None:
    old = "use rand_core::RngCore;\n\n#[derive(Clone)]\npub struct Dice;\n\nimpl RngCore for Dice {}\n"
    new = "use rand_core::TryRng;\n\npub struct Dice;\n\nimpl TryRng for Dice {}\n"
    assert _certainties(_CARGO, "src/lib.rs", old, new) == [
        ("symbol.changed-bases", ("Clone",), True),
        ("symbol.changed-bases", ("RngCore",), False),
    ]


def test_a_trait_that_went_and_nothing_came_for_it_is_lost() -> None:
    old = "use rand_core::RngCore;\n\npub struct Dice;\n\nimpl RngCore for Dice {}\n"
    assert _certainties(_CARGO, "src/lib.rs", old, "pub struct Dice;\n") == [
        ("symbol.changed-bases", ("RngCore",), True)
    ]


def test_a_property_that_gains_a_type_breaks_only_heirs_that_may_be() -> None:
    around = {
        "composer.json": '{"name": "acme/shop", "type": "library", "autoload": {"psr-4": {"Shop\\\\": "src/"}}}'
    }
    old, new = (
        f"<?php\nnamespace Shop;\nclass Order {{ public {type_}$a; }}\n" for type_ in ("", "int ")
    )
    assert _certainties(around, "src/Order.php", old, new) == [("symbol.value-type", None, False)]
    other = "<?php\nnamespace Shop;\nclass Order { public string $a; }\n"
    assert _certainties(around, "src/Order.php", new, other) == [("symbol.value-type", None, True)]
