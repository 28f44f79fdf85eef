"""The form of a row: everything that the rest of the program wants to know of a kind."""

from __future__ import annotations

from enum import Flag, StrEnum, auto

from msgspec import Struct

from diff_insight.model.messages import Params
from diff_insight.model.story import Role


class Trait(Flag):
    """What holds for items of a kind, whatever their parameters are."""

    NONE = 0
    ITEM = auto()  # made by the story out of facts; no family makes it
    #: Told in the small: explanations put single edits behind everything else.
    EDIT = auto()
    #: A new, lost or reworded passage of text; many of them in one file are a rewriting.
    PASSAGE = auto()
    #: New words of a page, which may say what can be had from now on or not any more.
    NEW_TEXT = auto()
    #: Says what was said before: under another heading, or in another language.
    SAID_BEFORE = auto()
    #: A passage that came; others of a rewriting are read behind it.
    NEW_PASSAGE = auto()
    #: A passage whose words are others.
    REWORDED_PASSAGE = auto()
    #: A passage that went: a rewriting of these alone makes a page shorter.
    LOST_PASSAGE = auto()
    #: May be an entry under a heading of a changelog, which declares it.
    ENTRY = auto()
    #: A note or a warning, by which authors ask for attention.
    CALLOUT = auto()
    #: Goes with the section that it stood in.
    IN_SECTION = auto()
    #: A section that came.
    SECTION_COMES = auto()
    #: A section that went, with what stood in it.
    SECTION_GOES = auto()
    #: A heading that came: in a changelog no news.
    NEW_SECTION = auto()
    #: A heading that went, whose anchor others may link to.
    LOSES_ANCHOR = auto()
    #: A changed line of code on a page; with changed blocks it is counted once.
    CODE_LINE = auto()
    #: A changed block of code on a page.
    CODE_BLOCK = auto()
    #: The version of its language or platform that a package asks for.
    RUNTIME = auto()
    #: The date that a page gives itself.
    PAGE_DATE = auto()
    #: Has parts to list where there is room.
    DETAILED = auto()
    #: Several that came to, or went from, the very same files are one item.
    WITH_SAME_FILES = auto()
    #: Its words say what they speak of, so that a title needs no name of the file.
    SELF_NAMED = auto()
    #: Its words name the file, so that no link has to.
    NAMES_FILE = auto()
    #: Speaks of an address or a place that may be the same name in another folder.
    MOVES_FILE = auto()
    #: About code and what stands in structured files: unseen by users in tests and samples.
    CODE = auto()
    #: About a symbol, whose name may be private.
    SYMBOL = auto()
    #: What the text of a file says of a name that is gone from it, or hidden.
    NAME_GONE = auto()
    #: What the text of a file says of a symbol that changed; a comparison of public APIs says it better.
    SYMBOL_CHANGED = auto()
    #: About symbols or parameters that came.
    NEW_SYMBOL = auto()
    #: May have come from another file, which lost it.
    ARRIVES = auto()
    #: May have gone to another file, which gained it.
    LEAVES = auto()
    #: About an interface or what a package asks for, whatever the file is called.
    INTERFACE = auto()
    #: A version that moved: its step counts.
    STEP = auto()
    #: A dependency that came, went or moved: counts less where nobody installs it with a package.
    DEPENDENCY = auto()
    #: Its subject is a name even where it is a plain word, such as a package.
    NAMED = auto()
    #: Several steps of one subject, such as the lines of a product, are one piece of news.
    LINES = auto()
    #: Its subject is no more than the word before a number.
    UNNAMED = auto()
    #: Its new name is a subject that people may speak of.
    NEW_NAME = auto()
    #: Says nothing of what changed.
    UNTOLD = auto()
    #: No word of the whole change is another.
    COSMETIC = auto()
    #: Words stayed and their markup changed.
    MARKUP = auto()
    #: Speaks of all that changed in its file, though it names no lines.
    WHOLE_CONTENT = auto()
    #: Has a sentence of its own (`.rest`) for when nothing else is left to tell of a file.
    REST = auto()
    #: The same edit of many files is joined by kind, whatever its values are.
    ANY_VALUE = auto()
    #: Files elsewhere that still refer to what is gone.
    REFERENCE = auto()
    #: What people wrote, quoted behind what it explains; no item of its own.
    QUOTED = auto()
    #: The first line of a commit.
    SUBJECT = auto()
    #: People say that it mends something.
    FIX = auto()
    #: Says where something changed, not what: it proves nothing that people say.
    VAGUE = auto()
    #: What people say, or what the range as a whole comes to; it leads, and facts prove it.
    VOICE = auto()
    #: Says what came or what went, and nothing of what stands in its place.
    ONE_SIDE = auto()
    #: May be marked breaking.
    BREAKS = auto()


