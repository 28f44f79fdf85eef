"""Asks about files: shared requests, parts and their merge, one corrective retry, smaller questions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.endpoint_client import Client
from diff_insight.llm.client.exchange import EndpointError, Question, Trouble
from diff_insight.llm.prompting.answers import (
    AnswerError,
    RawFile,
    as_json,
    files_schema,
    read_files,
)
from diff_insight.llm.prompting.plan import Job, PatchPiece, parts_of
from diff_insight.llm.prompting.units import Unit
from diff_insight.llm.prompting.verify import Verdict, check_file
from diff_insight.markup.plain import clip

#: Output tokens allowed for each that is expected, and besides.
_ROOM, _SPARE = 2, 200
#: Smaller questions come out of a larger one at most this often.
_DEEPEST = 4
#: Characters of an answer that cannot be read which a second request shows.
_LONGEST_EARLIER = 2_000
#: A part of a file is not made smaller than this many tokens.
_SMALLEST = 300
FIRST, LATER = 1, 0


class _Turn(Struct, frozen=True):
    """When and why a question is asked.

    Attributes:
        priority: Who goes first.
        depth: How often it was made smaller.
        again: Why it goes out once more; empty for the first time.
    """

    priority: tuple[int, ...]
    depth: int = 0
    again: str = ""

    def later(self, again: str, *, deeper: bool = False) -> _Turn:
        """Return the turn of what comes out of this one; what was begun is ended first."""
        priority = (LATER, *self.priority[1:])
        return _Turn(priority, self.depth + deeper, again=again)


class FileAsker:
    """Asks about the files of one category."""

    def __init__(self, client: Client, desk: CategorySession, number: int) -> None:
        self._client = client
        self._desk = desk
        self._number = number

    async def ask(self, job: Job, order: int) -> None:
        """Ask about whole files; whatever happens, each of them is settled afterwards."""
        try:
            await self._settle(job, _Turn((FIRST, self._number, order)))
        except EndpointError as error:
            for piece in job.pieces:
                self._desk.give_up(piece.unit, error)

    async def ask_parts(self, jobs: Sequence[Job], order: int) -> None:
        """Ask about the parts of one large file, then about the whole from what they said."""
        unit = jobs[0].pieces[0].unit
        try:
            await self._merge(unit, jobs, _Turn((FIRST, self._number, order)))
        except EndpointError as error:
            self._desk.give_up(unit, error)

    async def _settle(self, job: Job, turn: _Turn) -> None:
        try:
            answer = await self._answer(job, turn)
        except EndpointError as error:
            await self._smaller(job, turn, error)
            return
        faults = list(answer.faults)
        wrong: list[tuple[PatchPiece, RawFile | None, Verdict]] = []
        locales: set[str] = set()
        for number, piece in enumerate(job.pieces, 1):
            entry = answer.entries.get(number)
            verdict = check_file(entry, piece, job.locales)
            self._desk.believe(piece.unit, verdict)
            if verdict.faults:
                wrong.append((piece, entry, verdict))
                locales |= set(verdict.faults)
        if not wrong:
            return
        for number, (_, _, verdict) in enumerate(wrong, 1):
            own = [fault for each in verdict.faults.values() for fault in each]
            faults += [f"file {number}: {fault}" if len(wrong) > 1 else fault for fault in own]
        again = Job(
            tuple(piece for piece, _, _ in wrong),
            tuple(locale for locale in job.locales if locale in locales),
        )
        earlier = as_json([entry for _, entry, _ in wrong], again.locales) or answer.text
        await self._correct(again, tuple(dict.fromkeys(faults)), earlier, turn)
        for piece, _, verdict in wrong:
            self._desk.save(piece.unit, verdict)
            self._desk.reject(piece.unit)

    async def _correct(self, job: Job, faults: Sequence[str], earlier: str, turn: _Turn) -> None:
        """Ask once more with the answer and its faults; what of the new one stands, or can be saved, is kept."""
        try:
            answer = await self._answer(job, turn.later("corrective"), faults, earlier)
        except EndpointError as error:
            if error.trouble not in _PERSISTENT:
                raise
            return
        for number, piece in enumerate(job.pieces, 1):
            missing = [name for name in self._desk.missing(piece.unit) if name in job.locales]
            verdict = check_file(answer.entries.get(number), piece, missing)
            self._desk.believe(piece.unit, verdict)
            self._desk.save(piece.unit, verdict)

    async def _answer(
        self, job: Job, turn: _Turn, faults: Sequence[str] = (), earlier: str = ""
    ) -> _Entries:
        """Return the entries of an answer; one that cannot be read has none, and says why."""
        question = file_question(job, self._desk.model, faults, earlier)
        answer = await self._client.ask(question, self._desk.ledger, turn.priority, turn.again)
        try:
            return _Entries(read_files(answer.text, len(job.pieces), job.locales))
        except AnswerError as error:
            return _Entries({}, (str(error),), clip(answer.text, _LONGEST_EARLIER))

    async def _smaller(self, job: Job, turn: _Turn, error: EndpointError) -> None:
        """Ask smaller questions after one that was too large or refused as a whole."""
        if turn.depth >= _DEEPEST or error.trouble not in _DIVISIBLE:
            raise error
        piece, trouble = job.pieces[0], error.trouble
        later = turn.later(str(trouble), deeper=True)
        most = piece.unit.tokens // 2**later.depth
        cut = trouble is Trouble.TOO_LARGE and piece.parts == 1 and not piece.notes
        if len(job.pieces) > 1:
            middle = len(job.pieces) // 2
            halves = (job.pieces[:middle], job.pieces[middle:])
            await self._each([Job(half, job.locales) for half in halves], later)
        elif trouble is Trouble.LENGTH and len(job.locales) > 1:
            await self._each([Job(job.pieces, (locale,)) for locale in job.locales], later)
        elif cut and most >= _SMALLEST:
            parts = parts_of(piece.unit, self._desk.locales[:1], most)
            await self._merge(piece.unit, parts, later)
        elif trouble is Trouble.EMPTY:
            await self._settle(job, replace(later, depth=_DEEPEST))
        else:
            raise error  # nothing smaller to ask about

    async def _each(self, jobs: Sequence[Job], turn: _Turn) -> None:
        """Ask several smaller questions; one that fails leaves the others alone."""

        async def one(job: Job) -> None:
            try:
                await self._settle(job, turn)
            except EndpointError as error:
                for piece in job.pieces:
                    self._desk.give_up(piece.unit, error)

        await asyncio.gather(*(one(job) for job in jobs))

    async def _merge(self, unit: Unit, parts: Sequence[Job], turn: _Turn) -> None:
        """Ask about every part, then about the file from the accepted notes."""
        try:
            notes = await asyncio.gather(*(self._note(job, turn) for job in parts))
        except EndpointError as error:
            most = max(job.input for job in parts) // 2
            if error.trouble is not Trouble.TOO_LARGE or turn.depth >= _DEEPEST or most < _SMALLEST:
                raise
            smaller = parts_of(unit, parts[0].locales, most)
            await self._merge(unit, smaller, turn.later(str(error.trouble), deeper=True))
            return
        merged_note = "\n".join(note for note in notes if note)
        if not merged_note:
            self._desk.reject(unit)
            return
        whole = PatchPiece(unit, merged_note, notes=True)
        # What the notes say goes out for the first time.
        await self._settle(Job((whole,), self._desk.missing(unit)), turn.later(""))

    async def _note(self, job: Job, turn: _Turn) -> str:
        """Return what stands of what is said about one part of a file, asked again when little does."""
        piece, locale = job.pieces[0], job.locales[0]
        faults: tuple[str, ...] = ()
        earlier = ""
        note = ""
        for again in (False, True):
            if again:
                turn = turn.later("corrective")
            answer = await self._answer(job, turn, faults, earlier)
            entry = answer.entries.get(1)
            verdict = check_file(entry, piece, job.locales)
            raw = verdict.rests.get(locale)
            if raw is not None and (raw.title or raw.explanation):
                note = f"- {raw.title}: {raw.explanation}".replace("- : ", "- ")
            faults = (*answer.faults, *verdict.faults.get(locale, ()))
            if not faults:
                break
            earlier = as_json([entry], job.locales) or answer.text
        return note


def file_question(job: Job, model: str, faults: Sequence[str] = (), earlier: str = "") -> Question:
    """Return the question of a job.

    Args:
        job: Files, or parts of one, with their locales.
        model: Who is asked.
        faults: What was wrong with the earlier answer.
        earlier: That answer.
    """
    return Question(
        model=model,
        prompt=job.prompt(faults, earlier),
        schema=files_schema(job.locales),
        room=job.output * _ROOM + _SPARE,
    )


class _Entries(Struct, frozen=True):
    """What an answer holds by number, why it cannot be read, and how it begins then."""

    entries: Mapping[int, RawFile]
    faults: tuple[str, ...] = ()
    text: str = ""


_DIVISIBLE = frozenset(
    (Trouble.TOO_LARGE, Trouble.LENGTH, Trouble.EMPTY, Trouble.REFUSED, Trouble.FILTERED)
)
#: An answer came and was of no use: asking again another day would not change that.
_PERSISTENT = frozenset((Trouble.LENGTH, Trouble.EMPTY, Trouble.REFUSED, Trouble.FILTERED))
