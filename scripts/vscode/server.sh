#!/usr/bin/env bash
# A real VS Code server (code-server) for the tests in test/e2e/vscode, kept in the user's cache.
#
#   server.sh          make sure that it is there; prints the folder it lies in
#   server.sh --where  only print the folder
#
# In the folder: node24/bin/node and node_modules/code-server. A second run does nothing. On Debian the browser and the
# packages that code-server is compiled with are installed as well, where root or sudo allows it.
set -euo pipefail

CODE_SERVER=4.139.1   # carries VS Code 1.139
NODE=24               # what this code-server asks for
PLAYWRIGHT=1.65.1     # the folder can also be used by itself, without this project's node_modules
VSCE=4.1.0
DEBIAN="chromium fonts-dejavu-core build-essential pkg-config python3 python3-venv python3-pip libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/layerscope
name=vscode-$CODE_SERVER-node$NODE-pw$PLAYWRIGHT-vsce$VSCE-$(uname -m)
folder=$cache/$name
stamp=.vscode-recipe   # written last and holding the name: whoever finds it finds all of it

note() { echo "server.sh: $*" >&2; }
is_complete() { [ "$(cat "$folder/$stamp" 2>/dev/null)" = "$name" ]; }

install_packages() {
  command -v dpkg-query >/dev/null || return 0
  local wanted=() as_root=()
  for package in $DEBIAN; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || wanted+=("$package")
  done
  [ ${#wanted[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { note "not installed, and no sudo to do it: ${wanted[*]}"; return 0; }
    as_root=(sudo)
  fi
  note "installing ${wanted[*]}"
  "${as_root[@]}" apt-get -qq update
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${wanted[@]}" >&2
}

npm_into() { # npm_into FOLDER ARGUMENTS…
  local where=$1
  shift
  (cd "$where" && npm install --no-fund --no-audit --no-update-notifier "$@")
}

build() {
  local part=$folder.part platform log=$cache/$name.log
  case $(uname -m) in
    x86_64) platform=linux-x64 ;;
    aarch64) platform=linux-arm64 ;;
    *) note "no Node $NODE for $(uname -m) is known here"; exit 1 ;;
  esac
  rm -rf "$part" "$folder"
  mkdir -p "$part/bin"
  echo '{ "name": "vscode-server", "private": true }' >"$part/package.json"

  note "Node $NODE"
  npm_into "$part" --no-save --no-package-lock --ignore-scripts "node-$platform@$NODE" >&2
  mv "$part/node_modules/node-$platform" "$part/node24"
  rm -rf "$part/node_modules"
  ln -s ../node24/bin/node "$part/bin/node"

  note "code-server $CODE_SERVER: compiles for some minutes, see $log"
  export npm_config_nodedir=$part/node24
  PATH=$part/node24/bin:$PATH npm_into "$part" --unsafe-perm --foreground-scripts "code-server@$CODE_SERVER" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    exit 1
  }
  PATH=$part/node24/bin:$PATH npm_into "$part" --ignore-scripts "playwright-core@$PLAYWRIGHT" "@vscode/vsce@$VSCE" >&2
  cat >"$part/bin/code-server" <<'START'
#!/bin/sh
here=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$here/node24/bin/node" "$here/node_modules/code-server/out/node/entry.js" "$@"
START
  chmod +x "$part/bin/code-server"
  # It starts, or nothing is kept.
  XDG_CONFIG_HOME=$part/try XDG_DATA_HOME=$part/try "$part/bin/code-server" --version >&2
  rm -rf "$part/try"
  echo "$name" >"$part/$stamp"
  mv "$part" "$folder"
}

if [ "${1:-}" != --where ]; then
  install_packages
  if ! is_complete; then
    mkdir -p "$cache"
    exec 9>"$cache/$name.lock"
    flock 9 # of two runs the second waits, and finds it done
    is_complete || build
  fi
fi
echo "$folder"
