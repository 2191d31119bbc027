# no set -e: read by scripts that have set it
# Shared by the benchmark scripts; sourced, not run. They set `home` (the clone) before.
# shellcheck shell=bash disable=SC2034,SC2154,SC2317
set -eu

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
fail() { say "$*"; exit 1; }

# The module's jar, beside the class path of the runtime it measures.
benchmark_jar() {
  for jar in "$home"/benchmarks/target/benchmarks-*.jar; do
    if [ -f "$jar" ]; then
      printf '%s\n' "$jar"
      return
    fi
  done
}

build_all() {
  "$home/yard" --help >/dev/null
  local jar
  jar=$(benchmark_jar)
  if [ -z "$jar" ] || [ -n "$(find "$home/benchmarks/src/main" "$home/benchmarks/pom.xml" -newer "$jar" -print -quit)" ]; then
    say 'building the benchmarks'
    (cd "$home" && mvn -q -B -ntp -Dquick -Dmaven.test.skip=true -pl benchmarks -am package) || fail 'the build failed'
  fi
}

# A JDK 25, as the launcher finds it: the one that runs a program of the product.
find_java() {
  local candidate
  for candidate in "${JDK25_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* /opt/java/* "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/*; do
    if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
      printf '%s/bin/java\n' "$candidate"
      return
    fi
  done
  fail 'needs a JDK 25: set JDK25_HOME'
}

benchmark_main() {
  local main=$1
  shift
  "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -cp "$(benchmark_jar):$home/local-runtime/target/dist/lib/*" "io.stepyard.benchmarks.$main" "$@"
}

now_millis() { date +%s%3N; }
# The one-minute load average: what else the machine was doing.
load() { cut -d' ' -f1 /proc/loadavg; }
per_second() { awk -v n="$1" -v ms="$2" 'BEGIN { printf "%.1f", n * 1000 / ms }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0 > 0) printf "%.2f", a / b; else printf "-" }'; }

# A field of a JSON file that holds one object: names of texts and numbers, first occurrence.
json_field() { sed -n 's/.*"'"$1"'" *: *"\{0,1\}\([^",}]*\)"\{0,1\}.*/\1/p' "$2" | head -n 1; }

# Starts a program as a child in a place where the processor time of all its descendants is counted, where the system can do that.
# Sets started to its process id.
cpu_root=
cpu_kind=
cpu_open() {
  local root
  for root in /sys/fs/cgroup/cpuacct /sys/fs/cgroup/cpu,cpuacct; do
    if [ -f "$root/cpuacct.usage" ] && mkdir "$root/stepyard-benchmark-$$" 2>/dev/null; then
      cpu_root=$root/stepyard-benchmark-$$
      cpu_kind=v1
      return
    fi
  done
  if [ -f /sys/fs/cgroup/cgroup.controllers ] && mkdir "/sys/fs/cgroup/stepyard-benchmark-$$" 2>/dev/null; then
    cpu_root=/sys/fs/cgroup/stepyard-benchmark-$$
    cpu_kind=v2
  fi
}
cpu_enter() {
  if [ -n "$cpu_root" ]; then
    mkdir -p "$cpu_root/$1"
  fi
}
# shellcheck disable=SC2016 # the inner shell expands them
in_group() {
  local group=$1
  shift
  if [ -n "$cpu_root" ]; then
    exec sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$cpu_root/$group" "$@"
  fi
  exec "$@"
}
# Processor milliseconds that the group has used, or - where they are not counted.
cpu_millis() {
  case $cpu_kind in
  v1) awk '{ printf "%d", $1 / 1000000 }' "$cpu_root/$1/cpuacct.usage" ;;
  v2) awk '$1 == "usage_usec" { printf "%d", $2 / 1000 }' "$cpu_root/$1/cpu.stat" ;;
  *) printf -- '-' ;;
  esac
}
cpu_per_job() {
  if [ "$1" = - ]; then
    printf -- '-'
  else
    awk -v a="$1" -v b="$2" -v n="$3" 'BEGIN { printf "%.1f", (b - a) / n }'
  fi
}
cpu_leave() {
  if [ -n "$cpu_root" ] && [ -d "$cpu_root/$1" ]; then
    rmdir "$cpu_root/$1" 2>/dev/null || :
  fi
}
cpu_close() {
  if [ -n "$cpu_root" ]; then
    rmdir "$cpu_root"/* "$cpu_root" 2>/dev/null || :
  fi
}

runtime=
# Starts ./yard local on free ports: state directory, clusters file, further options. Sets runtime, endpoint, job_api, machine_arn.
start_runtime() {
  local state=$1 clusters=$2 waited=0
  shift 2
  rm -f "$state/runtime.json"
  mkdir -p "$state"
  cpu_enter ours
  (in_group ours "$home/yard" local --state-dir "$state" --api-port 0 --step-functions-port 0 --clusters "$clusters" "$@") \
    >"$state.out" 2>&1 &
  runtime=$!
  while [ ! -f "$state/runtime.json" ]; do
    kill -0 "$runtime" 2>/dev/null || fail "the runtime ended at its start: $(tail -n 3 "$state.out")"
    waited=$((waited + 1))
    [ "$waited" -lt 2400 ] || fail "the runtime did not start within two minutes; see $state.out"
    sleep 0.05
  done
  endpoint=$(json_field stepFunctions "$state/runtime.json")
  job_api=$(json_field jobApi "$state/runtime.json")
  machine_arn=$(json_field stateMachineArn "$state/runtime.json")
}

stop_runtime() {
  if [ -n "$runtime" ]; then
    kill "$runtime" 2>/dev/null || :
    wait "$runtime" 2>/dev/null || :
    runtime=
    cpu_leave ours
  fi
}
