//! A table whose rows become blocks on a phone.

use leptos::prelude::*;

use super::VisuallyHidden;

/// Column headers over rows, which are `tr` elements. For phones, each `td` except the
/// first names its column in `data-label`.
#[component]
pub fn Table(
    /// The column headers.
    columns: &'static [&'static str],
    /// Whether there is a last column with the actions of each row, whose header is for
    /// screen readers only.
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
