"""git over HTTP: how it authenticates, how long it waits, and what its failures mean.

The token goes to git in its environment only (`GIT_CONFIG_*`), as a header for one server. It is
in no argument, URL or file, and is taken out of whatever git says.
"""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git, git_is_missing, scrub_environ

#: Bytes a second and seconds: a slower transfer counts as stalled.
_LOW_SPEED = ("1000", "30")
#: Large enough that a list of wanted objects is sent whole, with its length.
_POST_BUFFER = "67108864"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_AUTHORITIES = ("GIT_SSL_CAINFO", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_NO_FILTER = b"filtering not recognized by server"


@dataclass(frozen=True, slots=True)
class Network:
    """What a git process needs to talk to one server.

    Attributes:
        url: Address of the repository, without user or password.
        token: Token that may read it; empty for none.
        timeout: Seconds that one git process may take.
    """

    url: str
    token: str = field(default="", repr=False)
    timeout: float = 600.0

    @property
    def origin(self) -> str:
        """Scheme and host of the server."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def header(self) -> str:
        """The header that carries the token."""
        basic = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return f"Authorization: Basic {basic}"

    def environ(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return the environment of a git process that may talk to the server."""
        settings = {
            "http.lowSpeedLimit": _LOW_SPEED[0],
            "http.lowSpeedTime": _LOW_SPEED[1],
            "http.postBuffer": _POST_BUFFER,
            # A header of ours would follow to wherever a server sends git.
            "http.followRedirects": "false",
            "protocol.version": "2",
            "gc.auto": "0",
            "credential.helper": "",
        }
        if self.token:
            settings[f"http.{self.origin}/.extraheader"] = self.header
        made = scrub_environ(environ)
        del made["GIT_NO_LAZY_FETCH"]
        made |= {"GIT_ALLOW_PROTOCOL": self._protocols(), "GIT_ASKPASS": "", "SSH_ASKPASS": ""}
        for number, (key, value) in enumerate(settings.items()):
            made |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        authority = next((environ[name] for name in _AUTHORITIES if environ.get(name)), "")
        if authority:
            made["GIT_SSL_CAINFO"] = authority
        return made | {"GIT_CONFIG_COUNT": str(len(settings))}

    def _protocols(self) -> str:
        return "http:https" if urlsplit(self.url).hostname in _LOOPBACK else "https"

    def redact(self, text: str) -> str:
        """Return a text without the token in any of its forms."""
        if not self.token:
            return text
        for secret in (self.token, self.header.rpartition(" ")[2]):
            text = text.replace(secret, "***")
        return text


class NetworkGit:
    """Runs git commands that reach for a server, in a repository of ours."""

    def __init__(self, directory: Path, environ: Mapping[str, str], network: Network) -> None:
        self._git = Git(directory, environ)
        self._network = network
        self._environ = network.environ(environ)
        self.filters = True

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run git to its end and return what it prints.

        Raises:
            EnvironmentFailure: It failed; the cause says why, as far as git told.
        """
        done = self.attempt(*arguments, stdin=stdin)
        if done.returncode != 0:
            raise network_failure(self._network, done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def attempt(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run git to its end, whatever that is.

        Raises:
            EnvironmentFailure: It could not be started, or took too long.
        """
        try:
            done = subprocess.run(
                self._git.command(arguments),
                input=stdin,
                capture_output=True,
                env=self._environ,
                timeout=self._network.timeout,
                check=False,
            )
        except FileNotFoundError as error:
            raise git_is_missing() from error
        except subprocess.TimeoutExpired:
            said = f"timed out after {self._network.timeout:g} seconds"
            raise network_failure(self._network, said) from None
        self.filters = self.filters and _NO_FILTER not in done.stderr
        return done


class _Meaning(Struct, frozen=True):
    """What it means when git's words match a pattern."""

    pattern: re.Pattern[str]
    cause: str
    cure: str
    token_cure: str = ""


def _meaning(pattern: str, cause: str, cure: str, token_cure: str = "") -> _Meaning:
    return _Meaning(re.compile(pattern, re.IGNORECASE), cause, cure, token_cure)


_PERMISSION = "give the token the permission contents: read on this repository"
_MEANINGS = (
    _meaning(
        r"could not read Username|Authentication failed|returned error: 401",
        "the server asks for a token (401): the repository is private, or the token is not valid",
        "pass a token with the permission contents: read for it (source-token)",
        f"the token was refused: renew it, and {_PERMISSION}",
    ),
    _meaning(
        r"returned error: 403",
        "the server refuses to show the repository (403)",
        "pass a token with the permission contents: read for it (source-token)",
        f"{_PERMISSION}; an organisation with single sign-on has to authorise the token",
    ),
    _meaning(
        r"not our ref|couldn't find remote ref|does not allow request for unadvertised",
        "the server does not have this commit, or does not give it out by its id",
        "check the commit id; a force push may have removed it, a fork's commit is in the fork",
    ),
    _meaning(
        r"returned error: 404|repository .{0,300} not found",
        "there is no such repository (404), or it is private and the token may not see it",
        "check OWNER/NAME; for a private one pass a token with contents: read (source-token)",
        f"check OWNER/NAME, and {_PERMISSION}",
    ),
    _meaning(
        r"returned error: 30\d|unable to update url base from redirection",
        "the repository was renamed or moved",
        "give its new name",
    ),
    _meaning(
        r"returned error: 429",
        "the server limits how often it is asked (429)",
        "wait some minutes and run again",
    ),
    _meaning(
        r"returned error: 5\d\d",
        "the server failed",
        "run again; see the status page of the server when it stays so",
    ),
    _meaning(
        r"timed out|too slow|timeout",
        "the transfer stalled or took too long",
        "run again; compare fewer or closer commits when it stays so",
    ),
    _meaning(
        r"certificate|SSL",
        "the server's certificate is not trusted here",
        "set SSL_CERT_FILE to a file with your certificate authority",
    ),
    _meaning(
        r"resolve host|failed to connect|couldn't connect|connection|empty reply",
        "the server cannot be reached",
        "check the network, the proxy (https_proxy) and the server's name",
    ),
)


def network_failure(network: Network, said: str) -> EnvironmentFailure:
    """Return the error for what git said about a server."""
    what = f"{network.redact(network.url)} could not be read with git"
    for meaning in _MEANINGS:
        if meaning.pattern.search(said):
            token_cure = meaning.token_cure if network.token else ""
            return EnvironmentFailure(what, cause=meaning.cause, cure=token_cure or meaning.cure)
    last = network.redact(said).strip().splitlines()
    return EnvironmentFailure(
        what,
        cause=last[-1] if last else "git gave no reason",
        cure="run again, or compare in a checkout that has both commits",
    )
