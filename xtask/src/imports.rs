//! Shortens what a program imports. wasm-bindgen names every function that the program
//! calls with a hash behind it (`__wbg_new_4a6e…`), in the wasm and again in the
//! JavaScript; hashes can't be compressed, so together they weigh as much as a feature.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::wasm;

/// The wasm and its JavaScript with short names; comments and indentation of the
/// JavaScript are left out as well.
///
/// # Errors
/// When the wasm is not as the specification says (WebAssembly Core 5.5), or imports
/// something other than functions, tables, memories and globals.
pub(crate) fn shorten(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let wasm = rename(wasm, &mut |name| {
        if !is_hashed(name) {
            return name.to_owned();
        }
        let next = names.len();
        names
            .entry(name.to_owned())
            .or_insert_with(|| format!("_{next}"))
            .clone()
    })?;
    Ok((wasm, replace(&bare(script), &names)))
}

/// Whether a name ends with an underscore and a hash of 16 hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('_')
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|c| c.is_ascii_hexdigit()))
}

/// The script without lines that are nothing but comment, and without indentation.
fn bare(script: &str) -> String {
    let mut bare = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            bare.push_str(line);
            bare.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    bare
}

/// The script with whole names replaced.
fn replace(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut replaced = String::with_capacity(script.len());
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let len = rest[start..]
            .find(|c| !is_part(c))
            .unwrap_or(rest.len() - start);
        let word = &rest[start..start + len];
        replaced.push_str(&rest[..start]);
        replaced.push_str(names.get(word).map_or(word, String::as_str));
        rest = &rest[start + len..];
    }
    replaced.push_str(rest);
    replaced
}

/// A module with its imports renamed.
fn rename(module: &[u8], name: &mut impl FnMut(&str) -> String) -> Result<Vec<u8>> {
    wasm::with_section(module, wasm::IMPORTS, |section| {
        rename_section(section, name)
    })
}

fn rename_section(section: &[u8], name: &mut impl FnMut(&str) -> String) -> Result<Vec<u8>> {
    let imports = wasm::imports(section)?;
    let mut renamed = Vec::with_capacity(section.len());
    wasm::put_number(imports.len(), &mut renamed);
    for import in imports {
        wasm::put_name(import.module, &mut renamed);
        wasm::put_name(&name(import.name), &mut renamed);
        renamed.extend(import.what);
    }
    Ok(renamed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm::{put_name, put_number, put_section};

    /// A module that imports a function, a memory and a table, and has a section more.
    fn module(function: &str) -> Vec<u8> {
        let mut imports = Vec::new();
        put_number(3, &mut imports);
        let mut import = |name: &str, what: &[u8]| {
            put_name("m", &mut imports);
            put_name(name, &mut imports);
            imports.extend(what);
        };
        import(function, &[0, 5]);
        import("memory", &[2, 1, 1, 0x80, 2]);
        import("table", &[1, 0x70, 0, 9]);
        let mut module = wasm::HEADER.to_vec();
        put_section(wasm::IMPORTS, &imports, &mut module);
        put_section(wasm::CUSTOM, &[1, b'x', 7], &mut module);
        module
    }

    #[test]
    fn a_hashed_import_gets_a_short_name_on_both_sides() -> Result<()> {
        let long = "__wbg_new_0123456789abcdef";
        let script = format!(
            "/**\n * Tells.\n */\nconst imports = {{\n    {long}: function() {{ return '{long}x'; }},\n    // why\n    memory: 1 }};\n"
        );
        let (wasm, script) = shorten(&module(long), &script)?;
        assert_eq!(wasm, module("_0"));
        assert_eq!(
            script,
            format!("const imports = {{\n_0: function() {{ return '{long}x'; }},\nmemory: 1 }};\n")
        );
        Ok(())
    }

    #[test]
    fn other_names_stay() -> Result<()> {
        let plain = module("__wbindgen_throw");
        assert_eq!(shorten(&plain, "")?.0, plain);
        Ok(())
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = module("f");
        for len in 0..whole.len() {
            // Cut between two sections it is a module, only a smaller one.
            let cut = rename(&whole[..len], &mut str::to_owned);
            assert!(cut.is_err() || [8, whole.len() - 5].contains(&len), "{len}");
        }
        assert!(rename(b"#!/bin/sh\n", &mut str::to_owned).is_err());
    }
}
