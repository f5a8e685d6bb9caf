//! What a person does with a finger. Only Chromium's driver has one.

use serde_json::{Value, json};

use super::Page;
use super::pointer::Point;

impl Page {
    /// Has the machine be one that is touched.
    pub fn use_fingers(&self) {
        let on = json!({ "enabled": true, "maxTouchPoints": 1 });
        self.send("Emulation.setTouchEmulationEnabled", on);
        let coarse = json!({ "features": [{ "name": "pointer", "value": "coarse" }] });
        self.send("Emulation.setEmulatedMedia", coarse);
        self.settle();
    }

    /// Taps at a point.
    pub fn tap(&self, at: Point) {
        self.touch("touchStart", Some(at));
        self.touch("touchEnd", None);
    }

    /// Taps a button in the code bar.
    #[track_caller]
    pub fn tap_in_bar(&self, button: &str) {
        let area: super::Rectangle = self.ask(
            "areaOfButton",
            json!([button, ["toolbar", "Tag selection"]]),
        );
        self.tap(Point {
            x: (area.left + area.right) / 2.0,
            y: (area.top + area.bottom) / 2.0,
        });
    }

    /// Drags a finger from one point to another.
    pub fn touch_drag(&self, from: Point, to: Point) {
        self.touch("touchStart", Some(from));
        for step in 1..=6 {
            let share = f64::from(step) / 6.0;
            self.touch(
                "touchMove",
                Some(Point {
                    x: from.x + (to.x - from.x) * share,
                    y: from.y + (to.y - from.y) * share,
                }),
            );
        }
        self.touch("touchEnd", None);
    }

    fn touch(&self, kind: &str, at: Option<Point>) {
        let points: Vec<Value> = at
            .into_iter()
            .map(|Point { x, y }| json!({ "x": x, "y": y }))
            .collect();
        let event = json!({ "type": kind, "touchPoints": points });
        self.send("Input.dispatchTouchEvent", event);
    }

    fn send(&self, command: &str, parameters: Value) {
        let cdp = self.web().cdp();
        self.run(cdp.send_raw(command, parameters));
    }
}
