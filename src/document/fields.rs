//! What is said about a document, field by field.

use std::sync::Arc;

/// Fields by their names, in the order of these. None is empty, and none has a name that
/// [`Fields::is_name`] refuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(Arc<str>, Arc<str>)>);

impl Fields {
    /// What a field says; nothing where there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<str>> {
        let at = self.place(name).ok()?;
        Some(&self.0[at].1)
    }

    /// Whether a field may be called so: it has a name, of one line and without a tab.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        !name.is_empty() && !name.contains(['\t', '\n'])
    }

    /// Gives a field a value; an empty one takes it away. What can't be a name is passed over.
    pub fn set(&mut self, name: &Arc<str>, value: &Arc<str>) {
        if !Self::is_name(name) {
            return;
        }
        match (self.place(name), value.is_empty()) {
            (Ok(at), true) => {
                self.0.remove(at);
            }
            (Ok(at), false) => self.0[at].1.clone_from(value),
            (Err(_), true) => {}
            (Err(at), false) => self.0.insert(at, (name.clone(), value.clone())),
        }
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| (**own).cmp(name))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Arc<str>, Arc<str>)> for Fields {
    fn from_iter<T: IntoIterator<Item = (Arc<str>, Arc<str>)>>(all: T) -> Self {
        let mut fields = Self::default();
        for (name, value) in all {
            fields.set(&name, &value);
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_name_stands_and_an_empty_one_takes_it_away() {
        let field = |name: &str, value: &str| (name.into(), value.into());
        let mut fields: Fields = [
            field("b", "1"),
            field("a", "2"),
            field("b", "3"),
            field("c", ""),
        ]
        .into_iter()
        .collect();
        let all: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        assert_eq!(all, ["a 2", "b 3"]);
        fields.set(&"a".into(), &"".into());
        fields.set(&"z".into(), &"".into());
        // What a record could not keep.
        for wrong in ["", "a\tb", "a\nb"] {
            fields.set(&wrong.into(), &"1".into());
            assert_eq!(fields.iter().count(), 1, "{wrong:?}");
        }
        assert_eq!(
            (fields.get("a"), fields.get("b").map(|own| &**own)),
            (None, Some("3"))
        );
    }
}
