# Shared by ./run and ./test: packages and build. Sourced from the project's folder.

# Prints the packages of packages.txt that are not installed.
missing_packages() {
    local wanted installed
    wanted=$(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' packages.txt | sort -u)
    installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii *//p' | sort -u)
    comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

install_packages() {
    local missing as_root=""
    if ! command -v dpkg-query >/dev/null 2>&1 || ! grep -q '^ID=debian' /etc/os-release 2>/dev/null ||
        ! grep -q '^VERSION_ID="12"' /etc/os-release; then
        cat >&2 <<'TEXT'
Tocsin is built on Debian 12 (bookworm). This is another system: nothing is installed here by itself.
It needs CMake 3.25, Ninja, a C++20 compiler (GCC 12 or later) and the libraries whose Debian names stand in
packages.txt: Qt 6.4, Mapnik 3.1, GDAL, libosmium, Boost 1.74, SQLiteCpp, LEMON and the rest.
TEXT
        command -v cmake >/dev/null && command -v ninja >/dev/null || exit 1
        return 0
    fi
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "These packages are missing, and only root can install them: " $missing >&2
            echo "Run as root:  apt-get install --no-install-recommends" $missing >&2
            exit 1
        fi
        as_root=sudo
    fi
    echo "Installing" $(wc -w <<<"$missing") "packages"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# build PRESET TARGET...
build() {
    local preset=$1
    shift
    if [ ! -e "build/$preset/build.ninja" ]; then
        cmake --preset "$preset" >build-configure.log 2>&1 || { cat build-configure.log >&2; rm -f build-configure.log; exit 1; }
        rm -f build-configure.log
    fi
    cmake --build --preset "$preset" --target "$@"
}
