# shellcheck shell=bash
# What ./run and ./test share: saying things in two languages, timing them, and installing what is missing.
# Both stand in the project's root when they read this file.

say() { printf '%s\n' "$1"; [ -z "${2:-}" ] || printf '  %s\n' "$2"; }

fail() {
    printf '\n%s\n' "$1" >&2
    [ -z "${2:-}" ] || printf '  %s\n' "$2" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# 83 becomes 1分23秒.
duration() { if [ "$1" -ge 60 ]; then echo "$(($1 / 60))分$(($1 % 60))秒"; else echo "$1秒"; fi; }

# Installs Debian packages where that is possible, and otherwise says what to install.
install_packages() {
    local as_root=()
    has apt-get || fail "次のものを入れてください：$*" "Please install: $*"
    if [ "$(id -u)" != 0 ]; then
        has sudo || fail "管理者として入れてください：apt-get install $*" "As administrator: apt-get install $*"
        as_root=(sudo)
    fi
    say "入れています：$*" "Installing: $*"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
    has cargo || fail "Rust（1.95以降）を https://rustup.rs から入れてください。" "Please install Rust 1.95 or newer from https://rustup.rs."
    has cc || install_packages gcc libc6-dev
}

need_node() {
    local missing=()
    has node || missing+=(nodejs)
    has npm || missing+=(npm)
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# Installs a folder's npm packages exactly as its lock file says, unless that is already done.
npm_locked() {
    local stamp="$1/node_modules/.installed-lock.json"
    if cmp -s "$1/package-lock.json" "$stamp"; then return; fi
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$1/package-lock.json" "$stamp"
}

# What the pages load: parts from npm, and the scripts that are made of several files.
page_assets() {
    npm_locked assets
    node assets/bundle.mjs
}

# Only what this machine compiles: other systems' crates are not downloaded.
fetch_crates() {
    local host
    host=$(rustc -vV | sed -n 's/^host: //p')
    cargo fetch --locked --quiet --target "$host"
}
