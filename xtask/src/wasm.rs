//! WebAssembly's binary format (Core 5), as far as the optimizing steps read and write it.

use anyhow::{Context, Result, bail, ensure};

/// What every module begins with: its magic number and version 1.
pub(crate) const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// A section that engines skip, after a name that says what it holds.
pub(crate) const CUSTOM: u8 = 0;
/// The section that lists what a module imports.
pub(crate) const IMPORTS: u8 = 2;
/// The section that lists what a module exports.
pub(crate) const EXPORTS: u8 = 7;
/// The section with the bodies of a module's own functions.
pub(crate) const CODE: u8 = 10;

/// The sections of a module with their ids, as they follow on each other.
pub(crate) fn sections(module: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let body = module.strip_prefix(HEADER);
    ensure!(body.is_some(), "this is no WebAssembly");
    let mut bytes = Bytes(body.unwrap_or_default());
    let mut sections = Vec::new();
    while !bytes.0.is_empty() {
        let id = bytes.byte()?;
        sections.push((id, bytes.vector()?));
    }
    Ok(sections)
}

/// A module in which one section is another one.
///
/// # Errors
/// When the module can't be read, or `change` can't read the section.
pub(crate) fn with_section(
    module: &[u8],
    id: u8,
    mut change: impl FnMut(&[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut changed = HEADER.to_vec();
    for (own, section) in sections(module)? {
        if own == id {
            put_section(own, &change(section)?, &mut changed);
        } else {
            put_section(own, section, &mut changed);
        }
    }
    Ok(changed)
}

/// Something that a module imports.
pub(crate) struct Import<'a> {
    pub(crate) module: &'a str,
    pub(crate) name: &'a str,
    /// Its kind and type, as they are written.
    pub(crate) what: &'a [u8],
}

impl Import<'_> {
    pub(crate) fn is_function(&self) -> bool {
        self.what.first() == Some(&0)
    }
}

/// What the section of imports lists.
///
/// # Errors
/// When it lists something other than functions, tables, memories and globals.
pub(crate) fn imports(section: &[u8]) -> Result<Vec<Import<'_>>> {
    let mut bytes = Bytes(section);
    let count = bytes.number()?;
    let imports = (0..count).map(|_| bytes.import()).collect::<Result<_>>();
    imports.context("the imports can't be read")
}

/// Something that a module exports.
pub(crate) struct Export<'a> {
    pub(crate) name: &'a str,
    /// Its kind and index, as they are written.
    pub(crate) what: &'a [u8],
}

/// What the section of exports lists.
pub(crate) fn exports(section: &[u8]) -> Result<Vec<Export<'_>>> {
    let mut bytes = Bytes(section);
    let count = bytes.number()?;
    let exports = (0..count).map(|_| bytes.export()).collect::<Result<_>>();
    exports.context("the exports can't be read")
}

/// The bodies of a module's own functions, in the order of their indices.
pub(crate) fn bodies(code: &[u8]) -> Result<Vec<&[u8]>> {
    let mut bytes = Bytes(code);
    let count = bytes.number()?;
    let bodies = (0..count).map(|_| bytes.vector()).collect::<Result<_>>();
    bodies.context("the functions can't be read")
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

    /// Bytes after their number.
    fn vector(&mut self) -> Result<&'a [u8]> {
        let len = self.number()?;
        self.take(len)
    }

    fn name(&mut self) -> Result<&'a str> {
        Ok(std::str::from_utf8(self.vector()?)?)
    }

    fn import(&mut self) -> Result<Import<'a>> {
        let module = self.name()?;
        let name = self.name()?;
        let before = self.0;
        match self.byte()? {
            // A function: its type.
            0 => drop(self.number()?),
            // A table: the type of its elements, its limits.
            1 => {
                self.byte()?;
                self.limits()?;
            }
            // A memory: its limits.
            2 => self.limits()?,
            // A global: its type, whether it may change.
            3 => drop(self.take(2)?),
            kind => bail!("an import of the unknown kind {kind}"),
        }
        Ok(Import {
            module,
            name,
            what: &before[..before.len() - self.0.len()],
        })
    }

    fn export(&mut self) -> Result<Export<'a>> {
        let name = self.name()?;
        let before = self.0;
        self.byte()?;
        self.number()?;
        Ok(Export {
            name,
            what: &before[..before.len() - self.0.len()],
        })
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

pub(crate) fn put_number(mut number: usize, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(crate) fn put_name(name: &str, bytes: &mut Vec<u8>) {
    put_number(name.len(), bytes);
    bytes.extend(name.bytes());
}

pub(crate) fn put_section(id: u8, section: &[u8], module: &mut Vec<u8>) {
    module.push(id);
    put_number(section.len(), module);
    module.extend(section);
}
