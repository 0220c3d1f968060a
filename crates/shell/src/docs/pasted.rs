//! Prompts in front of pasted commands.

/// The commands of a text with prompts (`$ ` or `% `) in front of them, without their
/// output; any other text unchanged.
#[must_use]
pub fn commands(text: &str) -> String {
    let prompted = |line: &str| {
        let line = line.trim_start();
        line.strip_prefix("$ ").or_else(|| line.strip_prefix("% ")).map(str::to_owned)
    };
    if !text.lines().any(|line| prompted(line).is_some()) {
        return text.trim_end_matches(['\n', '\r']).to_owned();
    }
    let mut commands = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let command = prompted(line).or_else(|| goes_on.then(|| line.to_owned()));
        goes_on = command.as_ref().is_some_and(|command| command.ends_with('\\'));
        commands.extend(command);
    }
    commands.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_and_output_are_left_out() {
        for (text, expected) in [
            ("$ echo a\na\n$ echo b \\\n  c\nb c\n", "echo a\necho b \\\n  c"),
            ("% gigalixir ps", "gigalixir ps"),
            ("echo $ x\n", "echo $ x"),
            ("a\nb\n", "a\nb"),
        ] {
            assert_eq!(commands(text), expected, "{text}");
        }
    }
}
