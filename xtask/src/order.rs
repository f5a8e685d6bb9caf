//! An order for a module's functions in which gzip makes the most of them. It finds what it
//! has seen within the last 32 KiB only, and much of a program is alike: what was generated
//! from one generic function, views built the same way. So like is put next to like.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::wasm;

/// The module with a section that gives every function a name, such that functions sorted
/// by name stand next to those they are most alike. A name section that was there is left out.
///
/// # Errors
/// When the module is not as the specification says.
pub(crate) fn name_by_likeness(module: &[u8]) -> Result<Vec<u8>> {
    let mut named = wasm::HEADER.to_vec();
    let mut imported = 0;
    let mut bodies = Vec::new();
    for (id, section) in wasm::sections(module)? {
        match id {
            wasm::CUSTOM => continue,
            wasm::IMPORTS => {
                let imports = wasm::imports(section)?;
                imported = imports.iter().filter(|import| import.is_function()).count();
            }
            wasm::CODE => bodies = wasm::bodies(section)?,
            _ => {}
        }
        wasm::put_section(id, section, &mut named);
    }
    wasm::put_section(wasm::CUSTOM, &names(imported, &order(&bodies)), &mut named);
    Ok(named)
}

/// A name section (Core, appendix A.4) with nothing but functions, named after their place
/// in the order. Functions are counted from the imported ones on.
fn names(imported: usize, order: &[usize]) -> Vec<u8> {
    let mut places = vec![0; order.len()];
    for (place, &function) in order.iter().enumerate() {
        places[function] = place;
    }
    let mut functions = Vec::new();
    wasm::put_number(order.len(), &mut functions);
    for (function, place) in places.into_iter().enumerate() {
        wasm::put_number(imported + function, &mut functions);
        wasm::put_name(&format!("{place:08}"), &mut functions);
    }
    let mut names = Vec::new();
    wasm::put_name("name", &mut names);
    wasm::put_section(1, &functions, &mut names);
    names
}

/// Bytes that are compared as one: about two instructions.
const WINDOW: usize = 6;
/// A window that is in more functions than this says nothing about any of them.
const COMMON: usize = 60;
/// A function is chosen for what it shares with this many before it.
const RECENT: usize = 40;
/// Windows added to a function's own, lest tiny ones win with next to nothing shared.
const TINY: usize = 100;

/// The indices of the functions, each one chosen as most like those just before it; where none
/// is like them, the largest that is left.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let windows: Vec<Vec<u64>> = bodies.iter().map(|body| windows_of(body)).collect();
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (function, windows) in windows.iter().enumerate() {
        for &window in windows {
            holders.entry(window).or_default().push(function);
        }
    }
    holders.retain(|_, functions| (2..COMMON).contains(&functions.len()));

    let mut left = vec![true; bodies.len()];
    let mut largest_first: Vec<usize> = (0..bodies.len()).collect();
    largest_first.sort_by_key(|&function| std::cmp::Reverse(bodies[function].len()));
    let mut largest_first = largest_first.into_iter();

    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    loop {
        let recent = &order[order.len().saturating_sub(RECENT)..];
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        let windows_of_recent = recent.iter().flat_map(|&function| &windows[function]);
        for holders in windows_of_recent.filter_map(|window| holders.get(window)) {
            for &function in holders.iter().filter(|&&function| left[function]) {
                // What few hold says more.
                *shared.entry(function).or_default() += 1.0 / holders.len() as f64;
            }
        }
        // Of the whole function: else the largest ones would share the most with any.
        let likeness =
            |(&function, shared): (&usize, &f64)| shared / (windows[function].len() + TINY) as f64;
        let alike = shared
            .iter()
            .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
            .map(|(&function, _)| function);
        let Some(next) = alike.or_else(|| largest_first.find(|&function| left[function])) else {
            return order;
        };
        left[next] = false;
        order.push(next);
    }
}

/// The hashes (FNV-1a) of a function's windows, each once.
fn windows_of(body: &[u8]) -> Vec<u64> {
    let mut windows: Vec<u64> = body
        .windows(WINDOW)
        .map(|window| {
            window.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
        })
        .collect();
    windows.sort_unstable();
    windows.dedup();
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that are like those of the same seed, and like no others.
    fn body(seed: u8, length: usize) -> Vec<u8> {
        let mut state = u32::from(seed) + 1;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect()
    }

    #[test]
    fn like_functions_stand_side_by_side() {
        let bodies: Vec<Vec<u8>> = [(1, 200), (2, 300), (1, 190), (3, 100), (2, 280)]
            .map(|(seed, length)| body(seed, length))
            .into();
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        assert_eq!(order(&bodies), [1, 4, 0, 2, 3]);
    }

    #[test]
    fn every_function_is_there_once() {
        let bodies: Vec<Vec<u8>> = (0..50).map(|n| body(n % 7, usize::from(n) * 3)).collect();
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let mut order = order(&bodies);
        order.sort_unstable();
        assert!(order.into_iter().eq(0..bodies.len()));
    }

    /// A module that imports one function and has two: the larger one comes first.
    #[test]
    fn functions_are_named_after_their_places() -> Result<()> {
        let mut module = wasm::HEADER.to_vec();
        wasm::put_section(wasm::IMPORTS, &[1, 1, b'm', 1, b'f', 0, 0], &mut module);
        wasm::put_section(wasm::CODE, &[2, 2, 0, 0x0b, 3, 0, 1, 0x0b], &mut module);
        let mut named = module.clone();
        let names = b"\x04name\x01\x15\x02\x01\x0800000001\x02\x0800000000";
        wasm::put_section(wasm::CUSTOM, names, &mut named);
        assert_eq!(name_by_likeness(&module)?, named);
        // Other names make way.
        assert_eq!(name_by_likeness(&named)?, named);
        Ok(())
    }
}