class Proof(Flag):
    """What a claim of this kind needs before it may be made."""

    NONE = 0
    #: The head has it nowhere it may have gone to.
    GONE = auto()
    #: The base has it nowhere it may have come from.
    NEW = auto()
    #: Both sides differ as a reader sees them, after markup, white space and encoding.
    SAME_CONTENT = auto()
    #: Both versions of the file were read as a whole.
    WHOLE = auto()


class Reach(StrEnum):
    """What in code elsewhere the subject of a fact is known by."""

    #: A name that is imported; resolved where its language is read.
    SYMBOL = "symbol"
    #: The name of a product, model, service: it stands as a value, in quotes or in code.
    NAME = "name"
    #: The same, where its row in a table gives it a deadline.
    DEADLINE = "deadline"
    #: A key, command, option or path of an interface.
    KEY = "key"
    #: The address of a page or a file, by the path of the changed file.
    ADDRESS = "address"


class Touch(StrEnum):
    """Which uses of a symbol a change reaches."""

    #: Every mention.
    ANY = "any"
    #: Mentions that say where it comes from: imports, and names behind their module.
    ORIGIN = "origin"
    #: Some mentions, which nobody can tell from the others: those of heirs, say.
    SOME = "some"
    #: Every call.
    CALL = "call"
    #: Calls that pass one of the parameters, by name or at its place.
    PASSES = "passes"
    #: Calls that pass one of the parameters by name.
    BY_NAME = "by-name"
    #: Calls that pass something at the place of one of the parameters.
    BY_PLACE = "by-place"
    #: Calls that do not pass one of the parameters.
    LACKS = "lacks"
    #: Mentions that are no calls: the function is handed on as a value.
    VALUE = "value"


class UsedBy(Struct, frozen=True):
    """How code elsewhere uses the subject of a kind.

    Attributes:
        reach: What the subject is known by.
        names: Parameters that hold the subject; the first that says something does.
        touch: Which uses of a symbol are meant.
        always: Whether a fact counts that breaks nothing: something is deprecated, or has a deadline.
    """

    reach: Reach = Reach.SYMBOL
    names: tuple[str, ...] = ("name", "old")
    touch: Touch = Touch.ANY
    always: bool = False


class Form(Flag):
    """Where a variant of words is used."""

    PHRASE = auto()
    SENTENCE = auto()
    BOTH = PHRASE | SENTENCE


class Variant(Struct, frozen=True, kw_only=True):
    """Other words for a kind when all that it asks of the parameters holds.

    Attributes:
        suffix: What is added to the key of the message.
        form: Whether phrases, sentences or both have it.
        repeated: Whether the edit that many files share has it too.
        holds: Parameters that say something.
        lacks: Parameters that are empty or not there.
        lacks_one: Parameters of which one at least is empty or not there.
        has: Parameters that are there, be they empty.
        single: Parameters that are 1.
        equal: Parameters and the value that they have.
    """

    suffix: str
    form: Form = Form.BOTH
    repeated: bool = False
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    lacks_one: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    equal: tuple[tuple[str, str], ...] = ()

    def applies(self, params: Params) -> bool:
        """Tell whether these words are the ones for some parameters."""
        return (
            all(params.get(name) for name in self.holds)
            and not any(params.get(name) for name in self.lacks)
            and not (self.lacks_one and all(params.get(name) for name in self.lacks_one))
            and all(name in params for name in self.has)
            and all(params.get(name) == 1 for name in self.single)
            and all(params.get(name) == value for name, value in self.equal)
        )


