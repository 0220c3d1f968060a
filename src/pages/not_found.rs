//! The page for unknown addresses.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::AuthFrame;
use crate::paths;

/// Says that the page does not exist, and links to the apps.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <AuthFrame title="Page not found" purpose="Check the address, or go back to your apps.">
            <p class="auth__links"><A href=paths::APPS>"Go to your apps"</A></p>
        </AuthFrame>
    }
}
