//! A request as a program in other languages.

pub mod quote;

use crate::request::Request;
use crate::snippet::quote::{ELIXIR, JAVASCRIPT, PYTHON, RUST};

/// A language that a request can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A command line for curl.
    Curl,
    /// A command line for HTTPie.
    Httpie,
    /// JavaScript with fetch.
    JavaScript,
    /// Python with requests.
    Python,
    /// Elixir with Req.
    Elixir,
    /// Rust with reqwest.
    Rust,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Curl, Self::Httpie, Self::JavaScript, Self::Python, Self::Elixir, Self::Rust];

    /// The name on its tab.
    pub fn label(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Httpie => "HTTPie",
            Self::JavaScript => "JavaScript",
            Self::Python => "Python",
            Self::Elixir => "Elixir",
            Self::Rust => "Rust",
        }
    }
}

/// The request in a language, ready to run. It reads a secret from an environment variable;
/// the names of password fields replace their values.
pub fn snippet(request: &Request, language: Language) -> String {
    match language {
        Language::Curl => curl(request),
        Language::Httpie => httpie(request),
        Language::JavaScript => javascript(request),
        Language::Python => python(request),
        Language::Elixir => elixir(request),
        Language::Rust => rust(request),
    }
}

fn curl(request: &Request) -> String {
    let url = request.shown_url();
    let mut lines = vec![match request.method() {
        "GET" => format!("curl {}", quote::shell(url)),
        "HEAD" => format!("curl --head {}", quote::shell(url)),
        method => format!("curl -X {method} {}", quote::shell(url)),
    }];
    // curl takes brackets and braces in addresses as patterns.
    if url.contains(['[', ']', '{', '}']) {
        lines.push("--globoff".to_owned());
    }
    for (name, value) in request.plain_headers() {
        // A header without a value ends with a semicolon; a colon would remove it.
        let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        lines.push(format!("-H {}", quote::shell(&header)));
    }
    if let Some(one) = request.credential() {
        let header = format!("{}: {}", one.header(), one.prefix());
        lines.push(format!("-H {}", quote::shell_with_variable(&header, one.variable())));
    }
    if let Some(body) = request.shown_body() {
        lines.push(format!("--data-raw {}", quote::shell(body)));
    }
    lines.join(" \\\n  ") + "\n"
}

fn httpie(request: &Request) -> String {
    let mut lines =
        vec![format!("http {} {}", request.method(), quote::shell(request.shown_url()))];
    for (name, value) in request.plain_headers() {
        // `:=` and `:@` would mean something else.
        let escape = if value.starts_with(['=', '@']) { "\\" } else { "" };
        let header =
            if value.is_empty() { format!("{name};") } else { format!("{name}:{escape}{value}") };
        lines.push(quote::shell(&header));
    }
    if let Some(one) = request.credential() {
        let header = format!("{}:{}", one.header(), one.prefix());
        lines.push(quote::shell_with_variable(&header, one.variable()));
    }
    if let Some(body) = request.shown_body() {
        lines.push(format!("--raw={}", quote::shell(body)));
    }
    lines.join(" \\\n  ") + "\n"
}

/// Headers line by line; `pair` writes one from its name and an expression.
fn headers(
    request: &Request,
    line: fn(&str) -> String,
    secret: impl Fn(&str, &str) -> String,
    pair: impl Fn(String, String) -> String,
) -> Vec<String> {
    let plain = request.plain_headers().iter();
    let mut lines: Vec<String> = plain.map(|(name, value)| pair(line(name), line(value))).collect();
    if let Some(one) = request.credential() {
        lines.push(pair(line(one.header()), secret(one.prefix(), one.variable())));
    }
    lines
}

/// An expression that joins a prefix, if there is one, and a secret.
fn joined(prefix: &str, line: fn(&str) -> String, operator: &str, secret: String) -> String {
    if prefix.is_empty() { secret } else { format!("{} {operator} {secret}", line(prefix)) }
}

