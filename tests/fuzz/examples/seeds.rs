//! Writes the first inputs of each target: `cargo run --example seeds -- FOLDER` fills `FOLDER/<target>`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "corpus".to_string());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (target, _) in upr_fuzz::TARGETS {
        let folder = Path::new(&folder).join(target);
        std::fs::create_dir_all(&folder)?;
        let seeds = upr_fuzz::seeds::seeds(&root, target);
        println!("{target}: {} seeds", seeds.len());
        for (at, seed) in seeds.iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at:02}")), seed)?;
        }
    }
    Ok(())
}
