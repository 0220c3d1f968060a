//! An address that leads nowhere.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::AuthFrame;
use crate::paths;

/// Says that there is no such page, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <AuthFrame title="There is no such page" purpose="The address may be mistyped, or the page was moved.">
            <p class="auth__links"><A href=paths::APPS>"Go to your apps"</A></p>
        </AuthFrame>
    }
}