fn javascript(request: &Request) -> String {
    let line = |text: &str| JAVASCRIPT.line(text);
    let secret =
        |prefix: &str, variable: &str| joined(prefix, line, "+", format!("process.env.{variable}"));
    let headers = headers(request, line, secret, |name, value| format!("    {name}: {value},\n"));
    let mut out = format!("const response = await fetch({}, {{\n", line(request.shown_url()));
    out.push_str(&format!("  method: {},\n", line(request.method())));
    if !headers.is_empty() {
        out.push_str(&format!("  headers: {{\n{}  }},\n", headers.concat()));
    }
    if let Some(body) = request.shown_body() {
        out.push_str(&format!("  body: {},\n", JAVASCRIPT.lines(body)));
    }
    out.push_str("});\nconsole.log(response.status, await response.text());\n");
    out
}

fn python(request: &Request) -> String {
    let line = |text: &str| PYTHON.line(text);
    let secret = |prefix: &str, variable: &str| {
        joined(prefix, line, "+", format!("os.environ[\"{variable}\"]"))
    };
    let headers =
        headers(request, line, secret, |name, value| format!("        {name}: {value},\n"));
    let import = if request.credential().is_some() { "import os\n\n" } else { "" };
    let mut out = format!("{import}import requests\n\nresponse = requests.request(\n");
    out.push_str(&format!("    {},\n", line(request.method())));
    out.push_str(&format!("    {},\n", line(request.shown_url())));
    if !headers.is_empty() {
        out.push_str(&format!("    headers={{\n{}    }},\n", headers.concat()));
    }
    if let Some(body) = request.shown_body() {
        out.push_str(&format!("    data={}.encode(),\n", PYTHON.lines(body)));
    }
    out.push_str(")\nprint(response.status_code, response.text)\n");
    out
}

fn elixir(request: &Request) -> String {
    let line = |text: &str| ELIXIR.line(text);
    let secret = |prefix: &str, variable: &str| {
        joined(prefix, line, "<>", format!("System.fetch_env!(\"{variable}\")"))
    };
    let headers = headers(request, line, secret, |name, value| format!("    {{{name}, {value}}}"));
    let mut out = String::new();
    let mut options = vec![
        format!("  method: :{}", request.method().to_lowercase()),
        format!("  url: {}", line(request.shown_url())),
    ];
    if !headers.is_empty() {
        options.push(format!("  headers: [\n{}\n  ]", headers.join(",\n")));
    }
    if let Some(body) = request.shown_body() {
        // The backslash removes the line feed that a heredoc ends with.
        out.push_str(&format!("body = \"\"\"\n{}\\\n\"\"\"\n\n", ELIXIR.block(body)));
        options.push("  body: body".to_owned());
    }
    options.push("  retry: false".to_owned());
    out.push_str(&format!("response = Req.request!(\n{}\n)\n\n", options.join(",\n")));
    out.push_str("IO.inspect({response.status, response.body})\n");
    out
}

fn rust(request: &Request) -> String {
    let line = |text: &str| RUST.line(text);
    let secret = |prefix: &str, variable: &str| {
        let read = format!("std::env::var(\"{variable}\")?");
        if prefix.is_empty() { read } else { format!("{}.to_owned() + &{read}", line(prefix)) }
    };
    let headers =
        headers(request, line, secret, |name, value| format!("        .header({name}, {value})\n"));
    let mut out = "// reqwest with its feature `blocking`\n".to_owned();
    out.push_str("fn main() -> Result<(), Box<dyn std::error::Error>> {\n");
    out.push_str("    let response = reqwest::blocking::Client::new()\n");
    let url = line(request.shown_url());
    out.push_str(&format!("        .request(reqwest::Method::{}, {url})\n", request.method()));
    out.push_str(&headers.concat());
    if let Some(body) = request.shown_body() {
        out.push_str(&format!("        .body({})\n", quote::rust_lines(body)));
    }
    out.push_str("        .send()?;\n");
    out.push_str("    println!(\"{} {}\", response.status(), response.text()?);\n    Ok(())\n}\n");
    out
}
