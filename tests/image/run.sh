#!/bin/sh
# Builds the image from the real Dockerfile on a base made here, and runs the tests of this folder.
#   run.sh PYTHON
set -eu
python=$1
cd "$(dirname "$0")/../.."
# Neither a daemon nor user namespaces nor overlays have to be there.
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
base=localhost/diff-insight-base:trixie
image=localhost/diff-insight:test

skip() {
  echo "test-image: skipped, buildah cannot run here: $1"
  exit 0
}

[ "$(id -u)" = 0 ] || skip "it needs root"
unshare --mount true 2> /dev/null || skip "root may not mount"
if ! { command -v buildah && command -v debootstrap; } > /dev/null; then
  command -v apt-get > /dev/null || skip "there is no apt-get to install buildah and debootstrap"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends buildah debootstrap > /dev/null
fi

# Like the slim images: Python, certificates, and neither package lists nor manuals.
if ! buildah inspect --type image "$base" > /dev/null 2>&1; then
  echo "test-image: making $base"
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    trixie "$root" > "$root.log" 2>&1 || { tail -n 20 "$root.log"; exit 1; }
  rm -rf "$root.log" "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* \
    "$root"/usr/share/doc/* "$root"/usr/share/man/*
  made=$(buildah from scratch)
  buildah add --quiet "$made" "$root" / > /dev/null
  buildah commit --quiet --rm "$made" "$base" > /dev/null
  rm -rf "$root"
  trap - EXIT
fi

# What lets pip reach its index from here has to let it from there.
set --
for file in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf; do
  [ ! -f "$file" ] || set -- "$@" --volume "$file:$file:ro"
done
log=$(mktemp)
trap 'rm -f "$log"; buildah rmi "$image" > /dev/null 2>&1 || true' EXIT
echo "test-image: building $image"
buildah bud --pull-never --network host --build-arg BASE_IMAGE="$base" "$@" --tag "$image" . \
  > "$log" 2>&1 || { tail -n 40 "$log"; exit 1; }

# `make test` ignores this folder; here it is all there is.
TESTED_IMAGE=$image TESTED_BASE=$base "$python" -m pytest \
  --override-ini 'addopts=--import-mode=importlib --disable-socket -q' tests/image
