"""What only several files or their people show: references to what is gone, declared entries, commits."""

from __future__ import annotations

from diff_insight.kinds.kind import Across, Custom, Form, Kind, Proof, Trait, Variant
from diff_insight.model.story import Role

ROWS: tuple[Kind, ...] = (
    Kind("reference.broken", Role.CHANGE, 72, across=Across("references.files", 3, names="target"),
         variants=(Variant(suffix=".moved", form=Form.SENTENCE, holds=("moved",)),),
         traits=Trait.SELF_NAMED | Trait.REFERENCE, proof=Proof.GONE),
    Kind("reference.broken-anchor", Role.CHANGE, 64, join=Custom("references.broken-anchors"),
         across=Across("references.anchors", 3, names="target"), traits=Trait.SELF_NAMED | Trait.REFERENCE,
         proof=Proof.GONE),
    Kind("references.broken-anchors", Role.CHANGE, 64,
         across=Across("references.anchors", 3, names="target"), traits=Trait.ITEM | Trait.REFERENCE),
    Kind("references.files", Role.CHANGE, 72, traits=Trait.ITEM | Trait.REFERENCE),
    Kind("references.anchors", Role.CHANGE, 64, traits=Trait.ITEM | Trait.REFERENCE),
    Kind("entry.declared", Role.CHANGE, 80, traits=Trait.ITEM),
    Kind("entries.declared", Role.CHANGE, 80, traits=Trait.ITEM),
    Kind("files.locked", Role.HOUSEKEEPING, 6, alone=46, traits=Trait.ITEM),
    Kind("housekeeping.comments", Role.HOUSEKEEPING, 7, alone=19, traits=Trait.ITEM),
    Kind("commit.subject", Role.CHANGE, 20, traits=Trait.QUOTED | Trait.SUBJECT),
    Kind("thread.said", Role.CHANGE, 50, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE, variants=(
        Variant(suffix=".scoped", form=Form.PHRASE, holds=("scope", "changelog")),
        Variant(suffix=".numbered", form=Form.PHRASE, holds=("number",)),
        Variant(suffix=".release", form=Form.SENTENCE, holds=("changelog", "since")),
        Variant(suffix=".changelog", form=Form.SENTENCE, holds=("changelog",)),
        Variant(suffix=".pull-request", form=Form.SENTENCE, holds=("number",)),
    )),
    Kind("thread.substitution", Role.CHANGE, 54, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE),
    Kind("thread.translations", Role.CHANGE, 12, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE),
    Kind("thread.contradicted", Role.CHANGE, 52, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE),
    Kind("thread.corrections", Role.CHANGE, 40, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE),
    Kind("thread.action", Role.CHANGE, 0, traits=Trait.ITEM | Trait.SELF_NAMED | Trait.VOICE),
    Kind("commit.fix", Role.CHANGE, 20, traits=Trait.QUOTED | Trait.FIX),
)  # fmt: skip
