//! A table whose rows become blocks on a phone.

use leptos::prelude::*;

use super::VisuallyHidden;

/// The heads of the columns over rows, which are `tr` elements. There, each `td` but
/// the first names its column in `data-label`.
#[component]
pub fn Table(
    /// What the columns hold.
    columns: &'static [&'static str],
    /// Whether a last column, whose head is only heard, holds what can be done with a row.
    #[prop(optional)]
    with_actions: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = columns.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    view! {
        <table class="table table--stack">
            <thead>
                <tr>
                    {heads}
                    {with_actions.then(|| view! {
                        <th scope="col"><VisuallyHidden>"Actions"</VisuallyHidden></th>
                    })}
                </tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
