#!/bin/sh
# Checks the formatting, builds in Release, the benchmark too, and runs every test. Installs what the tests need where it may.
# The last line is "N passed, N failed, N skipped"; the exit code is not 0 when anything failed.
set -eu
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

find_browser() {
    if [ -n "${NINJAIAM_CHROMIUM:-}" ]; then
        echo "$NINJAIAM_CHROMIUM"
        return
    fi
    for place in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        if [ -x "$place" ]; then
            echo "$place"
            return
        fi
    done
}

# Installs Debian packages where that needs no question.
install() {
    if ! command -v apt-get >/dev/null; then
        return 1
    elif [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=sudo
    else
        return 1
    fi
    $as_root apt-get update -q || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

has_saml() { [ -d /usr/share/simplesamlphp ] && [ -x /usr/bin/php ]; }

if ! command -v dotnet >/dev/null; then
    echo "Install the .NET 10 SDK first: https://dotnet.microsoft.com/download" >&2
    exit 1
fi
if [ -z "$(find_browser)" ] && ! install chromium fonts-liberation; then
    echo "The browser journeys need Chromium. Install it, on Debian and Ubuntu with: sudo apt-get install chromium fonts-liberation" >&2
    echo "Or set NINJAIAM_CHROMIUM to the path of a Chromium or Chrome. Without it the journeys are skipped." >&2
fi
if ! has_saml && ! install simplesamlphp php-cli php-xml php-mbstring php-curl php-sqlite3; then
    echo "The journey of single sign-on needs SimpleSAMLphp: sudo apt-get install --no-install-recommends simplesamlphp php-cli php-xml php-mbstring php-curl php-sqlite3" >&2
    echo "Without it that journey is skipped." >&2
fi

dotnet tool restore
dotnet csharpier check .
dotnet build NinjaIam.sln -c Release
# Outside the solution, and still to be built by whoever wants to measure.
dotnet build bench -c Release

results=artifacts/test-results
rm -rf "$results"
code=0
dotnet test NinjaIam.sln -c Release --no-build --logger "trx;LogFileName=tests.trx" --results-directory "$results" || code=$?

# <Counters total="9" executed="8" passed="8" failed="0" ... />
counters=$(grep -o '<Counters [^>]*>' "$results/tests.trx")
count() { echo "$counters" | sed "s/.* $1=\"\([0-9]*\)\".*/\1/"; }
total=$(count total)
executed=$(count executed)
echo "$(count passed) passed, $(count failed) failed, $((total - executed)) skipped"
exit "$code"
