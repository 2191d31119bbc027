#!/bin/sh
# Sums orders by region and product and writes CSV: sh csv-aggregate.sh ORDERS SEED
set -eu
LC_ALL=C
export LC_ALL
orders=$1 seed=$2
echo 'region,product,orders,revenue'
sh make-data.sh orders "$orders" "$seed" |
  awk -F, '{ n[$3 "," $4]++; sum[$3 "," $4] += $5 } END { for (k in n) printf "%s,%d,%.2f\n", k, n[k], sum[k] / 100 }' |
  sort -t, -k4,4nr | awk -v orders="$orders" -F, '
    NR <= 10 { print } { counted += $3 }
    END { if (counted != orders) { print counted " orders, expected " orders > "/dev/stderr"; exit 1 } }'
