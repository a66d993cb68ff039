#!/usr/bin/env bash
# Makes a Python with real Keras, of the versions in scripts/zoo/requirements.txt, and prints the interpreter's path. Once made it is kept.
set -euo pipefail
cd "$(dirname "$0")/../.."
wanted=scripts/zoo/requirements.txt
home="${XDG_CACHE_HOME:-$HOME/.cache}/layerscope/python-$(sha256sum "$wanted" | cut -c1-12)"
if [ ! -e "$home/complete" ]; then
  rm -rf "$home"
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" >&2
  touch "$home/complete"
fi
echo "$home/bin/python"
