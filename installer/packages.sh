# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
# What has to be installed, and installing it. Sourced by bootstrap.

# One line a package; alternatives by falling preference: the names of Debian 12, Ubuntu 24.04,
# Debian 13.
build_packages=(
    cmake
    ninja-build
    g++
    ccache
    "pkg-config|pkgconf"
    "libboost1.81-dev|libboost1.83-dev|libboost-dev"
    "libboost-json1.81-dev|libboost-json1.83-dev|libboost-json-dev"
    "libboost-url1.81-dev|libboost-url1.83-dev|libboost-url-dev"
    libssl-dev
    zlib1g-dev
    libbrotli-dev
    libyaml-dev
    libpcre2-dev
    libpugixml-dev
    libvalijson-dev
    libgtest-dev
    libgmock-dev
    qt6-base-dev
    qt6-declarative-dev
    "qt6-svg-dev|libqt6svg6-dev"
    libqt6opengl6-dev
    qt6-httpserver-dev
    "qt6-websockets-dev|libqt6websockets6-dev"
    libqscintilla2-qt6-dev
    "qt6-charts-dev|libqt6charts6-dev"
)
# What the bundle of invented data is fetched and made with (installer/faker-bundle).
bundle_packages=(
    npm
    ca-certificates
)
test_packages=(
    clang
    clang-format
    clang-tidy
    "libclang-rt-dev|libclang-rt-14-dev"
    git
    mmdebstrap
    curl
    python3
    nodejs
    "openjdk-17-jdk-headless|openjdk-21-jdk-headless|default-jdk-headless"
)
bench_packages=(
    nginx-light
    openssl
    wrk
    xvfb
    curl
    python3
)

# The names of what is installed, those that a package stands in for included: Debian 13's qt6-base-dev provides
# libqt6opengl6-dev.
installed_names() {
    dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' | sed -n 's/^installed //p' | tr ',' '\n' \
        | sed 's/^ *//; s/[ :(].*//' | sort -u
}

is_installed() {
    grep -qxF "$1" <<<"${installed:=$(installed_names)}"
}

is_available() {
    # Read whole: under pipefail, a reader that leaves early is a failure of the writer.
    grep -q 'Candidate: [0-9]' <<<"$(apt-cache policy "$1" 2>/dev/null)"
}

# The entries of a list of which no alternative is installed.
missing_of() {
    local entry name found
    for entry in "$@"; do
        found=
        for name in ${entry//|/ }; do
            if is_installed "$name"; then
                found=yes
                break
            fi
        done
        [ -n "$found" ] || printf '%s\n' "$entry"
    done
}

# The first alternative that apt can install; the first of all if it can install none, for apt to complain about.
choose() {
    local name
    for name in ${1//|/ }; do
        if is_available "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    printf '%s\n' "${1%%|*}"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        echo "bootstrap: not root and no sudo: run as root: $*" >&2
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# install_packages ENTRY...: installs what is missing, and only that.
install_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        # Nothing can be checked here, so nothing is refused: the build says what it misses.
        echo "This is neither Debian nor Ubuntu. The build needs, by the names of Debian:"
        printf '  %s\n' "$@"
        echo "Versions: Qt >= 6.4, Boost >= 1.81, GCC >= 12 or Clang >= 14, CMake >= 3.25."
        return 0
    fi
    local missing entry chosen=()
    missing=$(missing_of "$@")
    [ -n "$missing" ] || return 0
    as_root apt-get update -qq || return
    while read -r entry; do
        chosen+=("$(choose "$entry")")
    done <<<"$missing"
    echo "Installing: ${chosen[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" </dev/null
}
