//! Leaves out what a program exports for nobody. The framework's libraries can hand streams to
//! JavaScript, as classes that the page never makes; an export is kept by every optimizer, with
//! all that it calls.

use anyhow::Result;

use crate::wasm;

/// How the names of these classes begin.
const CLASSES: &str = "IntoUnderlying";

/// The wasm and its JavaScript without the classes.
///
/// # Errors
/// When the wasm is not as the specification says (WebAssembly Core 5.5).
pub(crate) fn leave_out(module: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let left = wasm::with_section(module, wasm::EXPORTS, without_methods)?;
    Ok((left, without_classes(script)))
}

fn without_methods(section: &[u8]) -> Result<Vec<u8>> {
    let methods = CLASSES.to_lowercase();
    let mut exports = wasm::exports(section)?;
    exports.retain(|export| !export.name.contains(&methods));
    let mut left = Vec::with_capacity(section.len());
    wasm::put_number(exports.len(), &mut left);
    for export in exports {
        wasm::put_name(export.name, &mut left);
        left.extend(export.what);
    }
    Ok(left)
}

/// The script without the statements that begin with a line about one of the classes.
fn without_classes(script: &str) -> String {
    let mut left = String::with_capacity(script.len());
    let mut drops = false;
    for line in script.split_inclusive('\n') {
        // All else is the rest of a statement.
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            drops = line.contains(CLASSES);
        }
        if !drops {
            left.push_str(line);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm::{put_name, put_number, put_section};

    fn module(names: &[&str]) -> Vec<u8> {
        let mut exports = Vec::new();
        put_number(names.len(), &mut exports);
        for name in names {
            put_name(name, &mut exports);
            exports.extend([0, 0x81, 1]);
        }
        let mut module = wasm::HEADER.to_vec();
        put_section(wasm::EXPORTS, &exports, &mut module);
        put_section(wasm::CUSTOM, &[1, b'x', 7], &mut module);
        module
    }

    #[test]
    fn classes_that_nobody_makes_go_on_both_sides() -> Result<()> {
        let script = "\
export class IntoUnderlyingSink {
    close() {
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;

function start() {
    const own = 'IntoUnderlyingSink';
}
const IntoUnderlyingSinkFinalization = (1)
    ? {}
    : {};
let wasm;
";
        let names = [
            "main",
            "__wbg_intounderlyingsink_free",
            "intounderlyingsink_close",
        ];
        let (wasm, script) = leave_out(&module(&names), script)?;
        assert_eq!(wasm, module(&["main"]));
        let left = "function start() {\n    const own = 'IntoUnderlyingSink';\n}\nlet wasm;\n";
        assert_eq!(script, left);
        Ok(())
    }

    #[test]
    fn a_program_without_them_stays_as_it_is() -> Result<()> {
        let (plain, script) = (module(&["main", "memory"]), "export function main() {\n}\n");
        assert_eq!(
            leave_out(&plain, script)?,
            (plain.clone(), script.to_owned())
        );
        Ok(())
    }
}
