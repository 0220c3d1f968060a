//! The shape of what is being loaded.

use leptos::prelude::*;

use super::VisuallyHidden;

/// Placeholder lines in the place of what comes. Assistive technology hears "Loading".
#[component]
pub fn Skeleton(
    /// How many lines or rows.
    #[prop(default = 3)]
    lines: usize,
    /// What comes.
    #[prop(optional)]
    shape: SkeletonShape,
) -> impl IntoView {
    let line = |_| view! { <span class="skeleton__line"></span> }.into_any();
    let row = |_| {
        view! { <span class="skeleton__row">{(0..4).map(line).collect_view()}</span> }.into_any()
    };
    let parts = match shape {
        SkeletonShape::Table => (0..lines).map(row).collect_view(),
        SkeletonShape::Lines => (0..lines).map(line).collect_view(),
    };
    view! {
        <div class=shape.class() role="status">
            <VisuallyHidden>"Loading"</VisuallyHidden>
            {parts}
        </div>
    }
}

/// What a skeleton stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    /// Text inside of a card.
    #[default]
    Lines,
    /// A table that reaches the edges of its card.
    Table,
}

impl SkeletonShape {
    fn class(self) -> &'static str {
        match self {
            Self::Lines => "skeleton card__body",
            Self::Table => "skeleton skeleton--table",
        }
    }
}
