#!/bin/sh
# Puts diff-insight into a virtual environment and takes out what no code path uses.
#   install.sh VENV PACKAGE
# The package is pure Python, so it is copied instead of built: no build back end has to be fetched.
set -eu
venv=$1
package=$2
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cp -r "$package" "$site/"

# Babel brings the data of every locale; only those with a catalog are ever asked for.
cd "$site/babel/locale-data"
for file in *.dat; do
  language=${file%%[_.]*}
  [ "$language" = root ] && continue
  found=$(find "$site/diff_insight/locales" -maxdepth 1 -name "${language}_*" | head -n 1)
  [ -n "$found" ] || rm "$file"
done

# pip has done its work; stubs, tests and C sources are for developers.
"$venv/bin/python" -m pip uninstall --quiet --yes pip
find "$site" -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
find "$site" -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.c' -o -name '*.h' \) -delete
# Bytecode is made here: at run time the file system may be read-only.
"$venv/bin/python" -m compileall -q "$site"
