//! Shortens what a program imports. wasm-bindgen names every function that the program
//! calls with a hash behind it (`__wbg_new_4a6e…`), in the wasm and again in the
//! JavaScript; hashes can't be compressed, so together they weigh as much as a feature.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

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

/// The section of a module that lists its imports.
const IMPORTS: u8 = 2;

/// A module with its imports renamed.
fn rename(wasm: &[u8], name: &mut impl FnMut(&str) -> String) -> Result<Vec<u8>> {
    let mut bytes = Bytes(wasm);
    let mut renamed = bytes.take(8)?.to_vec();
    ensure!(renamed.starts_with(b"\0asm"), "this is no WebAssembly");
    while !bytes.0.is_empty() {
        let id = bytes.byte()?;
        let len = bytes.number()?;
        let section = bytes.take(len)?;
        let section = if id == IMPORTS {
            rename_section(section, name).context("the imports can't be read")?
        } else {
            section.to_vec()
        };
        renamed.push(id);
        put_number(section.len(), &mut renamed);
        renamed.extend(section);
    }
    Ok(renamed)
}

fn rename_section(section: &[u8], name: &mut impl FnMut(&str) -> String) -> Result<Vec<u8>> {
    let mut bytes = Bytes(section);
    let count = bytes.number()?;
    let mut renamed = Vec::with_capacity(section.len());
    put_number(count, &mut renamed);
    for _ in 0..count {
        let module = bytes.name()?;
        let new = name(bytes.name()?);
        for word in [module, &new] {
            put_number(word.len(), &mut renamed);
            renamed.extend(word.bytes());
        }
        let before = bytes.0;
        match bytes.byte()? {
            // A function: its type.
            0 => drop(bytes.number()?),
            // A table: the type of its elements, its limits.
            1 => {
                bytes.byte()?;
                bytes.limits()?;
            }
            // A memory: its limits.
            2 => bytes.limits()?,
            // A global: its type, whether it may change.
            3 => drop(bytes.take(2)?),
            kind => bail!("an import of the unknown kind {kind}"),
        }
        renamed.extend(&before[..before.len() - bytes.0.len()]);
    }
    Ok(renamed)
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len).context("it ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// An unsigned LEB128 number of 32 bits.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number is too long")
    }

    fn name(&mut self) -> Result<&'a str> {
        let len = self.number()?;
        Ok(std::str::from_utf8(self.take(len)?)?)
    }

    fn limits(&mut self) -> Result<()> {
        let has_end = self.byte()? & 1 == 1;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Ok(())
    }
}

fn put_number(mut number: usize, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports a function, a memory and a table, and has a section more.
    fn module(function: &str) -> Vec<u8> {
        let mut imports = vec![3];
        let mut import = |name: &str, what: &[u8]| {
            imports.push(1);
            imports.push(b'm');
            put_number(name.len(), &mut imports);
            imports.extend(name.bytes());
            imports.extend(what);
        };
        import(function, &[0, 5]);
        import("memory", &[2, 1, 1, 0x80, 2]);
        import("table", &[1, 0x70, 0, 9]);
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(IMPORTS);
        put_number(imports.len(), &mut module);
        module.extend(imports);
        module.extend([0, 3, 1, b'x', 7]);
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
