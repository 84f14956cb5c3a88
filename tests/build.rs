//! Sets `shared_data` where the real lists are there, and `pdftotext` where that program is: without them, `cargo test`
//! lists the tests that need them as ignored. Copies the program of the README, which a test compiles and runs.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data, pdftotext)");
    println!("cargo::rerun-if-changed=../../shared");
    if std::path::Path::new("../../shared/data").exists() {
        println!("cargo::rustc-cfg=shared_data");
    }
    if std::process::Command::new("pdftotext").arg("-v").output().is_ok() {
        println!("cargo::rustc-cfg=pdftotext");
    }
    println!("cargo::rerun-if-changed=../README.md");
    let readme = std::fs::read_to_string("../README.md").expect("the README");
    let program = readme.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next());
    let out = std::env::var("OUT_DIR").expect("a folder for what a build makes");
    std::fs::write(std::path::Path::new(&out).join("readme.rs"), program.expect("a program in the README"))
        .expect("a writable folder");
}
