//! Says whether the page's program is built in parts: see `src/ui/parts.rs`. That is for its
//! release build only: a quick build is in one piece, and so is the worker's program, which would
//! take the page's parts along.
//!
//! Bounds the memory of the workers' programs, too: what would take more ends, and the page says so.

use std::env;

/// How many pages of 64 KiB the programs of workers may have: the reader just under 300 MB, since what
/// it reads is anybody's; the other 1 GiB, since it holds a person's own project.
const MOST_PAGES: [(&str, u32); 2] = [("reader", 4_577), ("worker", 16_384)];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is = |name, value| env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        for (program, pages) in MOST_PAGES {
            let most = u64::from(pages) * 65_536;
            println!("cargo::rustc-link-arg-bin={program}=--max-memory={most}");
        }
    }
    // The worker is built for speed, and so at another level.
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("OPT_LEVEL", "z") {
        println!("cargo::rustc-cfg=split");
        // What calls what, for the program that divides it.
        println!("cargo::rustc-link-arg-bin=themark=--emit-relocs");
    }
}
