//! Copies a whole body, however large.

use js_sys::{Array, Uint8Array};
use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ClipboardItem};

use super::turn::turn;
use super::work::Work;

/// How much is handed to the browser at once, in bytes.
const PART: usize = 4 * 1_024 * 1_024;

/// Puts the body on the clipboard as text. `false` when the browser does not allow it.
pub async fn copy_body(work: &Work) -> bool {
    let clipboard = window().navigator().clipboard();
    // Outside a secure context there is no such property, whatever its type says.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    let Ok(blob) = whole(work).await else { return false };
    let formats = js_sys::Object::new();
    if js_sys::Reflect::set(&formats, &"text/plain".into(), &blob).is_err() {
        return false;
    }
    let Ok(item) = ClipboardItem::new_with_record_from_str_to_blob_promise(&formats) else {
        return false;
    };
    JsFuture::from(clipboard.write(&Array::of1(&item))).await.is_ok()
}

/// The body as one blob. Its parts are made in tasks of their own.
async fn whole(work: &Work) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain");
    let blobs = Array::new();
    let mut taken = 0;
    loop {
        let pieces = Array::new();
        let mut size = 0;
        work.read(|model| {
            for piece in model.answer.pieces().skip(taken) {
                pieces.push(&Uint8Array::from(piece));
                size += piece.len();
                taken += 1;
                if size >= PART {
                    break;
                }
            }
        });
        if size == 0 {
            return Blob::new_with_blob_sequence_and_options(&blobs, &kind);
        }
        blobs.push(&Blob::new_with_u8_array_sequence(&pieces)?.into());
        turn().await;
    }
}
