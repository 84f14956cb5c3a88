#!/usr/bin/env bash
# How time and memory grow with the rows of a list: benches/growth.sh [ROWS ...]
# Runs `summary LIST --out FOLDER`, the command of the README, on generated lists in the form of UPR Info's export, each three
# times in turn, and prints the least processor time and the peak memory of each, and what each row more takes. On a machine
# that does other work as well, these two say more than the clock. GNU time (`apt-get install time`) measures.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=("$@")
if [ ${#rows[@]} = 0 ]; then rows=(1000 4000 16000 65000 260000); fi
work=target/growth
mkdir -p "$work"
cargo build --quiet --release --locked --example summary
cargo build --quiet --release --locked -p upr-benches --bin generate
for number in "${rows[@]}"; do target/release/generate "$number" "$work/$number.csv"; done
: >"$work/measured.txt"
for _ in 1 2 3; do
  for number in "${rows[@]}"; do
    /usr/bin/time -f "$number %U %S %M" -a -o "$work/measured.txt" \
      target/release/examples/summary "$work/$number.csv" --out "$work/out" >/dev/null 2>"$work/errors.txt" \
      || { cat "$work/errors.txt"; exit 1; }
  done
done
echo "| rows | MB of CSV | CPU seconds | a row, µs | peak memory, MB | a row more, bytes |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: |"
before_rows=0 before_kb=0
for number in "${rows[@]}"; do
  read -r seconds kb < <(awk -v n="$number" '$1 == n { s = $2 + $3; if (!c || s < t) t = s; if (!c || $4 < m) m = $4; c = 1 }
    END { printf "%.2f %d\n", t, m }' "$work/measured.txt")
  bytes=$(stat -c %s "$work/$number.csv")
  awk -v n="$number" -v b="$bytes" -v t="$seconds" -v k="$kb" -v bn=$before_rows -v bk=$before_kb 'BEGIN {
    more = bn ? sprintf("%d", (k - bk) * 1024 / (n - bn)) : ""
    printf "| %d | %.1f | %.2f | %.0f | %.0f | %s |\n", n, b / 1e6, t, t * 1e6 / n, k / 1024, more }'
  before_rows=$number before_kb=$kb
done
