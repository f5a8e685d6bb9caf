//! A rectangle of the page.

/// A rectangle in CSS pixels of the viewport; `right` and `bottom` are outside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Area {
    /// Width in pixels.
    #[must_use]
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point lies within.
    #[must_use]
    pub fn contains(self, x: f64, y: f64) -> bool {
        (self.left..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }

    /// The point inside that is nearest to a point, a pixel within the edges.
    #[must_use]
    pub fn nearest(self, x: f64, y: f64) -> (f64, f64) {
        let within = |at: f64, low: f64, high: f64| at.min(high - 1.0).max(low + 1.0);
        (
            within(x, self.left, self.right),
            within(y, self.top, self.bottom),
        )
    }
}
