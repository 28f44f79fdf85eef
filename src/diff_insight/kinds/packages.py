"""What a package asks for: dependencies, runtimes, lock files."""

from __future__ import annotations

from diff_insight.kinds.kind import Across, Form, Kind, Many, Proof, Same, Trait, Variant
from diff_insight.model.story import Role

#: A package by its name, which counts less where nobody installs it.
_DEPENDENCY = Trait.INTERFACE | Trait.DEPENDENCY | Trait.NAMED | Trait.CODE
#: “9 dependencies” says of which sort they are, unless it is the plain one.
_PLAIN = (Variant(suffix=".plain", form=Form.SENTENCE, equal=(("what", "dependency"),)),)
ROWS: tuple[Kind, ...] = (
    Kind("dependency.unpinned", Role.CHANGE, 54, same=Same(("what", "name", "old", "new"), least=2),
         traits=Trait.INTERFACE | Trait.NAMED, proof=Proof.SAME_CONTENT | Proof.WHOLE),
    Kind("dependency.moved", Role.CHANGE, 46, same=Same(("what", "name", "old", "new"), least=2),
         join=Many("dependencies.moved", "name", most=6, variants=_PLAIN),
         variants=(Variant(suffix=".bare", repeated=True, lacks_one=("old", "new")),),
         traits=_DEPENDENCY | Trait.STEP | Trait.BREAKS, proof=Proof.SAME_CONTENT | Proof.WHOLE),
    Kind("dependency.replaced", Role.CHANGE, 45, traits=_DEPENDENCY | Trait.BREAKS,
         proof=Proof.GONE | Proof.NEW | Proof.WHOLE),
    Kind("dependency.removed", Role.CHANGE, 44, same=Same(("what", "name"), least=2),
         join=Many("dependencies.removed", "name", variants=_PLAIN), traits=_DEPENDENCY | Trait.ONE_SIDE,
         proof=Proof.GONE | Proof.WHOLE),
    Kind("dependency.added", Role.CHANGE, 43, same=Same(("what", "name", "new"), least=2),
         join=Many("dependencies.added", "name", variants=_PLAIN), variants=(Variant(suffix=".bare", lacks=("new",)),),
         traits=_DEPENDENCY | Trait.BREAKS | Trait.ONE_SIDE, proof=Proof.NEW | Proof.WHOLE),
    Kind("dependency.pinned", Role.CHANGE, 36, same=Same(("what", "name", "old", "new"), least=2),
         traits=Trait.INTERFACE | Trait.NAMED, proof=Proof.SAME_CONTENT | Proof.WHOLE),
    Kind("runtime.raised", Role.CHANGE, 56, same=Same(("name", "old", "new"), least=2),
         variants=(Variant(suffix=".first", lacks=("old",)),),
         traits=Trait.CODE | Trait.INTERFACE | Trait.NAMED | Trait.BREAKS | Trait.RUNTIME, proof=Proof.SAME_CONTENT | Proof.WHOLE),
    Kind("runtime.moved", Role.CHANGE, 44, same=Same(("name", "old", "new"), least=2),
         traits=Trait.CODE | Trait.INTERFACE | Trait.NAMED | Trait.BREAKS | Trait.RUNTIME, proof=Proof.SAME_CONTENT | Proof.WHOLE),
    Kind("lock.moved", Role.HOUSEKEEPING, 6, across=Across("files.locked", 2),
         proof=Proof.SAME_CONTENT | Proof.WHOLE,
         variants=(Variant(suffix=".one", form=Form.PHRASE, single=("count",)),),
         counts=(("packages_updated", "moved"), ("packages_added", "added"), ("packages_removed", "removed")),
         alone=46, traits=Trait.WHOLE_CONTENT),
    Kind("lock.replaced", Role.CHANGE, 48, proof=Proof.SAME_CONTENT | Proof.WHOLE, traits=Trait.WHOLE_CONTENT),
)  # fmt: skip
