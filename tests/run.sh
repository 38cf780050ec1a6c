#!/usr/bin/env bash
# Runs the tests and ends with one line: N passed, N failed (and , N skipped where something they need is missing).
#
#   bash tests/run.sh                 every test
#   bash tests/run.sh --full          the same, with the full form of fuzz, soak and load tests
#   bash tests/run.sh --fast          unit and integration tests only: no browser, no publishing
#   bash tests/run.sh --filter EXPR   only tests that match a `dotnet test --filter` expression
#
# On Debian, as root, it installs what only the tests need. Where PostgreSQL is installed it starts a throw-away server of
# its own on a free port of 127.0.0.1 and removes it at the end. Screenshots go to LAWDASHBOARD_SCREENSHOTS.
set -euo pipefail

fast='' filter=''
while [ $# -gt 0 ]; do
  case $1 in
    --full) export LAWDASHBOARD_TEST_FULL=1 ;;
    --fast) fast=1 ;;
    --filter) filter=${2:?--filter needs an expression}; shift ;;
    -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "run.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/lawdashboard-tests.XXXXXX")
chmod 755 "$work" # the database server runs as another user inside
export HOME=${HOME:-$work/home}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8
# Build servers that outlive this script would keep its output open and its caller waiting.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export LAWDASHBOARD_SCREENSHOTS=${LAWDASHBOARD_SCREENSHOTS:-${TMPDIR:-/tmp}/lawdashboard-screenshots}

postgres_stop=()
group=''

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

