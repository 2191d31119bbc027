#!/bin/sh
# Joins orders with customers and prints the ten best customers: sh top-customers.sh ORDERS CUSTOMERS SEED
set -eu
LC_ALL=C
export LC_ALL
orders=$1 customers=$2 seed=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh make-data.sh orders "$orders" "$seed" | awk -F, '{ sum[$2] += $5 } END { for (c in sum) printf "%s,%.0f\n", c, sum[c] }' | sort -t, -k1,1 >"$work/totals"
sh make-data.sh customers "$customers" "$seed" | sort -t, -k1,1 >"$work/customers"
join -t, "$work/customers" "$work/totals" | sort -t, -k4,4nr >"$work/joined"
awk -F, 'NR <= 10 { printf "%-16s %-9s %12.2f\n", $2, $3, $4 / 100 }' "$work/joined"
[ "$(wc -l <"$work/joined")" -eq "$(wc -l <"$work/totals")" ] || { echo 'some orders have no customer' >&2; exit 1; }
