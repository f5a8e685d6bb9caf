//! Where a floating toolbar goes: near the selection, never over it.

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
}

/// Room to leave between the selection and the toolbar, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Above the selection.
    pub above: f64,
    /// Below it.
    pub below: f64,
}

impl Gap {
    /// With a mouse nothing else is there.
    pub const FINE: Self = Self {
        above: 8.0,
        below: 8.0,
    };

    /// On touch the system's own toolbar stands above the selection (up to 56 px with
    /// its margin on Android and iOS), its handles hang below.
    pub const COARSE: Self = Self {
        above: 64.0,
        below: 36.0,
    };
}

/// The top left corner for a toolbar of a size, in pixels. It stands above the
/// selection's first line, else below its last; where the selection fills the
/// room, at the room's bottom edge, where it hides the least.
#[must_use]
pub fn place(
    selection: Area,
    first_line: Area,
    size: (f64, f64),
    gap: Gap,
    room: Area,
) -> (f64, f64) {
    let (width, height) = size;
    let above = selection.top - gap.above - height;
    let below = selection.bottom + gap.below;
    let top = if above >= room.top {
        above
    } else if below + height <= room.bottom {
        below
    } else {
        room.bottom - height
    };
    let middle = (first_line.left + first_line.right) / 2.0;
    let left = (middle - width / 2.0)
        .min(room.right - width)
        .max(room.left);
    (left, top)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Area = area(0.0, 50.0, 400.0, 800.0);

    const fn area(left: f64, top: f64, right: f64, bottom: f64) -> Area {
        Area {
            left,
            top,
            right,
            bottom,
        }
    }

    fn placed(selection: Area, gap: Gap) -> (f64, f64) {
        place(selection, selection, (200.0, 44.0), gap, ROOM)
    }

    #[test]
    fn it_stands_above_the_selection() {
        assert_eq!(
            placed(area(150.0, 300.0, 250.0, 320.0), Gap::FINE),
            (100.0, 248.0)
        );
    }

    #[test]
    fn on_touch_it_leaves_room_for_the_systems_own() {
        assert_eq!(
            placed(area(150.0, 300.0, 250.0, 320.0), Gap::COARSE).1,
            192.0
        );
    }

    #[test]
    fn where_there_is_no_room_above_it_stands_below() {
        assert_eq!(placed(area(150.0, 60.0, 250.0, 80.0), Gap::FINE).1, 88.0);
    }

    #[test]
    fn it_stays_within_the_room() {
        assert_eq!(placed(area(0.0, 300.0, 30.0, 320.0), Gap::FINE).0, 0.0);
        assert_eq!(placed(area(380.0, 300.0, 400.0, 320.0), Gap::FINE).0, 200.0);
        assert_eq!(placed(area(0.0, 0.0, 400.0, 900.0), Gap::FINE).1, 756.0);
    }
}
