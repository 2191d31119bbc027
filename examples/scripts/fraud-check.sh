#!/bin/sh
# Looks for payments far above a customer's own mean: sh fraud-check.sh ORDERS SEED
set -eu
LC_ALL=C
export LC_ALL
orders=$1 seed=$2
sh make-data.sh orders "$orders" "$seed" | awk -F, '
  { n[$2]++; sum[$2] += $5; if ($5 > max[$2]) max[$2] = $5 }
  END { for (c in n) if (n[c] >= 5 && max[c] > 3 * sum[c] / n[c]) suspects++; printf "%d customers to look at, of %d orders\n", suspects, NR }'
