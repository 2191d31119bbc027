#!/usr/bin/env bash
# shellcheck disable=SC2154 # what common.sh sets
# The Step Functions engine alone: in memory, durable over HTTP, and with many executions open.
set -eu

usage() {
  cat <<'HELP'
usage: benchmarks/engine.sh [options]

1. In memory, on one thread: executions of a five-state JSONPath machine. Bound: 20,000/s of processor time.
2. Durable over HTTP: 32 clients start executions of the same machine at ./yard step-functions; each counts when its
   answer says that it is on disk. Bound: 2,500/s. Beside it, where moto_server is on PATH, the same clients at that
   in-memory emulator of the API, executing state machines too.
3. Executions open on a callback, then the server started on their history. Bounds: resident below 700 MB (700 x 1024
   kB) while they are opened and after the start; ready within 15 s; a token from before the start still works.

  --rounds N       rounds of 20,000 in memory (15)
  --executions N   executions over HTTP (20000)
  --clients N      clients over HTTP (32)
  --peer N         executions at the emulator (1000); 0 leaves it out
  --open N         executions open on a callback (100000)
  --keep           leave the state behind and say where
  --help

Exit codes: 0 every bound held, 1 something failed, 2 wrong words, 3 measured, but a bound was missed.
HELP
}

rounds=15 executions=20000 clients=32 peer=1000 open=100000 keep=no
while [ $# -gt 0 ]; do
  case $1 in
  --rounds) rounds=${2:?} && shift ;;
  --executions) executions=${2:?} && shift ;;
  --clients) clients=${2:?} && shift ;;
  --peer) peer=${2:?} && shift ;;
  --open) open=${2:?} && shift ;;
  --keep) keep=yes ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
  esac
  shift
done

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=benchmarks/common.sh
. "$home/benchmarks/common.sh"
java=$(find_java)
build_all
work=$(mktemp -d "${TMPDIR:-/tmp}/stepyard-engine.XXXXXX")
server_pid=
moto_pid=
missed=0

# shellcheck disable=SC2317 # called by the trap
clean_up() {
  [ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || :
  [ -z "$moto_pid" ] || kill "$moto_pid" 2>/dev/null || :
  wait
  if [ "$keep" = yes ]; then
    say "the state is in $work"
  else
    rm -rf "$work"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

field() { sed -n 's/.*\b'"$1"'=\([^ ]*\).*/\1/p' "$2"; }

# line NAME FOUND UNIT BOUND at-least|at-most
line() {
  verdict=$(awk -v f="$2" -v b="$4" -v kind="$5" 'BEGIN { print ((kind == "at-least" && f + 0 >= b + 0) || (kind == "at-most" && f + 0 <= b + 0)) ? "held" : "MISSED" }')
  printf '%-52s %10s %-4s %8s %s\n' "$1" "$2" "$3" "$4" "$verdict"
  [ "$verdict" = held ] || missed=1
}
note() { printf '%-52s %10s %-4s\n' "$1" "$2" "$3"; }

# The client gets a compiler and a heap of its own; the engine in memory runs as a library would.
speed() { "$java" -XX:+UseSerialGC -Xmx1g -Dhttp.maxConnections=64 -cp "$(benchmark_jar):$home/local-runtime/target/dist/lib/*" io.stepyard.benchmarks.EngineSpeed "$@"; }

# Starts ./yard step-functions on a directory; sets server_pid, url and ready_seconds.
start_server() {
  began=$(now_millis)
  "$home/yard" step-functions --port 0 --data "$1" >"$work/server.out" 2>"$work/server.err" &
  server_pid=$!
  until grep -q 'is ready' "$work/server.out"; do
    kill -0 "$server_pid" 2>/dev/null || fail "the server did not start: $(cat "$work/server.err")"
    sleep 0.05
  done
  ready_seconds=$(awk -v ms=$(($(now_millis) - began)) 'BEGIN { printf "%.1f", ms / 1000 }')
  url=$(sed -n 's/.*s: \(http:[^,]*\),.*/\1/p' "$work/server.out")
}
stop_server() {
  kill "$server_pid"
  wait "$server_pid" 2>/dev/null || :
  server_pid=
}

printf 'Engine alone, %s, load %s\n' "$(date -u +%Y-%m-%dT%H:%MZ)" "$(load)"
printf '%-52s %10s %-4s %8s\n' '' found '' bound

speed memory "$rounds" >"$work/memory"
line 'in memory, one thread, per second of processor time' "$(field per_processor_second "$work/memory")" /s 20000 at-least
note 'the same per second of the clock' "$(field per_second "$work/memory")" /s

start_server "$work/http"
speed http "$url" "$clients" "$executions" >"$work/http.out"
[ "$(field last_succeeded "$work/http.out")" = true ] || fail 'the last execution did not succeed'
ours=$(field per_second "$work/http.out")
line "durable over HTTP, $clients clients" "$ours" /s 2500 at-least
stop_server

if [ "$peer" -gt 0 ] && command -v moto_server >/dev/null; then
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  moto_server -H 127.0.0.1 -p "$port" >"$work/moto.log" 2>&1 &
  moto_pid=$!
  until curl -fs -o /dev/null "http://127.0.0.1:$port/moto-api/"; do
    kill -0 "$moto_pid" 2>/dev/null || fail "moto_server did not start: $(tail -n 1 "$work/moto.log")"
    sleep 0.1
  done
  curl -fs -o /dev/null -X POST "http://127.0.0.1:$port/moto-api/config" -d '{"stepfunctions":{"execute_state_machine":true}}'
  if speed http "http://127.0.0.1:$port" "$clients" "$peer" >"$work/moto.out" 2>"$work/moto.err"; then
    theirs=$(field per_second "$work/moto.out")
    note "moto_server, in memory, same clients" "$theirs" /s
    note 'ours through theirs' "$(ratio "$ours" "$theirs")" x
  else
    say "moto_server could not be measured: $(grep -m 1 . "$work/moto.err")"
  fi
  kill "$moto_pid"
  wait "$moto_pid" 2>/dev/null || :
  moto_pid=
elif [ "$peer" -gt 0 ]; then
  say 'there is no moto_server on PATH: no peer beside the HTTP figure'
fi

"$java" -XX:+UseSerialGC -Xmx640m -XX:+UseCompactObjectHeaders -cp "$(benchmark_jar):$home/local-runtime/target/dist/lib/*" io.stepyard.benchmarks.EngineSpeed open "$work/open" "$open" >"$work/open.out"
line "$open open on a callback, resident" "$(field resident_mb "$work/open.out")" MB 700 at-most
note 'the same, heap after a collection' "$(field heap_mb "$work/open.out")" MB
note 'opened in' "$(field seconds "$work/open.out")" s
start_server "$work/open"
line 'server ready on their history' "$ready_seconds" s 15 at-most
line 'server, resident' "$(awk '/^VmRSS:/ { printf "%d", $2 / 1024 }' "/proc/$server_pid/status")" MB 700 at-most
token=$(field token "$work/open.out")
printf '{"taskToken":"%s","output":"{}"}' "$token" >"$work/request"
curl -fs -o /dev/null -H 'X-Amz-Target: AWSStepFunctions.SendTaskSuccess' --data-binary "@$work/request" "$url" || fail 'a token from before the start does not work'
note 'a token from before the start' works ''
stop_server
printf 'load afterwards %s\n' "$(load)"
[ "$missed" -eq 0 ] || exit 3
