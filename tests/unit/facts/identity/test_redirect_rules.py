"""Which addresses a file leads elsewhere, in every form that sites and servers have for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.identity.page_address import read_address, serves
from diff_insight.facts.identity.redirect_rules import is_redirect_file, read_rules

PAGE = "docs/guide/old.md"


def leads(path: str, text: str, page: str = PAGE) -> bool:
    return any(serves(rule, read_address(page)) for rule in read_rules(path, text))


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        (".openpublishing.redirection.json", True),
        ("public/_redirects", True),
        ("config/redirects.yml", True),
        ("redirects/list.json", True),
        ("docs/about_redirection.md", False),
        ("src/redirect.ts", False),
        ("img/redirect.png", False),
    ],
)
def test_files_of_redirects(path: str, yes: bool) -> None:  # noqa: FBT001
    assert is_redirect_file(path) is yes


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("public/_redirects", "/guide/old /guide/new 301\n"),
        ("public/_redirects", "/guide/* /manual/:splat\n"),
        ("redirects.txt", "/en/docs/guide/old\t/en/docs/guide/new\n"),
        ("rediraffe_redirects.txt", '"guide/old.rst" "guide/new.rst"\n'),
        (".htaccess", "Redirect 301 /docs/guide/old /docs/guide/new\n"),
        (".htaccess", "RewriteRule ^docs/guide/old$ /docs/guide/new [R=301]\n"),
        ("nginx.conf", "rewrite ^/docs/guide/old$ /docs/guide/new permanent;\n"),
        ("nginx.conf", "location = /guide/old {\n  return 301 /guide/new;\n}\n"),
        ("nginx.conf", "map $uri $new {\n  /guide/old /guide/new;\n}\n"),
        ("vercel.json", '{"redirects": [{"source": "/guide/old", "destination": "/guide/new"}]}\n'),
        ("vercel.json", '{"redirects": [{"source": "/guide/:path*", "destination": "/new"}]}\n'),
        ("netlify.toml", '[[redirects]]\nfrom = "/guide/old"\nto = "/guide/new"\n'),
        ("firebase.json", '{"redirects": [{"regex": "/guide/old", "destination": "/new"}]}\n'),
        (
            ".openpublishing.redirection.json",
            '{"redirections": [{"source_path": "docs/guide/old.md", "redirect_url": "/new"}]}\n',
        ),
        ("mkdocs.yml", "plugins:\n- redirects:\n    redirect_maps:\n      guide/old.md: a.md\n"),
        ("docs/conf.py", 'redirects = {\n    "guide/old": "new.html",\n}\n'),
        ("docs/redirects.json", '{"/guide/new": ["/guide/older", "/guide/old"]}\n'),
        ("data/moved.json", '[["/guide/old", "/guide/new"]]\n'),
        ("data/moved.yaml", "- from: /guide/old\n  to: /guide/new\n"),
        ("next.config.js", "  { source: '/guide/old', destination: '/new', permanent: true },\n"),
        ("next.config.js", "  {\n    source: '/guide/old',\n    destination: '/new',\n  },\n"),
        ("docusaurus.config.js", "  {from: '/docs/guide/old', to: '/docs/guide/new'},\n"),
        ("docusaurus.config.js", "  {\n    to: '/docs/new',\n    from: '/docs/guide/old',\n  },\n"),
        ("astro.config.mjs", "  '/guide/old': '/guide/new',\n"),
        ("astro.config.mjs", "  '/guide/old':\n    '/guide/new',\n"),
        ("src/worker.js", "  ['/:lang/guide/old/', '/:lang/guide/new/'],\n"),
        ("src/worker.js", "  [\n    '/guide/old',\n    '/guide/new',\n  ],\n"),
        ("server/routes.rb", 'get "/guide/old", to: redirect("/guide/new")\n'),
        ("app/moved.go", '\t"/guide/old": "/guide/new",\n'),
        ("app/urls.py", 'path("/guide/old/", RedirectView.as_view(url="/guide/new/")),\n'),
        ("docs/guide/new.md", "---\nredirect_from:\n  - /guide/old\n---\n# New\n"),
        ("docs/guide/new.md", "---\nredirect_from: /guide/old\n---\n# New\n"),
        ("content/guide/new.md", '---\naliases: [/guide/older, "/guide/old/"]\n---\n'),
        ("content/guide/new.md", '+++\naliases = ["/guide/old"]\n+++\n'),
        ("docs/guide/new.md", "---\naliases: [old]\n---\n"),
        ("docs/guide/new.md", "---\noldUrl: /guide/old\n---\n"),
        ("docs/guide/new.md", "---\npermalink: /guide/old/\n---\n"),
        ("docs/guide/new.md", "---\nslug: old\n---\n"),
        ("docs/guide/new.md", "aliases:\n- /guide/old\n"),
    ],
)
def test_a_rule_is_read(path: str, text: str) -> None:
    assert leads(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("public/_redirects", "/guide/new /guide/old\n"),
        ("public/_redirects", "/* /index.html 200\n"),
        ("redirects.json", '{"redirect_url": "/docs/guide/old"}\n'),
        ("netlify.toml", '[[redirects]]\nfrom = "/a"\nto = "/guide/old"\n'),
        ("vercel.json", '{"headers": [{"source": "/(.*)", "headers": []}]}\n'),
        ("mkdocs.yml", "nav:\n- Old: guide/old.md\n- guide/old.md\n"),
        ("sidebars.js", "  'guide/old',\n  'guide/other',\n"),
        (".github/CODEOWNERS", "/docs/guide/old.md @org/docs /other/team\n"),
        ("data/list", "/docs/guide/old /docs/guide/new\n"),
        ("src/nav.ts", "  { text: 'Old', link: '/guide/old' },\n"),
        ("src/page.tsx", "  <Link href='/guide/old'>Old</Link>\n"),
        ("src/worker.js", "  // ['/guide/old', '/guide/new'],\n"),
        ("docs/guide/new.md", "See [old](/guide/old) and [new](/guide/new).\n"),
        ("docs/guide/new.md", "---\ntitle: /guide/old\n---\n/guide/old /guide/new\n"),
        ("docs/other/new.md", "---\nslug: old\n---\n"),
    ],
)
def test_an_address_alone_is_no_rule(path: str, text: str) -> None:
    assert not leads(path, text)


@given(
    st.sampled_from(["a.md", "a.json", "a.yaml", "_redirects", "a.js", "nginx.conf"]),
    st.text(alphabet=st.sampled_from("ab/.:*\"'= \n^$#?{}[]-,>"), max_size=120),
)
@settings(deadline=None, max_examples=200)
def test_nothing_raises(path: str, text: str) -> None:
    assert all(rule.parts is not None for rule in read_rules(path, text))


@pytest.mark.parametrize(
    ("alias", "yes"),
    [
        ("guide:old.adoc", True),
        ("product:guide:old.adoc", True),
        ("1.2@product:guide:old.adoc", True),
        ("other.adoc, guide:old.adoc", True),
        ("tours:old.adoc", False),
        ("guide:older.adoc", False),
    ],
)
def test_pages_of_antora_are_named_by_their_module(alias: str, yes: bool) -> None:  # noqa: FBT001
    text = f":page-aliases: {alias}\n\n= New\n"
    assert (
        leads("docs/modules/run/pages/new.adoc", text, "docs/modules/guide/pages/old.adoc") is yes
    )


def test_code_below_an_attribute_without_a_value_is_no_list_of_addresses() -> None:
    text = ':page-aliases:\n\n= New\n\n----\n- spec\n"spec":{\n----\n'
    assert list(read_rules("docs/modules/guide/pages/new.adoc", text)) == []
