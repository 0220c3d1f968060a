//! What shows values.

use leptos::prelude::*;

use crate::gallery::Section;
use backoffice_ui::{
    Badge, Card, CodeBlock, CommandStrip, CopyButton, Icon, IconName, KeyValue, KeyValueRow, Meter,
    SecretValue, Sparkline, Table, TickedText, Tone, VisuallyHidden,
};

/// Card, Table, KeyValue, CodeBlock, CommandStrip, CopyButton, SecretValue, Meter,
/// Sparkline, Icon, VisuallyHidden.
#[component]
pub(super) fn Values() -> impl IntoView {
    let text = |text: &str| Signal::stored(text.to_owned());
    let rows = vec![
        ("Name".to_owned(), "my-app".to_owned()),
        ("Region".to_owned(), "europe-west1".to_owned()),
    ];
    let long = text(
        "export DATABASE_URL=postgres://user@db.example/name?pool_size=2&sslmode=require # a line that is longer than a phone is wide",
    );
    let meter = |value: f64, tone: Tone, label: &'static str| {
        view! { <Meter value max=100.0 tone label /> }
    };
    view! {
        <Card
            title="Card"
            actions=|| view! { <Badge tone=Tone::Ok>"Healthy"</Badge> }
            foot=move || view! { <CommandStrip command=text("gigalixir ps -a my-app") /> }
        >
            <div class="card__body">"Its content."</div>
        </Card>
        <Card title="Card for what cannot be undone" danger=true>
            <div class="card__body">"Its content."</div>
        </Card>
        <Card title="Table">
            <Table columns=&["Name", "State", "Replicas"] with_actions=true>
                {["my-app", "other-app"].map(|name| view! {
                    <tr>
                        <td>{name}</td>
                        <td data-label="State"><Badge tone=Tone::Ok>"Healthy"</Badge></td>
                        <td data-label="Replicas">"2"</td>
                        <td><CopyButton text=name what="the name" /></td>
                    </tr>
                }).collect_view()}
            </Table>
        </Card>
        <Section title="KeyValue">
            <KeyValue rows />
            <dl class="kv"><KeyValueRow label="State"><Badge tone=Tone::Wait>"Starting"</Badge></KeyValueRow></dl>
        </Section>
        <Section title="CodeBlock">
            <CodeBlock code=long label="Lines that scroll" />
            <CodeBlock code=long label="Lines that break" wrap=true />
        </Section>
        <Section title="TickedText">
            <p><TickedText text="Set `POOL_SIZE`, `PHX_HOST` config vars.".to_owned() /></p>
        </Section>
        <Section title="CommandStrip">
            <CommandStrip command=text("gigalixir ps -a my-app") framed=true />
            <CommandStrip command=text("gigalixir ps -a my-app") http=text("curl https://api.example.com/api/apps/my-app/status") framed=true />
        </Section>
        <Section title="SecretValue">
            <SecretValue value=text("made up value") label="API_KEY" />
        </Section>
        <Section title="Meter">
            {meter(20.0, Tone::Ok, "Little")}
            {meter(70.0, Tone::Limit, "Much")}
            {meter(100.0, Tone::Bad, "All")}
        </Section>
        <Section title="Sparkline">
            <Sparkline label="Requests a minute" bars=vec![(3, 0), (8, 1), (0, 0), (12, 4), (5, 2), (9, 0)] room=24 />
        </Section>
        <Section title="Icon">
            <div class="row">
                {[IconName::Apps, IconName::Config, IconName::Database, IconName::Git, IconName::Key, IconName::Logs, IconName::Rocket, IconName::Terminal]
                    .map(|name| view! { <Icon name /> })
                    .collect_view()}
            </div>
        </Section>
        <Section title="VisuallyHidden">
            <p>"Between these words "<VisuallyHidden>"only heard "</VisuallyHidden>"is something that is only heard."</p>
        </Section>
    }
}
