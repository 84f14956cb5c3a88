//! Writes a generated list: `cargo run --release -p upr-benches --bin generate -- 2600000 /tmp/list.csv`.

use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, path] = arguments.as_slice() else {
        eprintln!("usage: generate ROWS FILE");
        std::process::exit(2);
    };
    let Ok(rows) = rows.parse() else {
        eprintln!("generate: found {rows:?} rows, expected a number");
        std::process::exit(2);
    };
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    upr_benches::generate(rows, &mut file)?;
    file.flush()
}
