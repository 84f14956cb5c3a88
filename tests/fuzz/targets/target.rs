//! The one program behind all targets: libFuzzer gives bytes, and the target of this program's name takes them.
#![no_main]

libfuzzer_sys::fuzz_target!(
    init: upr_fuzz::prepare(env!("CARGO_BIN_NAME")),
    |bytes: &[u8]| upr_fuzz::run(env!("CARGO_BIN_NAME"), bytes)
);
