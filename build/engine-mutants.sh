#!/bin/sh
# Proves that the engine's own tests catch faults of the interpreter: applies each patch of step-functions-local/src/test/mutants to a scratch
# copy, compiles it and runs the module's tests until one fails. Prints who was caught by what; ends with 1 when a mutant survives
# and with 2 when one could not be tried. The recordings of AWS are not used: the tests must catch everything by themselves.
#
#   build/engine-mutants.sh                 all of them
#   build/engine-mutants.sh restart         those with "restart" in their names
set -eu

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd)
case ${1-} in
-h | --help)
  sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,9p'
  exit 0
  ;;
esac

java=
for candidate in "${JDK25_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* /opt/java/* "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/*; do
  if [ -z "$java" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
    java=$candidate/bin/java
  fi
done
[ -n "$java" ] || { echo 'engine-mutants: needs a JDK 25: set JDK25_HOME' >&2; exit 2; }

module=$root/step-functions-local
scratch=$module/target/mutants
rm -rf "$scratch"
mkdir -p "$scratch"
if ! (cd "$root" && mvn -q -B -o -Dquick -pl step-functions-local test-compile dependency:build-classpath \
  -Dmdep.outputFile="$scratch/classpath") >"$scratch/build.log" 2>&1; then
  echo "engine-mutants: the build fails; see $scratch/build.log" >&2
  exit 2
fi
libraries=$(cat "$scratch/classpath")
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g -Djava.io.tmpdir="$scratch" -Dstepyard.data="$scratch/none" -Dstepyard.root="$root" \
  -Djdk.system.logger.level=OFF -cp "$module/target/test-classes:$libraries" io.stepyard.stepfunctions.mutants.MutantRun "$module" "$scratch" "$@" 2>"$scratch/errors.log"
