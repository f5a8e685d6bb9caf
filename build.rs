//! Says whether the page's program is built in parts: see `src/ui/parts.rs`. That is for its
//! release build only: a quick build is in one piece, and so is the worker's program, which would
//! take the page's parts along.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name, value| env::var(name).as_deref() == Ok(value);
    // The worker is built for speed, and so at another level.
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("OPT_LEVEL", "z") {
        println!("cargo::rustc-cfg=split");
        // What calls what, for the program that divides it.
        println!("cargo::rustc-link-arg-bin=themark=--emit-relocs");
    }
}
