//! The snippets of a documentation page, in the order of the page.

mod markdown;
mod restructured;

use serde_json::Value;

use crate::docs::pasted;
use crate::language::parser;

/// A piece of code on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The line of the page that its first line is on, counted from one.
    pub line: usize,
    /// The text, without the indentation that it has on the page.
    pub text: String,
    /// The tab that it is in, if the page has tabs there.
    pub tab: Option<String>,
    /// Its kind.
    pub kind: SnippetKind,
}

/// The kind of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnippetKind {
    /// Commands.
    Commands,
    /// The text of a file that the page names.
    File(String),
    /// Something that is not run; says what it is, in a few words.
    Example(&'static str),
}

/// The markup of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// reStructuredText.
    Restructured,
    /// Markdown.
    Markdown,
}

impl Format {
    /// The format that a file's name indicates.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1 {
            "rst" | "txt" => Some(Self::Restructured),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// All snippets of a page.
#[must_use]
pub fn snippets(page: &str, format: Format) -> Vec<Snippet> {
    let blocks = match format {
        Format::Restructured => restructured::blocks(page),
        Format::Markdown => markdown::blocks(page),
    };
    blocks.into_iter().map(Block::judged).collect()
}

/// A block of code as the page has it.
#[derive(Debug, Default)]
struct Block {
    line: usize,
    language: String,
    text: String,
    tab: Option<String>,
    /// The paragraph before it.
    before: String,
}

impl Block {
    fn judged(self) -> Snippet {
        let kind = self.kind();
        Snippet { line: self.line, text: self.text, tab: self.tab, kind }
    }

    fn kind(&self) -> SnippetKind {
        let is_json =
            serde_json::from_str::<Value>(&self.text).is_ok_and(|value| !value.is_string());
        let shell = match self.language.as_str() {
            "bash" | "sh" | "shell" | "zsh" | "prompt" => true,
            "console" | "shell-session" | "text" | "none" | "" => {
                if !is_json && pasted::commands(&self.text) == self.text.trim_end() {
                    return SnippetKind::Example("output");
                }
                true
            }
            _ => false,
        };
        if is_json || !shell {
            let named = named_file(&self.before).filter(|_| is_json);
            return named.map_or(SnippetKind::Example("code"), SnippetKind::File);
        }
        let lines = self.text.lines().map(str::trim);
        let first = lines.clone().find(|line| !line.is_empty() && !line.starts_with('#'));
        let word = first.and_then(|line| line.split_whitespace().next()).unwrap_or_default();
        if word.ends_with(':') {
            SnippetKind::Example("a header or a message")
        } else if first.is_some_and(|line| line.starts_with('[') && line.contains("]::")) {
            SnippetKind::Example("PowerShell")
        } else {
            SnippetKind::Commands
        }
    }
}

/// The last thing in a paragraph that is marked as code and looks like a file's name.
fn named_file(paragraph: &str) -> Option<String> {
    let marked = paragraph.split('`').skip(1).step_by(2);
    let is_file = |text: &&str| {
        let extension =
            text.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
        extension && !text.contains(char::is_whitespace) && !text.contains("://")
    };
    marked.filter(is_file).last().map(str::to_owned)
}

impl Snippet {
    /// Its commands, one by one, each with its line on the page.
    #[must_use]
    pub fn statements(&self) -> Vec<(usize, String)> {
        let text = pasted::commands(&self.text);
        if text.trim_end() != self.text.trim_end() {
            // Prompts and output are removed, which moves lines.
            let statements = parser::statements(&text);
            let line_of = |statement: &str| {
                let first = statement.lines().next().unwrap_or_default();
                self.text.lines().position(|line| line.contains(first)).unwrap_or_default()
            };
            return statements
                .into_iter()
                .map(|(_, text)| (self.line + line_of(&text), text))
                .collect();
        }
        let statements = parser::statements(&text);
        statements.into_iter().map(|(line, text)| (self.line + line - 1, text)).collect()
    }
}

#[cfg(test)]
mod tests;
