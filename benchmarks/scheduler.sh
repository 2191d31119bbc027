#!/usr/bin/env bash
# The scheduling pass: speed by JMH beside Netflix Fenzo, memory of a waiting job, the simulator's speed, and how well it fills clusters.
set -eu

usage() {
  cat <<'HELP'
usage: benchmarks/scheduler.sh [options]

Measures, each beside its bound: passes over 1,000,000 waiting jobs on 100 clusters (cold, steady), inserts, bytes of a
waiting job, 100,000 jobs on 100 clusters beside Netflix Fenzo 1.0.1 in the same harness, CTC's log simulated.

  --data DIR    folder of measured data with traces/ in it (../shared beside the clone); without it CTC is left out
  --wild        also jobs of which no two are alike: told, not judged
  --quality     first the published figures, the default policy on three logs, and placement beside Fenzo, as tests
  --help

Needs 6 GiB of memory and about ten minutes. Exit codes: 0 every bound held, 1 something failed, 2 wrong words, 3 a bound was missed.
HELP
}

home=$(cd "$(dirname "$0")/.." && pwd)
data=$home/../shared wild=plain quality=no
while [ $# -gt 0 ]; do
  case $1 in
  --data) data=${2:?} && shift ;;
  --wild) wild=wild ;;
  --quality) quality=yes ;;
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
# shellcheck source=common.sh
. "$home/benchmarks/common.sh"
java=$(find_java)
cd "$home"
if [ "$quality" = yes ]; then
  mvn -q -B -ntp -pl simulator,benchmarks -am verify -Dstepyard.data="$data" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest='Published*Test,DefaultPolicyQualityTest,PlacementQualityTest' -Drounds=1000
fi
say 'building'
list=$home/benchmarks/target/scheduler.classpath
mvn -q -B -ntp -Dquick -Dmaven.test.skip=true -pl benchmarks -am package dependency:build-classpath -Dmdep.outputFile="$list" || fail 'the build failed'
printf '%s, %s processors, load %s\n' "$(date -u +%Y-%m-%dT%H:%MZ)" "$(nproc)" "$(load)"
"$java" -Xmx3g -XX:+UseSerialGC -cp "$(benchmark_jar):$(cat "$list")" io.stepyard.benchmarks.scheduling.SchedulerSpeed "$data/traces" "$wild"
printf 'load afterwards %s\n' "$(load)"
