"""Words what came to a pull request since the comment was last brought up to date."""

from __future__ import annotations

from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import code, link
from diff_insight.markup.inert import neutral
from diff_insight.model.messages import Params
from diff_insight.model.ranges import SHORT
from diff_insight.model.web_links import WebRepository
from diff_insight.report.account import PushNews


def render_news(news: PushNews, head: str, web: WebRepository, voice: Speaker) -> str:
    """Return a quotation in Markdown that stands above the report.

    Args:
        news: What came.
        head: The head of the pull request now.
        web: Where the pull request is on the web.
        voice: Says it in one locale.
    """
    label = code(news.head[:SHORT])
    page = web.comparison(news.head, head, direct=True)
    lines = []
    if news.breaking:
        names = tuple(dict.fromkeys(news.breaking))
        params: Params = {"count": len(news.breaking), "names": names}
        lines.append(voice.say("github.since-breaking", params))
    if news.files:
        lines.append(
            voice.say("github.since-files", {"count": len(news.files), "names": news.files})
        )
    if news.gone:
        lines.append(voice.say("github.since-gone", {"count": news.gone}))
    if news.unchanged:
        lines.append(voice.say("github.since-back", {"count": news.unchanged}))
    title = voice.fill("github.since", commit=link(label, page) if page else label)
    lines = lines or [voice.say("github.since-nothing")]
    listed = [f"> - {neutral(line)}" for line in lines]
    return "\n".join([f"> <strong>{title}</strong>", ">", *listed, "", ""])
