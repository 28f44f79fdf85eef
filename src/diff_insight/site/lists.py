"""The pages of a site that lead to reports: the newest, each month, each category, every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from babel.core import Locale
from markupsafe import Markup
from msgspec import Struct

from diff_insight.publishers.relative import relative_address
from diff_insight.render.environment import environment, speaker
from diff_insight.render.html import PageFrame
from diff_insight.site.entry import SiteEntry

#: Reports on the first page of a language.
NEWEST = 40
#: Texts of a template that are written together.
_EVENTS = 200


class SiteSettings(Struct, frozen=True, kw_only=True):
    """How a site is made.

    Attributes:
        title: Its name; empty for what the reports are about.
        url: Web address of its folder with a slash at its end; empty when unknown.
        locales: Languages that are wanted; empty for all that the documents hold.
    """

    title: str = ""
    url: str = ""
    locales: tuple[str, ...] = ()

    def has(self, locale: str) -> bool:
        """Tell whether a language is wanted."""
        return not self.locales or locale in self.locales


class EntryList(Struct, frozen=True, kw_only=True):
    """A page with a list of entries: where it is, in which language, and what it is called."""

    path: str
    locale: str
    title: str
    entries: Sequence[SiteEntry]
    start: bool = False


def languages(entries: Sequence[SiteEntry], settings: SiteSettings) -> list[str]:
    """Return the languages of a site, those that were asked for in their order."""
    there = dict.fromkeys(locale for entry in entries for locale in entry.locales)
    return [locale for locale in settings.locales or there if locale in there]


def site_title(entries: Sequence[SiteEntry], settings: SiteSettings) -> str:
    """Return the name of a site: as set, else the repositories that it is about."""
    names = dict.fromkeys(entry.repository for entry in entries if entry.repository)
    few = len(names) in range(1, 4)
    return settings.title or (", ".join(names) if few else "diff-insight")


def report_path(entry: SiteEntry, locale: str) -> str:
    """Return where the report of an entry is."""
    return f"{locale}/reports/{entry.name}.html"


def report_frame(entry: SiteEntry, locale: str) -> PageFrame:
    """Return the links that lead from a report to the rest of the site."""
    page = report_path(entry, locale)
    say = speaker(locale).say
    crumbs = (
        (say("index.title"), f"{locale}/index.html"),
        (entry.category, _category_path(locale, entry.category)),
        (entry.date[:7], _month_path(locale, entry.date[:7])),
        (say("html.words"), f"{locale}/search.html"),
    )
    others = [each for each in entry.locales if each != locale]
    return PageFrame(
        crumbs=tuple((label, relative_address(page, path)) for label, path in crumbs),
        languages=tuple(
            (
                each.replace("_", "-"),
                language_name(each),
                relative_address(page, report_path(entry, each)),
            )
            for each in others
        ),
    )


def language_name(locale: str) -> str:
    """Return the name of a language in that language."""
    return Locale.parse(locale).get_language_name(locale) or locale


def list_pages(
    entries: Sequence[SiteEntry], settings: SiteSettings
) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the path and the text of each page, in pieces."""
    names = languages(entries, settings)
    for locale in names:
        own = [entry for entry in entries if locale in entry.locales]
        for page in _lists(own, locale, entries, settings):
            yield page.path, _render(page, own, names, settings)
    for locale in names[:1]:
        own = [entry for entry in entries if locale in entry.locales]
        title = site_title(entries, settings)
        root = EntryList(
            path="index.html", locale=locale, title=title, entries=own[:NEWEST], start=True
        )
        yield root.path, _render(root, own, names, settings)


def _lists(
    own: Sequence[SiteEntry], locale: str, entries: Sequence[SiteEntry], settings: SiteSettings
) -> Iterator[EntryList]:
    title = site_title(entries, settings)
    yield EntryList(
        path=f"{locale}/index.html", locale=locale, title=title, entries=own[:NEWEST], start=True
    )
    for month in months(own):
        of_month = [entry for entry in own if entry.date.startswith(month)]
        yield EntryList(
            path=_month_path(locale, month), locale=locale, title=month, entries=of_month
        )
    for category in categories(own):
        of_category = [entry for entry in own if entry.category == category]
        path = _category_path(locale, category)
        yield EntryList(path=path, locale=locale, title=category, entries=of_category)


def months(entries: Sequence[SiteEntry]) -> list[str]:
    """Return the months that have reports, the newest first."""
    return list(dict.fromkeys(entry.date[:7] for entry in entries))


def categories(entries: Sequence[SiteEntry]) -> list[str]:
    """Return the categories in order."""
    return sorted({entry.category for entry in entries})


def _month_path(locale: str, month: str) -> str:
    return f"{locale}/archive/{month}.html"


def _category_path(locale: str, category: str) -> str:
    return f"{locale}/categories/{category}.html"


def _render(
    page: EntryList, own: Sequence[SiteEntry], names: Sequence[str], settings: SiteSettings
) -> Iterable[str]:
    """Return a page in pieces; `own` are all entries in its language."""
    locale, voice = page.locale, speaker(page.locale)

    def to(path: str) -> str:
        return relative_address(page.path, path)

    template = environment(html=True).get_template("site_list.html.j2")
    stream = template.stream(
        page=page,
        say=voice.say,
        counted=voice.forms.counted_noun,
        date=voice.forms.date,
        grouped=voice.forms.number,
        language=locale.replace("_", "-"),
        script_source=Markup("'none'"),
        site=site_title(own, settings),
        home=to(f"{locale}/index.html"),
        search=to(f"{locale}/search.html"),
        feed=to(f"{locale}/feed.xml"),
        report=lambda entry: to(report_path(entry, locale)),
        category=lambda name: to(_category_path(locale, name)),
        months=[(month, to(_month_path(locale, month))) for month in months(own)]
        if page.start
        else [],
        categories=[(name, to(_category_path(locale, name))) for name in categories(own)]
        if page.start
        else [],
        languages=[
            (name.replace("_", "-"), language_name(name), to(f"{name}/index.html"))
            for name in names
            if name != locale
        ],
    )
    stream.enable_buffering(_EVENTS)
    return stream
