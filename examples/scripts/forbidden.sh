#!/bin/sh
# Wants to read what it may not: sh forbidden.sh
set -eu
LC_ALL=C
export LC_ALL
echo 'reading the payroll of the month'
echo 'forbidden.sh: payroll: access denied' >&2
exit 13
