#!/bin/sh
# Puts diff-insight into a virtual environment and takes out what no code path uses.
#   install.sh VENV PACKAGE
# The package is pure Python, so it is copied instead of built: no build back end has to be fetched.
set -eu
venv=$1
package=$2
site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
cp -r "$package" "$site/"

# Babel brings the data of every locale; only those with a catalog, and what they build on, are read.
used=$("$venv/bin/python" -c '
import sys
from babel.core import Locale, get_global
for catalog in sys.argv[1:]:
    name = str(Locale.parse(catalog))
    while name:
        print(name)
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]
' $(ls "$site/diff_insight/locales"))
for file in "$site"/babel/locale-data/*.dat; do
  name=$(basename "$file" .dat)
  printf 'root\n%s\n' "$used" | grep -qx "$name" || rm "$file"
done

# pip has done its work; scripts, stubs, tests and C sources are for developers.
"$venv/bin/python" -m pip uninstall --quiet --yes pip
find "$venv/bin" -type f ! -name 'python*' -delete
rm -rf "$venv/include" "$venv/.gitignore"
find "$site" -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
find "$site" -type f \( -name '*.pyi' -o -name '*.pyx' -o -name '*.c' -o -name '*.h' \) -delete
# What pip would uninstall by is of no use without pip.
find "$site" -path '*.dist-info/RECORD' -delete
# rich colours no code block, so of pygments' lexers only their list is read.
find "$site/pygments/lexers" "$site/pygments/styles" -name '*.py' \
  ! -name '__init__.py' ! -name '_mapping.py' ! -name '_mapping*.py' -delete
# Bytecode is made here: at run time the file system may be read-only.
"$venv/bin/python" -m compileall -q "$site"
"$venv/bin/python" -c '
from diff_insight.render.environment import environment
for name in environment(html=False).list_templates():
    environment(html=".html." in name).get_template(name)
'
chmod a+r "$site"/diff_insight/render/__pycache__/*
