#!/bin/sh
# Installs Dabir beside this script on the first start, without a network, and runs it: ./start.sh [COMMAND …]
set -e
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
venv=$here/venv
if [ ! -e "$venv/installed" ]; then
    python=$PYTHON
    for name in python3.13 python3.12 python3.11 python3; do
        [ -n "$python" ] && break
        if "$name" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            python=$name
        fi
    done
    [ -n "$python" ] || { echo "Python 3.11, 3.12 or 3.13 is needed; name it as PYTHON=… $0" >&2; exit 2; }
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv"
    pip() { "$venv/bin/python" "$(echo "$here"/wheels/pip-*.whl)/pip" --isolated --disable-pip-version-check "$@"; }
    pip install -q --no-index --find-links "$here/wheels" --require-hashes -r "$here/requirements.txt"
    pip install -q --no-index --no-deps "$here"/wheels/dabir-*.whl
    touch "$venv/installed"
fi
DABIR_HOME=${DABIR_HOME:-$here/var}
export DABIR_HOME
[ $# -gt 0 ] || set -- serve
exec "$venv/bin/dabir" "$@"
