#!/bin/sh
# Proves that the engine's own tests catch faults of the interpreter: applies each patch of step-functions-local/src/test/mutants to a scratch
# copy, builds the module there and runs its tests until the first fails. Prints who was caught by what; ends with 1 when a mutant survives
# and with 2 when one could not be tried. The recordings of AWS are not used: the tests must catch everything by themselves.
#
# Run at the root after a build: build/engine-mutants.sh [NAME_PART...]
#   build/engine-mutants.sh                 all of them
#   build/engine-mutants.sh restart         those with "restart" in their names
set -eu

root=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd)
case ${1-} in
-h | --help)
  sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,10p'
  exit 0
  ;;
esac
scratch=$root/target/engine-mutants
rm -rf "$scratch"
mkdir -p "$scratch/build"
cp "$root/build/eclipse-format.xml" "$scratch/build/"
cp -R "$root/step-functions-local" "$scratch/step-functions-local"
# The aggregate knows only this module there. Forms and prose are not what is tried: Error Prone and the formatter stay out.
sed -e '/<module>/{/<module>step-functions-local</!d;}' -e '/<path>/,/<\/path>/d' -e '/-Xplugin:ErrorProne/d' \
  -e '/-XDcompilePolicy/d' -e '/<arg>-Werror/d' "$root/pom.xml" >"$scratch/pom.xml"
mkdir -p "$scratch/.mvn"

# Runs Maven in the scratch copy, offline as everything was built before.
maven() {
  (cd "$scratch" && mvn -q -B -o -Dquick -Dsurefire.skipAfterFailureCount=1 -Dstepyard.data="$scratch/none" -pl step-functions-local "$@") >"$scratch/log" 2>&1
}

# The tests alone, on what is compiled. Those of the language come first: they catch most, and quickly.
tests() {
  maven surefire:test -Djvm="$java" -Dtest='RulesTest,LanguageTest,EngineTest,RestartTest' && maven surefire:test -Djvm="$java"
}

java=
for candidate in "${JDK25_HOME-}" "${JAVA_HOME-}" /usr/lib/jvm/* /opt/java/*; do
  if [ -z "$java" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
    java=$candidate/bin/java
  fi
done
[ -n "$java" ] || { echo 'engine-mutants: needs a JDK 25: set JDK25_HOME' >&2; exit 2; }

printf '%-44s %-9s %7s  %s\n' mutant verdict seconds 'first test that fails'
began=$(date +%s)
if ! maven test-compile dependency:build-classpath -Dmdep.outputFile="$scratch/classpath" || ! tests; then
  echo "engine-mutants: the tests fail without any mutant; see $scratch/log" >&2
  exit 2
fi
printf '%-44s %-9s %7s\n' '(none)' passes $(($(date +%s) - began))

module=$scratch/step-functions-local
# Only what was changed is compiled: what others know of it (constants apart, which no mutant changes for others) stays the same.
compile() {
  "${java%/java}/javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -nowarn -proc:none -parameters -d "$module/target/classes" \
    -cp "$module/target/classes:$(cat "$scratch/classpath")" "$@" >"$scratch/log" 2>&1
}

survived=0
broken=0
tried=0
for patch in "$root"/step-functions-local/src/test/mutants/*.patch; do
  name=$(basename "$patch" .patch)
  if [ $# -gt 0 ]; then
    wanted=
    for part; do
      case $name in *"$part"*) wanted=yes ;; esac
    done
    [ -n "$wanted" ] || continue
  fi
  tried=$((tried + 1))
  changed() { sed -n "s:^--- a/:$scratch/:p" "$patch"; }
  began=$(date +%s)
  if ! patch -s -d "$scratch" -p1 -F3 --no-backup-if-mismatch <"$patch" >"$scratch/log" 2>&1 || ! compile $(changed); then
    printf '%-44s %-9s\n' "$name" 'BROKEN'
    sed -n '/ERROR\|error/p' "$scratch/log" | head -n 3 >&2
    broken=$((broken + 1))
  elif tests; then
    printf '%-44s %-9s %7s\n' "$name" SURVIVED $(($(date +%s) - began))
    survived=$((survived + 1))
  else
    first=$(sed -n 's/^\[ERROR\] *\(io\.stepyard\.[A-Za-z.]*\.\)\{0,1\}\([A-Za-z]*[.:][A-Za-z]*\).*/\2/p' "$scratch/log" | head -n 1)
    printf '%-44s %-9s %7s  %s\n' "$name" caught $(($(date +%s) - began)) "$first"
  fi
  # What was changed is put back.
  for file in $(sed -n 's:^--- a/::p' "$patch"); do
    cp "$root/$file" "$scratch/$file"
  done
  compile $(changed)
done
echo "engine-mutants: $tried tried, $((tried - survived - broken)) caught, $survived survived, $broken could not be tried"
[ "$broken" -eq 0 ] || exit 2
[ "$survived" -eq 0 ]
