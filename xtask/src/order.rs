//! An order for a module's functions in which gzip makes the most of them. It finds what it
//! has seen within the last 32 KiB only, and much of a program is alike: what was generated
//! from one generic function, views built the same way. So like is put next to like.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

/// The module with a section that gives every function a name, such that functions sorted
/// by name stand next to those they are most alike.
///
/// # Errors
/// When the module is not as the specification says.
pub(crate) fn name_by_likeness(module: &[u8]) -> Result<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for part in Parser::new(0).parse_all(module) {
        match part? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut places = BTreeMap::new();
    for (place, function) in order(&bodies).into_iter().enumerate() {
        places.insert(function, place);
    }
    // Functions are counted from the imported ones on.
    let mut functions = NameMap::new();
    for (index, place) in (imported..).zip(places.values()) {
        functions.append(index, &format!("{place:08}"));
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    let mut named = module.to_vec();
    names.append_to(&mut named);
    Ok(named)
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
    let windows: Vec<BTreeSet<&[u8]>> = bodies
        .iter()
        .map(|body| body.windows(WINDOW).collect())
        .collect();
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
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

    /// A module that imports one function and has two: the larger one comes first.
    #[test]
    fn functions_are_named_after_their_places() -> Result<()> {
        let module =
            b"\0asm\x01\0\0\0\x02\x07\x01\x01m\x01f\0\0\x03\x03\x02\0\0\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b";
        let names = b"\0\x1c\x04name\x01\x15\x02\x01\x0800000001\x02\x0800000000";
        assert_eq!(name_by_likeness(module)?, [&module[..], names].concat());
        Ok(())
    }
}
