//! The shell's language and its small tools.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_shell::doctest::Reader;
use backoffice_shell::{Event, Shell};

/// Runs lines one after the other; returns the output of the last one.
#[track_caller]
fn last(lines: &[&str]) -> String {
    let reader = Reader::new(1).unwrap();
    let mut out = String::new();
    for line in lines {
        out = reader.run(line).stdout();
    }
    out
}

#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(last(&[line]), expected, "{line}");
}

#[test]
fn variables_and_quotes() {
    check("A='a  b'; echo $A \"$A\" '$A' ${A}c ${B:-none} \\$A", "a b a  b $A a bc none $A\n");
    check("A=1 env | grep ^A=", "A=1\n");
    check("A=1; env | grep -c ^A= || echo hidden", "0\nhidden\n");
    check("export A=1; env | grep ^A=; unset A; env | grep ^A= || echo gone", "A=1\ngone\n");
    check("A=$(echo x; echo y); echo \"$A\"", "x\ny\n");
    check("echo `echo a` \"$(echo 'b  c')\" $(echo 'd  e')", "a b  c d e\n");
    check("false; echo $?; A=$?; echo $A; B=$(false); echo $?", "1\n0\n1\n");
    check(
        "echo ~ ~/x a~ '~'; P=~/bin:~/c; echo $P",
        "/home/you /home/you/x a~ ~\n/home/you/bin:/home/you/c\n",
    );
}

#[test]
fn joins_and_pipes() {
    check("true && echo a || echo b; false && echo c || echo d", "a\nd\n");
    check("! true; echo $?; ! false; echo $?", "1\n0\n");
    check("printf 'b\\na\\nb\\n' | sort -u | head -n 1", "a\n");
    check("printf '3\\n10\\n' | sort -nr | tail -1; echo 'a b' | wc -w", "3\n2\n");
    check("echo '{\"a\":[{\"b\":\"x\"}]}' | jq -r .a[0].b", "x\n");
}

#[test]
fn files_and_redirects() {
    check("echo a > f; echo b >> f; cat f; wc -l f", "a\nb\n2 f\n");
    check("cat <<EOF > f\nHome is $HOME\nEOF\ncat < f", "Home is /home/you\n");
    check(
        "mkdir -p a/b && touch a/b/c.ex a/b/.d && cd a && ls b && ls -a b; pwd",
        "c.ex\n.d\nc.ex\n/home/you/a\n",
    );
    check("touch x.rb y.ex; echo *.ex '*.ex' *.py", "y.ex *.ex *.py\n");
    check("cat nothing 2> e; cat e", "cat: nothing: No such file or directory\n");
    check(
        "cat nothing > f 2>&1; cat f; cat nothing &> /dev/null; echo $?",
        "cat: nothing: No such file or directory\n1\n",
    );
    check("echo 'echo $X' > s; X=1; source s; mv s t; cp t u; ls", "1\nt\nu\n");
    check("echo '. ./s' > s; . ./s 2>&1 | tail -1", "source: the file contains itself\n");
    // However often that happens, other files can be read afterwards.
    let spoilt = ". ./s 2> /dev/null; ".repeat(25);
    check(&format!("echo '. ./s' > s; echo 'echo fine' > t; {spoilt} . ./t"), "fine\n");
}

#[test]
fn the_next_block_goes_on_where_one_has_stopped() {
    let reader = Reader::new(1).unwrap();
    let typed = "mkdir a && cd a && git init && echo x > f && git add f && git commit -m y && V=1";
    assert_eq!(reader.run(typed).status, 0);
    assert_eq!(reader.run("export W=2; false").status, 1);
    assert!(reader.next_block());
    let seen = reader.run("echo $? $V $(env | grep ^W) $(pwd) && git log --oneline | wc -l && ls");
    assert_eq!(seen.stdout(), "1 1 W=2 /home/you/a\n1\nf\n");
    assert_eq!(reader.shell().history().len(), 3);
    // An invalid snapshot changes nothing.
    assert!(!reader.shell().restore(&"{}".into()));
    assert_eq!(reader.run("pwd").stdout(), "/home/you/a\n");
    reader.shell().start_over(1);
    assert_eq!(reader.run("pwd; ls").stdout(), "/home/you\n");
}

#[test]
fn what_is_not_known_is_said() {
    let reader = Reader::new(1).unwrap();
    for (line, status, text) in [
        ("gigalixer ps", 127, "Did you mean gigalixir?"),
        ("gigalixir psx", 2, "No such command 'psx'."),
        ("gigalixir restrat", 2, "Did you mean 'restart'?"),
        ("git psuh", 1, "Did you mean push?"),
        ("git status", 128, "not a git repository"),
        ("vi mix.exs", 1, "This shell has no editor."),
        ("psql", 1, "cannot connect to databases"),
        ("mix test", 1, "cannot run Elixir"),
        ("curl https://example.com/", 6, "Could not resolve host: example.com"),
        ("for x in a; do b; done", 2, "it does not support for"),
        ("echo 'a", 2, "The quote ' is never closed."),
        ("sleep x", 1, "Usage"),
    ] {
        let run = reader.run(line);
        assert_eq!(run.status, status, "{line}: {}", run.text());
        assert!(run.text().contains(text), "{line}: {}", run.text());
        assert_eq!(run.events.last(), Some(&Event::Exit(status)));
    }
    assert!(Shell::wants_more("echo 'a") && !Shell::wants_more("echo 'a'"));
}

#[test]
fn history_and_transcript_hold_no_secret() {
    let reader = Reader::new(1).unwrap();
    let run = reader.run("gigalixir login -e demo@backoffice.example -p sandbox-demo");
    assert_eq!(run.status, 0, "{}", run.text());
    let told = format!("{:?} {:?}", run.events, reader.shell().history());
    assert!(!told.contains("sandbox-demo"), "{told}");
    let kept = reader.run("cat ~/.netrc").stdout();
    assert!(kept.contains("machine git.gigalixir.com") && kept.contains("<hidden>"), "{kept}");
}

#[test]
fn a_pasted_transcript_runs_its_commands() {
    check("$ echo a\na\n$ echo b\nb", "a\nb\n");
}
