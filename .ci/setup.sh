# shellcheck shell=bash disable=SC2034 # the package lists are read by the scripts that source this
# Sourced by quickstart.sh and test.sh: installs what the build needs from Debian's packages, then
# configures and builds a preset. Invariant: what is already there is not installed again, and without
# anything to install neither root nor the network is needed.

# Needed to build and run. fontconfig and a font let Graphviz measure the text of a picture.
HEDDLE_PACKAGES=(
  g++ cmake ninja-build ccache pkg-config
  libboost-dev libfmt-dev nlohmann-json3-dev libcli11-dev libgraphviz-dev fontconfig fonts-dejavu-core
  libgtest-dev libgmock-dev libbenchmark-dev
)
# Needed by tests only: the real Go, to compare with, and Go's own test programs; a browser for the HTML view.
HEDDLE_TEST_PACKAGES=(golang-1.19-go golang-1.19-src chromium chromium-driver python3-selenium)

# A clone elsewhere finds what another has compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

heddle_say() { printf '\n== %s\n' "$*"; }

heddle_fail() {
  printf 'heddle: %s\n' "$*" >&2
  exit 1
}

heddle_installed() {
  local status
  status=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) && [[ $status == installed ]]
}

heddle_apt() {
  local as_root=()
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null ||
      heddle_fail "installing packages needs root: run this as root, or install sudo"
    as_root=(sudo)
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@"
}

# heddle_install PACKAGE...
heddle_install() {
  command -v dpkg-query >/dev/null || heddle_fail \
    "this script installs packages of Debian 12; elsewhere install their like and use cmake as README.md says"
  local missing=() package
  for package in "$@"; do
    heddle_installed "$package" || missing+=("$package")
  done
  # Boost 1.74 and 1.81 conflict; either serves.
  if ! heddle_installed libboost-context-dev && ! heddle_installed libboost-context1.81-dev; then
    missing+=(libboost-context-dev)
  fi
  [[ ${#missing[@]} -gt 0 ]] || return 0
  heddle_say "Installing from Debian: ${missing[*]}"
  heddle_apt update
  heddle_apt install --no-install-recommends "${missing[@]}"
}

# How many compilers fit: one per processor, and one per GiB of memory that is free, as g++ takes up to that.
heddle_jobs() {
  local processors memory
  processors=$(nproc)
  # Without /proc, as in a bare chroot, nothing is known of the memory.
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null) || memory=2
  [[ $memory -ge 1 ]] || memory=1
  echo $((processors < memory ? processors : memory))
}

# heddle_build PRESET [TARGET...]
heddle_build() {
  local preset=$1
  shift
  heddle_say "Configuring and building the preset '$preset'"
  cmake --preset "$preset"
  cmake --build --preset "$preset" --parallel "$(heddle_jobs)" ${1:+--target "$@"}
}
