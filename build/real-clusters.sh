#!/usr/bin/env bash
# The adapters' contract against real clusters: installs what is missing where it can (Debian, as root), and the tests say what they had to skip.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = --help ]; then
  sed -n '2s/^# //p' "$0"
  echo 'usage: build/real-clusters.sh'
  exit 0
fi

packages=
command -v slurmctld >/dev/null 2>&1 && command -v slurmrestd >/dev/null 2>&1 && command -v munged >/dev/null 2>&1 ||
  packages='munge slurmctld slurmd slurmrestd slurm-client slurm-wlm-jwt-plugin'
command -v prometheus >/dev/null 2>&1 || packages="$packages prometheus"
if [ -n "$packages" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $packages"
    # A policy of 101 keeps the packages from starting services of their own.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod +x /usr/sbin/policy-rc.d
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    # shellcheck disable=SC2086 # packages are words
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
      echo "Could not install $packages; the tests say what they skip" >&2
  else
    echo "Not installed here: $packages; the tests say what they skip" >&2
  fi
fi
mvn -B -Pclusters -pl cluster-adapters -am -Dtest='Real*Test' -Dsurefire.failIfNoSpecifiedTests=false verify