#: What is deprecated names what takes its place, or says something else about it.
DEPRECATED = (
    Variant(suffix=".instead", holds=("instead",)),
    Variant(suffix=".quoted", holds=("quote",)),
)


class Listed(Struct, frozen=True):
    """Facts of a file become one item that lists `name`, else `instead`, equal ones `once`; up to `apart` are told apart."""

    plural: str
    name: str
    once: bool = False
    apart: int = 1
    instead: str = ""


class Many(Struct, frozen=True):
    """More than `most` facts of one `what` become one item of names; breaking ones apart.

    `variants` are those of its words.
    """

    plural: str
    name: str
    most: int = 3
    variants: tuple[Variant, ...] = ()


class Alike(Struct, frozen=True):
    """Facts of a file with one value of the parameter `alike` become one item of names."""

    plural: str
    alike: str


class Custom(Struct, frozen=True):
    """Facts of a file become the item `plural` in a way of their own (`story/joiners.py`)."""

    plural: str


Join = Listed | Many | Alike | Custom


class Across(Struct, frozen=True):
    """Items of at least `least` files become one item of the kind `plural`.

    It lists the names of the files: `names` says what it lists instead, the titles of pages
    (`title`) or a parameter.
    """

    plural: str
    least: int
    names: str = ""


class Same(Struct, frozen=True):
    """The parameters that make facts of several files the same edit, told once from `least` files on.

    Those that differ in numbers alone, as in the pages of several versions, are one item of the kind `alike`.
    """

    params: tuple[str, ...] = ()
    least: int = 3
    alike: str = ""


class Kind(Struct, frozen=True):
    """One row: all that a kind of fact or item means.

    Attributes:
        name: As it stands in facts, items and keys of messages.
        role: Where its items belong in a report.
        salience: How much they weigh, 0 to 110, consequence before size (docs/salience.md).
        same: What makes facts of several files the same edit.
        join: How facts of one file become fewer items.
        across: How items of several files become one.
        variants: Other words for certain parameters; the first that applies is used.
        traits: What holds whatever the parameters are.
        proof: What the claim needs.
        counts: Counted nouns of its words, and the parameters that they count.
        alone: What it weighs as content where a range has nothing better; 0 where it never is.
        sweeping: What it weighs at least when its files are many.
        holds: Kinds of items that say what a file of this kind holds.
        used: How code elsewhere uses its subject; None where nobody can. Symbols are mentioned.
        served: Why what is gone is still served, or what came is not new -> the kind that it is told as then.
    """

    name: str
    role: Role
    salience: int
    same: Same | None = None
    join: Join | None = None
    across: Across | None = None
    variants: tuple[Variant, ...] = ()
    traits: Trait = Trait.NONE
    proof: Proof = Proof.NONE
    counts: tuple[tuple[str, str], ...] = ()
    alone: int = 0
    sweeping: int = 0
    holds: tuple[str, ...] = ()
    served: tuple[tuple[str, str], ...] = ()
    used: UsedBy | None = None

    @property
    def usage(self) -> UsedBy | None:
        """How code elsewhere uses its subject; a symbol is used wherever it is mentioned."""
        return self.used or (UsedBy() if self.has(Trait.SYMBOL) else None)

    def has(self, trait: Trait) -> bool:
        """Tell whether this kind has a trait, or one of several."""
        # Asked for every fact of every file: flags themselves are joined far more slowly.
        return bool(self.traits._value_ & trait._value_)
