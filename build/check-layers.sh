#!/bin/sh
# Proves that the layer rules of the root POM bite: builds made-up modules, some with a dependency that their layer may not know, and
# expects exactly those to fail. Run at the root after a build, so that the libraries are in the local repository: build/check-layers.sh
# shellcheck disable=SC2016 # The dollar signs are for Maven.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
scratch="$root/target/check-layers"
rm -rf "$scratch"
mkdir -p "$scratch"
modules=""

# module NAME LAYERS DEPENDENCY_XML: adds one made-up module.
module() {
    mkdir -p "$scratch/$1"
    modules="$modules<module>$1</module>"
    may_know=""
    [ -z "$2" ] || may_know="<properties><stepyard.may.know>$2</stepyard.may.know></properties>"
    cat > "$scratch/$1/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent><groupId>io.stepyard</groupId><artifactId>stepyard</artifactId><version>0.1.0-SNAPSHOT</version><relativePath>../../../pom.xml</relativePath></parent>
  <artifactId>$1</artifactId><packaging>pom</packaging>$may_know
  <dependencies>$3</dependencies>
</project>
POM
}

dependency() {
    printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version><type>pom</type>%s</dependency>' "$1" "$2" "$3" "${4:-}"
}

own=0.1.0-SNAPSHOT
spring=$(sed -n 's:.*<spring-boot.version>\(.*\)</spring-boot.version>.*:\1:p' "$root/pom.xml")
aws=$(sed -n 's:.*<aws.sdk.version>\(.*\)</aws.sdk.version>.*:\1:p' "$root/pom.xml")

# Rooms to depend on: made up, with the names of real ones.
for room in common-model job-core store-embedded store-dynamodb local-runtime; do
    module "$room" '${layer.0}' ""
done
module scheduler-core '${layer.0},${technology.aws}' "$(dependency software.amazon.awssdk bom "$aws")"

# What must pass. (The two BOMs stand for their technology: they are in every local repository, because the root POM imports them.)
module allowed-1 '${layer.1}' "$(dependency io.stepyard common-model $own)"
module allowed-3 '${layer.3}' "$(dependency io.stepyard job-core $own)"
module allowed-3-aws '${layer.3},${technology.aws}' "$(dependency software.amazon.awssdk bom "$aws")"
module allowed-4 '${layer.4}' "$(dependency io.stepyard store-dynamodb $own)$(dependency org.springframework.boot spring-boot-dependencies "$spring")"

# What must fail.
module refused-no-layer "" "$(dependency io.stepyard common-model $own)"
module refused-0-knows-2 '${layer.0}' "$(dependency io.stepyard job-core $own)"
module refused-1-spring '${layer.1}' "$(dependency org.springframework.boot spring-boot-dependencies "$spring")"
module refused-2-aws '${layer.2}' "$(dependency software.amazon.awssdk bom "$aws")"
module refused-2-aws-in-tests '${layer.2}' "$(dependency software.amazon.awssdk bom "$aws" '<scope>test</scope>')"
module refused-3-knows-3 '${layer.3}' "$(dependency io.stepyard store-embedded $own)"
module refused-3-spring '${layer.3}' "$(dependency org.springframework.boot spring-boot-dependencies "$spring")"
module refused-4-knows-5 '${layer.4}' "$(dependency io.stepyard local-runtime $own)"
module refused-6-product '${layer.6}' "$(dependency io.stepyard common-model $own)"
module refused-2-aws-through-another '${layer.2}' "$(dependency io.stepyard scheduler-core $own)"

cat > "$scratch/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>io.stepyard.canary</groupId><artifactId>layers</artifactId><version>1</version><packaging>pom</packaging>
  <modules>$modules</modules>
</project>
POM

mvn -B -o -fae -f "$scratch/pom.xml" validate > "$scratch/log" 2>&1 || true

faults=0
expect() {
    if ! grep -q "^\[INFO\] $1 $own \.* *$2" "$scratch/log"; then
        echo "check-layers: expected module $1 to end with $2; see $scratch/log" >&2
        faults=$((faults + 1))
    fi
}
count=0
for directory in "$scratch"/allowed-* "$scratch"/refused-*; do
    name=$(basename "$directory")
    case $name in
        allowed-*) expect "$name" SUCCESS ;;
        *)
            expect "$name" FAILURE
            # It must be the layer rule that refused it, and nothing else.
            if ! grep -q "on project $name: *$" "$scratch/log" || ! grep -q "$name may know: " "$scratch/log"; then
                echo "check-layers: expected the layer rule to refuse $name; see $scratch/log" >&2
                faults=$((faults + 1))
            fi
            ;;
    esac
    count=$((count + 1))
done
[ "$faults" -eq 0 ] || exit 1
echo "check-layers: $count made-up modules, each allowed or refused as its layer says"
