//! Looking at a point of a chart and choosing a part of it, by pointer and keyboard.

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::line::{Point, between, nearest};
use super::scale::Scale;

/// A shorter drag is a click, in pixels.
const LEAST_DRAG: f64 = 6.0;

/// What is looked at and what is chosen.
#[derive(Clone, Copy)]
pub struct Picking {
    /// All points, in order.
    pub points: Signal<Arc<Vec<Point>>>,
    /// From when to when they are shown.
    pub range: Signal<(f64, f64)>,
    /// Where a time is in the picture.
    pub x: Signal<Scale>,
    /// The time that is looked at.
    pub cursor: RwSignal<Option<f64>>,
    /// The time where choosing began, and where it is now.
    pub selection: RwSignal<Option<(f64, f64)>>,
    /// A part was chosen.
    pub on_zoom: Callback<(f64, f64)>,
}

impl Picking {
    /// The number of the point that is looked at, among those that are shown.
    pub fn index(self) -> Option<usize> {
        let at = self.cursor.get()?;
        self.points.with(|points| {
            let shown = between(points, self.range.get());
            nearest(points.get(shown)?, at)
        })
    }

    /// The point that is looked at.
    pub fn point(self) -> Option<Point> {
        let index = self.index()?;
        self.points
            .with(|points| points.get(between(points, self.range.get()).start + index).copied())
    }

    /// Lets go of what is looked at and of what is being chosen.
    pub fn clear(self) {
        self.selection.set(None);
        self.cursor.set(None);
    }

    /// Begins to choose.
    pub fn press(self, event: &PointerEvent, node: NodeRef<html::Div>) {
        if event.button() != 0 {
            return;
        }
        let Some(at) = self.time(event, node) else { return };
        if let Some(node) = node.get_untracked() {
            // It fails for a pointer that is gone already, and then nothing is dragged.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
        self.cursor.set(Some(at));
        self.selection.set(Some((at, at)));
    }

    /// Looks at what is under the pointer.
    pub fn turn(self, event: &PointerEvent, node: NodeRef<html::Div>) {
        let Some(at) = self.time(event, node) else { return };
        self.cursor.set(Some(at));
        self.selection.update(|selection| {
            if let Some((_, end)) = selection {
                *end = at;
            }
        });
    }

    /// Chooses what the pointer was dragged over.
    pub fn release(self, event: &PointerEvent, node: NodeRef<html::Div>) {
        let Some((start, end)) = self.selection.get_untracked() else { return };
        let end = self.time(event, node).unwrap_or(end);
        self.selection.set(None);
        let x = self.x.get_untracked();
        if (x.place(start) - x.place(end)).abs() >= LEAST_DRAG {
            self.zoom(start, end);
        }
    }

    /// The time under the pointer.
    fn time(self, event: &PointerEvent, node: NodeRef<html::Div>) -> Option<f64> {
        let left = node.get_untracked()?.get_bounding_client_rect().left();
        Some(self.x.get_untracked().value(f64::from(event.client_x()) - left))
    }

    fn zoom(self, one: f64, other: f64) {
        if one.total_cmp(&other).is_ne() {
            self.cursor.set(None);
            self.on_zoom.run((one.min(other), one.max(other)));
        }
    }

    /// The same by keyboard.
    pub fn key(self, event: &KeyboardEvent) {
        let count =
            self.points.with_untracked(|points| between(points, self.range.get_untracked()).len());
        let Some(last) = count.checked_sub(1) else { return };
        let far = (count / 10).max(1);
        let from = untrack(|| self.index());
        let to = match event.key().as_str() {
            "ArrowLeft" => from.map_or(last, |index| index.saturating_sub(1)),
            "ArrowRight" => from.map_or(0, |index| index + 1),
            "PageDown" => from.map_or(last, |index| index.saturating_sub(far)),
            "PageUp" => from.map_or(0, |index| index + far),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                if let Some((start, end)) = self.selection.get_untracked() {
                    event.prevent_default();
                    self.selection.set(None);
                    self.zoom(start, end);
                }
                return;
            }
            "Escape" => return self.clear(),
            _ => return,
        };
        event.prevent_default();
        let time = |index: usize| {
            self.points.with_untracked(|points| {
                points
                    .get(between(points, self.range.get_untracked()).start + index)
                    .map(|point| point.0)
            })
        };
        let Some(at) = time(to.min(last)) else { return };
        self.selection.update(|selection| {
            let start = selection.map(|(start, _)| start).or_else(|| time(from?));
            *selection = event.shift_key().then(|| (start.unwrap_or(at), at));
        });
        self.cursor.set(Some(at));
    }
}
