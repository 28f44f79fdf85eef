"""Publishes reports as one comment of a pull request, as much as fits, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from diff_insight.errors import DiffInsightError
from diff_insight.github.api.client import ApiFailure
from diff_insight.markup.text_size import utf16_units
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.publishers.fitting import Fitting, LevelRenderer
from diff_insight.publishers.own_comment import Conversation, OwnComment, mark
from diff_insight.report.account import PushNews, account_line, account_of, news_of, read_account

NAME = "comment"
#: UTF-16 units, the mark counted. GitHub takes 65,536 characters and 262,144 bytes.
LIMIT = 65_000
#: Kept free for the line that tells what is left out.
_RESERVE = 500
#: An item of the story from here on is worth a comment, whatever the types of the files are.
NOTABLE_SALIENCE = 45
PERMISSION = "pull-requests: write"
_REFUSED = frozenset({403, 404})


class CommentWish(Struct, frozen=True, kw_only=True):
    """What the comment is to be.

    Attributes:
        key: Hex digits that tell the comment of this step from those of others.
        head: The commit of the pull request that this run is about.
        mode: `notable`, `always` or `breaking`: when a new comment is made.
        read_only: The token of this event cannot write: a fork's, or Dependabot's.
        dry_run: Only say what would be published.
    """

    key: str
    head: str
    mode: str = "notable"
    read_only: bool = False
    dry_run: bool = False


class CommentTexts(Struct, frozen=True):
    """How the comment is worded.

    Attributes:
        render: Gives a report at a level.
        nothing: Gives what is said when there is nothing to report any more.
        left_out: Gives what is said of a number of reports that do not fit.
        news: Gives what is said of what came since the last push.
    """

    render: LevelRenderer
    nothing: Callable[[], str]
    left_out: Callable[[int], str]
    news: Callable[[PushNews], str] = lambda _: ""


class CommentPublisher:
    """Writes the reports of a run into its one comment.

    Args:
        conversation: The pull request; None when the run is about none.
        texts: How it is worded.
        wish: What the comment is to be.
    """

    def __init__(
        self, conversation: Conversation | None, texts: CommentTexts, wish: CommentWish
    ) -> None:
        self._conversation = conversation
        self._texts = texts
        self._wish = wish

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Bring the comment up to date, or make it when the mode asks for one."""
        if self._conversation is None:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("comment-no-pull"))
        if self._wish.dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            return self._publish(self._conversation, insights)
        except ApiFailure as error:
            return self._refusal(error)
        except DiffInsightError as error:
            return receipt(
                NAME,
                PublishStatus.FAILED,
                Notice("comment-not-written", {"why": error.in_one_line}),
            )

    def _publish(self, conversation: Conversation, insights: Sequence[Insight]) -> Receipt:
        state = conversation.state()
        if not state.open or state.locked:
            why = Notice("comment-locked") if state.locked else Notice("comment-closed")
            return receipt(NAME, PublishStatus.SKIPPED, why)
        wish = self._wish
        own = OwnComment(conversation, wish.key, wish.head, state.head)
        if not own.find() and not worth_a_comment(insights, wish.mode):
            return receipt(
                NAME, PublishStatus.SKIPPED, Notice("comment-not-wanted", {"mode": wish.mode})
            )
        if own.newer:
            return receipt(
                NAME, PublishStatus.SKIPPED, Notice("comment-newer", {"head": state.head[:7]})
            )
        body, short = self._body(insights, own.earlier)
        comment = own.write(body)
        reason = Notice("comment-shortened", {"count": short}) if short else None
        return Receipt(
            publisher=NAME,
            status=PublishStatus.PUBLISHED,
            place=comment.url,
            reason=reason,
            outputs={"comment-url": comment.url},
        )

    def _body(
        self, insights: Sequence[Insight], earlier: tuple[str, str] | None
    ) -> tuple[str, int]:
        """Return the text, and how many reports it tells in a shorter form or not at all."""
        head = mark(self._wish.key, self._wish.head)
        if not insights:
            return f"{head}{self._texts.nothing()}\n", 0
        kept = read_account(earlier[1]) if earlier else None
        before = (earlier[0], kept) if earlier and kept else None
        account = account_of(insights, self._wish.head, before)
        news = news_of(account, insights)
        head += account_line(account) + (self._texts.news(news) if news else "")
        limit = LIMIT - len(head) - _RESERVE
        fitted = Fitting(self._texts.render, limit, utf16_units).fit(insights)
        rest = f"\n{self._texts.left_out(fitted.left_out)}\n" if fitted.left_out else ""
        return head + fitted.text + rest, fitted.shortened

    def _refusal(self, error: ApiFailure) -> Receipt:
        """Return what it means that GitHub did not do what it was asked."""
        sentence = error.with_cause
        if error.status in _REFUSED and not error.limited:
            if "locked" in error.cause:  # since we looked
                return receipt(NAME, PublishStatus.SKIPPED, Notice("comment-locked"))
            if self._wish.read_only:
                return receipt(NAME, PublishStatus.SKIPPED, Notice("comment-read-only"))
            return receipt(
                NAME,
                PublishStatus.FAILED,
                Notice("comment-forbidden", {"permission": PERMISSION, "why": sentence}),
            )
        return receipt(
            NAME, PublishStatus.FAILED, Notice("comment-not-written", {"why": error.in_one_line})
        )


def worth_a_comment(insights: Sequence[Insight], mode: str) -> bool:
    """Tell whether a pull request that has no comment yet gets one."""
    if mode == "always":
        return bool(insights)
    if mode == "breaking":
        return any(
            insight.breaking or insight.likely_breaking or insight.impacts for insight in insights
        )
    return any(_notable(insight) for insight in insights)


def _notable(insight: Insight) -> bool:
    """A new feature, a breaking change, a bug fix, or an item that could stand in a headline."""
    plain = ModificationType.MINOR_UPDATE
    if insight.likely_breaking or insight.impacts:
        return True
    return any(entry.analysis.type is not plain for entry in insight.files) or any(
        item.salience >= NOTABLE_SALIENCE for item in insight.story
    )
