# The image of the action: Python, git, the locked dependencies, and diff-insight itself.
# BASE_IMAGE can be any Debian-based image with Python 3.11 or later, for example one built locally.
ARG BASE_IMAGE=docker.io/library/python:3.13-slim-trixie

# hadolint ignore=DL3006
FROM ${BASE_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python3 -m venv /opt/diff-insight
COPY requirements.lock /build/requirements.lock
RUN /opt/diff-insight/bin/python -m pip install --quiet --require-hashes --no-deps \
      --only-binary :all: --requirement /build/requirements.lock
COPY src/diff_insight /build/diff_insight
COPY docker/install.sh /build/install.sh
RUN sh /build/install.sh /opt/diff-insight /build/diff_insight

# hadolint ignore=DL3006
FROM ${BASE_IMAGE}
# git's version is that of the pinned base image's release. Its scripts in Perl, web pages, translations, servers
# and ways to push that nobody asks for are not used.
# hadolint ignore=DL3008
RUN command -v git > /dev/null || { \
      apt-get update -qq \
      && apt-get install -y -qq --no-install-recommends git ca-certificates \
      && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /usr/share/doc/* /usr/share/man/* \
        /usr/share/perl/* /usr/lib/*/perl/* /usr/lib/*/libperl.so* /usr/share/gitweb /usr/share/locale/*/LC_MESSAGES/git.mo \
        /usr/lib/git-core/git-daemon /usr/lib/git-core/git-http-backend /usr/lib/git-core/git-http-push \
        /usr/lib/git-core/git-imap-send /usr/lib/git-core/git-shell /usr/lib/git-core/scalar /usr/bin/git-shell /usr/bin/scalar; }
COPY --from=build /opt/diff-insight /opt/diff-insight
COPY entrypoint.py /opt/diff-insight/entrypoint.py
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["/opt/diff-insight/bin/python", "/opt/diff-insight/entrypoint.py"]
