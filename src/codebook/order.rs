//! Order as a value of the record itself: a fractional index.
//!
//! A record moves by getting a key between its new neighbours' keys; no other
//! record changes, so two people can reorder at once. Keys are strings over the
//! digits `0`-`9` and `a`-`z`, compared byte by byte and read as fractions in base
//! 36: a key never ends in `0`, so there is always room before and behind.

use std::sync::Arc;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Where a record stands among its like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(Arc<str>);

impl Order {
    /// Reads a key; nothing when it is not one.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let sound = !key.is_empty()
            && !key.ends_with('0')
            && key.bytes().all(|byte| DIGITS.contains(&byte));
        sound.then(|| Self(key.into()))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key after `before` and before `after`; where one is missing there is no
    /// bound on that side. Keys that come in the wrong order give one after the
    /// first.
    #[must_use]
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Self {
        let low = before.map_or("", Self::as_str).as_bytes();
        let high = after
            .filter(|after| before.is_none_or(|before| before < *after))
            .map(|after| after.as_str().as_bytes());
        let mut key = String::new();
        let mut bounded = high;
        for place in 0.. {
            let floor = low.get(place).map_or(0, digit);
            let ceiling = bounded
                .and_then(|high| high.get(place))
                .map_or(DIGITS.len(), digit);
            // Behind the last key the step is one, not half of what is left: keys
            // appended one after another then stay short.
            let step = if high.is_none() {
                1
            } else {
                ceiling.saturating_sub(floor) / 2
            };
            if step > 0 && floor + step < ceiling {
                key.push(DIGITS[floor + step] as char);
                break;
            }
            key.push(DIGITS[floor] as char);
            if floor < ceiling {
                // Already below `after`: the digits that follow are free.
                bounded = None;
            }
        }
        Self(key.into())
    }
}

fn digit(byte: &u8) -> usize {
    DIGITS.iter().position(|digit| digit == byte).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_appended_stay_short_and_in_order() {
        let mut keys = vec![Order::between(None, None)];
        for _ in 0..2000 {
            keys.push(Order::between(keys.last(), None));
        }
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(
            keys.iter().all(|key| key.as_str().len() <= 60),
            "{:?}",
            keys.last()
        );
    }

    proptest! {
        #[test]
        fn there_is_always_room_between_two_keys(places in proptest::collection::vec(0_usize..1000, 1..200)) {
            let mut keys: Vec<Order> = Vec::new();
            for place in places {
                let at = place % (keys.len() + 1);
                let before = at.checked_sub(1).map(|at| &keys[at]);
                let key = Order::between(before, keys.get(at));
                prop_assert!(Order::parse(key.as_str()).is_some(), "{key:?}");
                keys.insert(at, key);
            }
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
        }
    }
}
