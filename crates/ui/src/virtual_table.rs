//! A long table whose columns are data.
//!
//! Heads, counts, roles, the grid and the place of each cell on a phone come from one entry a
//! column; the rows are those of a [`VirtualList`]. Its sheet is `style/pages/table.css`.

use std::sync::Arc;

use leptos::prelude::*;

use super::virtual_list::VirtualList;
use super::{Icon, IconName, VisuallyHidden};

/// Where the cells of a column are on a phone, whose rows have two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// They are left out.
    Hidden,
    /// At a grid area: row and column, such as `2 / 1`.
    At(&'static str),
}

/// The order by a column.
#[derive(Clone, Copy)]
pub struct ColumnSort {
    /// `Some(true)` when the table is in this order from the last to the first, `Some(false)` the
    /// other way round, `None` when it is in the order of another column.
    pub down: Signal<Option<bool>>,
    /// Called when the head is pressed.
    pub on_press: Callback<()>,
}

/// A column of a table with rows of `R`.
pub struct TableColumn<R: 'static> {
    /// What sheets know its cells by, in `data-column`.
    pub id: &'static str,
    /// Its head.
    pub title: &'static str,
    /// Only assistive technology is told the head.
    pub hide_title: bool,
    /// Its track in the grid, in the notation of CSS.
    pub width: &'static str,
    /// Where its cells are on a phone.
    pub phone: Phone,
    /// The order by it, where there is one.
    pub sort: Option<ColumnSort>,
    /// What a cell of it shows. It is called once for a row, so what it shows of changing data has
    /// to be reactive.
    pub cell: Callback<R, AnyView>,
}

impl<R> TableColumn<R> {
    /// A column with a visible head, by which the table cannot be sorted.
    #[must_use]
    pub fn new(
        id: &'static str,
        title: &'static str,
        width: &'static str,
        phone: Phone,
        cell: impl Fn(R) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        let cell = Callback::new(cell);
        Self { id, title, hide_title: false, width, phone, sort: None, cell }
    }

    /// The same, with the head for assistive technology only.
    #[must_use]
    pub fn hide_title(self) -> Self {
        Self { hide_title: true, ..self }
    }

    /// The same, with an order.
    #[must_use]
    pub fn sort(self, sort: Option<ColumnSort>) -> Self {
        Self { sort, ..self }
    }
}

/// A cell's column, without the type of the rows.
#[derive(Clone, Copy)]
struct Place {
    id: &'static str,
    phone: Phone,
}

/// The table. The sheet of `class` gives the height of a row in `--row`, as for [`VirtualList`].
#[component]
pub fn VirtualTable<R: Clone + Send + Sync + 'static>(
    /// Its name.
    label: &'static str,
    /// The class of the table.
    class: &'static str,
    /// The rows by key, in order. No key comes twice.
    #[prop(into)]
    keys: Signal<Arc<Vec<String>>>,
    /// The columns, in order.
    columns: Vec<TableColumn<R>>,
    /// Looks the row of a key up. It is called once for a key while its row is there.
    #[prop(into)]
    row: Callback<String, R>,
    /// A word for the state of a row, which sheets know it by in `data-state`; empty for none.
    #[prop(optional)]
    state: Option<Callback<R, Signal<&'static str>>>,
) -> impl IntoView {
    let widths: Vec<&str> = columns.iter().map(|column| column.width).collect();
    let widths = widths.join(" ");
    let cells: Vec<(Place, Callback<R, AnyView>)> = columns
        .iter()
        .map(|column| (Place { id: column.id, phone: column.phone }, column.cell))
        .collect();
    let show = Callback::new(move |key: String| {
        let row = row.run(key);
        let state = state.map(|state| state.run(row.clone()));
        let cells = cells.iter().map(|(place, cell)| (*place, cell.run(row.clone()))).collect();
        show_row(cells, state)
    });
    let heads = columns.into_iter().map(head).collect();
    table(label, class, keys, widths, heads, show)
}

/// The table around heads and rows, which is the same code for all kinds of rows.
fn table(
    label: &'static str,
    class: &'static str,
    keys: Signal<Arc<Vec<String>>>,
    widths: String,
    heads: Vec<AnyView>,
    row: Callback<String, AnyView>,
) -> AnyView {
    // The head counts as a row.
    let count = move || keys.with(|keys| keys.len() + 1).to_string();
    view! {
        <div
            class=format!("vtable {class}")
            role="table"
            aria-label=label
            aria-rowcount=count
            style=("--columns", widths)
        >
            <div role="rowgroup">
                <div class="vtable__head" role="row" aria-rowindex="1">{heads}</div>
            </div>
            <VirtualList keys class="vtable__rows" row />
        </div>
    }
    .into_any()
}

fn head<R>(column: TableColumn<R>) -> AnyView {
    let TableColumn { id, title, hide_title, sort, .. } = column;
    let Some(ColumnSort { down, on_press }) = sort else {
        return view! {
            <span role="columnheader" class="vtable__title" data-column=id>
                {if hide_title {
                    view! { <VisuallyHidden>{title}</VisuallyHidden> }.into_any()
                } else {
                    title.into_any()
                }}
            </span>
        }
        .into_any();
    };
    let direction = move || down.get().map(|down| if down { "descending" } else { "ascending" });
    view! {
        <span role="columnheader" class="vtable__title" data-column=id aria-sort=direction>
            <button class="vtable__sort" type="button" on:click=move |_| on_press.run(())>
                {title}
                <span
                    class="vtable__arrow"
                    class:vtable__arrow--up=move || down.get() != Some(true)
                    class:vtable__arrow--on=move || down.get().is_some()
                >
                    <Icon name=IconName::ChevronDown />
                </span>
            </button>
        </span>
    }
    .into_any()
}

fn show_row(cells: Vec<(Place, AnyView)>, state: Option<Signal<&'static str>>) -> AnyView {
    let cells = cells
        .into_iter()
        .map(|(Place { id, phone }, cell)| {
            let area = match phone {
                Phone::Hidden => "auto",
                Phone::At(area) => area,
            };
            view! {
                <div
                    role="cell"
                    class="vtable__cell"
                    class:hide-phone=phone == Phone::Hidden
                    data-column=id
                    style=("--phone", area)
                >
                    {cell}
                </div>
            }
        })
        .collect_view();
    view! { <div class="vtable__row" data-state=move || state.map(|state| state.get())>{cells}</div> }
        .into_any()
}
