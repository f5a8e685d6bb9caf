//! Shortens what a program imports. wasm-bindgen names every function that the program
//! calls with a hash behind it (`__wbg_new_4a6e…`), in the wasm and again in the
//! JavaScript; hashes can't be compressed: together they are 4 % of a first visit.

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ImportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The wasm with numbers for the names of hashed imports, which are replaced in its JavaScript
/// too.
///
/// # Errors
/// When the wasm is not as the specification says.
pub(crate) fn shorten(wasm: &[u8], script: &mut String) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for part in Parser::new(0).parse_all(wasm) {
        let part = part?;
        if let Payload::ImportSection(imports) = part {
            let mut section = ImportSection::new();
            for (number, import) in imports.into_imports().enumerate() {
                let import = import?;
                let mut name = import.name.to_owned();
                if is_hashed(&name) {
                    name = format!("_{number}");
                    *script = script.replace(import.name, &name);
                }
                let entity = RoundtripReencoder.entity_type(import.ty)?;
                section.import(import.module, &name, entity);
            }
            module.section(&section);
        } else if let Some((id, range)) = part.as_section() {
            let data = &wasm[range.start as usize..range.end as usize];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// Whether a name ends with an underscore and a hash of 16 hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.rsplit_once('_')
        .is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, EntityType};

    use super::*;

    #[test]
    fn a_hashed_import_gets_the_same_short_name_on_both_sides() -> Result<()> {
        let wasm = |name: &str| {
            let mut imports = ImportSection::new();
            imports.import("m", "__wbindgen_throw", EntityType::Function(3));
            imports.import("m", name, EntityType::Function(5));
            let (name, data) = ("x".into(), [7][..].into());
            let mut module = Module::new();
            module.section(&imports);
            module.section(&CustomSection { name, data });
            module.finish()
        };
        let script = |name| format!("imports = {{ {name}: () => 1, __wbindgen_throw: throws }};");
        let long = "__wbg_new_0123456789abcdef";
        let mut words = script(long);
        assert_eq!(shorten(&wasm(long), &mut words)?, wasm("_1"));
        assert_eq!(words, script("_1"));
        Ok(())
    }
}
