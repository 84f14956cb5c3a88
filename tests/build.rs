//! Sets `shared_data` where the real lists are there, and `pdftotext` where that program is: without them, `cargo test`
//! lists the tests that need them as ignored.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data, pdftotext)");
    println!("cargo::rerun-if-changed=../../shared");
    if std::path::Path::new("../../shared/data").exists() {
        println!("cargo::rustc-cfg=shared_data");
    }
    if std::process::Command::new("pdftotext").arg("-v").output().is_ok() {
        println!("cargo::rustc-cfg=pdftotext");
    }
}