finish() {
  trap - EXIT INT TERM
  # The group of the running step: the test host and the programs that its tests started.
  if [ -n "$group" ]; then kill -TERM -- "-$group" 2>/dev/null || true; fi
  if [ ${#postgres_stop[@]} -gt 0 ]; then "${postgres_stop[@]}" >/dev/null 2>&1 || true; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Runs a step in a process group of its own, so that an interrupted run leaves nothing behind.
step() {
  set -m
  "$@" </dev/null &
  group=$!
  set +m
  local code=0
  wait "$group" || code=$?
  group=''
  return "$code"
}

# ---- What only the tests need ----------------------------------------------------------------------------------------

postgres_folder() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return; fi
  done
}

missing_packages() {
  local need package
  need='postgresql libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils'
  [ -n "$fast" ] || need="$need chromium fonts-noto-cjk"
  for package in $need; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && [ "$(id -u)" = 0 ]; then
  missing=$(missing_packages | xargs)
  if [ -n "$missing" ]; then
    say "Installing $missing"
    export DEBIAN_FRONTEND=noninteractive
    apt="apt-get -qq -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300"
    for attempt in 1 2 3; do
      # shellcheck disable=SC2086 # options and packages are words
      if $apt update >"$work/apt.log" 2>&1 </dev/null && $apt install --no-install-recommends $missing >>"$work/apt.log" 2>&1 </dev/null; then break; fi
      say "Attempt $attempt failed: $(tail -n 1 "$work/apt.log")"
      sleep $((attempt * 5))
    done
    missing=$(missing_packages | xargs)
    # Elsewhere a missing program skips its tests; a build server that silently skipped them would prove nothing.
    if [ -n "$missing" ] && [ "${CI:-}" = true ]; then
      tail -n 20 "$work/apt.log"
      say "Could not install $missing"
      echo "0 passed, 1 failed"
      exit 1
    fi
  fi
fi

lacks() { say "Not installed: $1. Skipped: $2."; }
[ -n "$(postgres_folder)" ] || lacks "PostgreSQL server (initdb, pg_ctl)" "the PostgreSQL half of the tests of services and queries"
command -v soffice >/dev/null || command -v libreoffice >/dev/null || lacks "LibreOffice (soffice)" "tests that open our documents with another program"
{ command -v pdftotext && command -v pdftoppm; } >/dev/null || lacks "poppler (pdftotext, pdftoppm)" "tests that open our documents with another program"
if [ -z "$fast" ]; then
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || lacks "Chromium" "tests in a browser"
  command -v npm >/dev/null || [ -n "${LAWDASHBOARD_TEST_AXE:-}" ] || lacks "npm, from which axe-core is taken" "tests of accessibility"
  ! command -v fc-list >/dev/null || [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ] || say "No Chinese font: screenshots will show boxes."
fi

# ---- A PostgreSQL of our own -----------------------------------------------------------------------------------------

as_postgres() {
  if [ "$(id -u)" != 0 ]; then "$@"
  elif command -v runuser >/dev/null; then runuser -u postgres -- "$@"
  else su postgres -s /bin/sh -c 'exec "$0" "$@"' -- "$@"
  fi
}

# Below the range from which the system hands out ports by itself.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

start_postgres() {
  local bin data password port
  bin=$(postgres_folder)
  [ -n "$bin" ] || return 0
  data=$work/postgres
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  mkdir "$data"
  printf '%s' "$password" >"$data/password"
  [ "$(id -u)" != 0 ] || chown -R postgres "$data"
  chmod 700 "$data"
  cd /
  as_postgres "$bin/initdb" -D "$data/cluster" -U tests -A scram-sha-256 --pwfile="$data/password" -E UTF8 --locale=C.UTF-8 --no-sync >"$work/postgres.log" 2>&1 || return 1
  postgres_stop=(as_postgres "$bin/pg_ctl" stop -D "$data/cluster" -m immediate)
  for _ in 1 2 3; do
    port=$(free_port)
    # Nothing here outlives the run, so nothing need be written through to the disk.
    if as_postgres "$bin/pg_ctl" start -D "$data/cluster" -w -t 60 -l "$data/server.log" -o "-p $port -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 \
      -c shared_buffers=256MB -c max_wal_size=2GB" >>"$work/postgres.log" 2>&1 </dev/null; then
      export LAWDASHBOARD_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=tests;Password=$password;Database=postgres"
      say "PostgreSQL $("$bin/postgres" --version | awk '{ print $3 }') on port $port"
      cd "$root"
      return 0
    fi
  done
  return 1
}

if [ -z "${LAWDASHBOARD_TEST_POSTGRES:-}" ] && ! start_postgres; then
  cat "$work/postgres.log" "$work/postgres/server.log" 2>/dev/null || true
  say "PostgreSQL is installed but did not start"
  echo "0 passed, 1 failed"
  exit 1
fi

# ---- Build once, run, count ------------------------------------------------------------------------------------------

cd "$root"
projects=(LawDashboard.Tests)
[ -n "$fast" ] || projects+=(LawDashboard.BrowserTests)
[ -z "$fast" ] || filter="Speed!=Slow${filter:+&($filter)}"
hang=20m
[ -z "${LAWDASHBOARD_TEST_FULL:-}" ] || hang=60m

say "Building"
build() { dotnet build LawDashboard.sln -c Release -v quiet --nologo >"$work/build.log" 2>&1; }
if ! step build; then
  sort -u "$work/build.log"
  echo "0 passed, 1 failed"
  exit 1
fi

broken=0
for project in "${projects[@]}"; do
  say "Running $project"
  code=0
  step dotnet test "tests/$project" --no-build -c Release --nologo -v quiet ${filter:+--filter "$filter"} \
    --logger "trx;LogFileName=$project.trx" --logger "console;verbosity=minimal" --results-directory "$work/results" \
    --blame-hang --blame-hang-timeout "$hang" --blame-hang-dump-type none || code=$?
  # A test host that died or hung leaves no failed test in its counters, or none at all.
  if [ "$code" != 0 ] && ! grep -qs '<Counters [^>]*failed="[1-9]' "$work/results/$project.trx"; then
    say "$project ended with $code before its tests did"
    broken=$((broken + 1))
  fi
done

counts=$(find "$work" -name '*.trx' -exec cat {} + | awk -v broken="$broken" '
  function counter(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
  /<Counters / { total += counter("total"); executed += counter("executed"); passed += counter("passed") }
  END { print passed + 0, executed - passed + broken, total - executed }')
read -r passed failed skipped <<<"$counts"
say "Screenshots, if any: $LAWDASHBOARD_SCREENSHOTS"
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
