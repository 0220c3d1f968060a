//! The snippets that are found on a page.

use crate::docs::snippets::*;

const PAGE: &str = "\
Title
=====

.. tabs::

   .. group-tab:: Linux

      .. code-block:: bash
         :linenos:

         one && \\
           two

         three

   .. group-tab:: Windows

      .. code-block:: bash

         [Environment]::Set(\"Path\")

Then add the file
:bash:`assets/package.json` with this.

.. code-block:: bash

    {\"a\": 1}

.. code-block:: text

    $ four
    printed
    $ five

.. code-block:: bash

    \"Authorization\": \"x\"

.. code-block:: elixir

    :ok
";

#[test]
fn blocks_keep_line_tab_and_kind() {
    let found: Vec<_> = snippets(PAGE, Format::Restructured)
        .into_iter()
        .map(|snippet| (snippet.line, snippet.tab, snippet.kind))
        .collect();
    let tab = |name: &str| Some(name.to_owned());
    assert_eq!(
        found,
        [
            (11, tab("Linux"), SnippetKind::Commands),
            (20, tab("Windows"), SnippetKind::Example("PowerShell")),
            (27, None, SnippetKind::File("assets/package.json".into())),
            (31, None, SnippetKind::Commands),
            (37, None, SnippetKind::Example("a header or a message")),
            (41, None, SnippetKind::Example("code")),
        ]
    );
}

#[test]
fn statements_know_their_lines() {
    let all = snippets(PAGE, Format::Restructured);
    let lines =
        |at: usize| all[at].statements().into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines(0), [11, 14]);
    assert_eq!(lines(3), [31, 33]);
}

#[test]
fn fences_of_markdown() {
    let page = "# T\n\n- Put `a.json` there.\n\n  ```json\n  {\"a\": 1}\n  ```\n\n```bash\none\n```\n\n~~~\nout\n~~~\n";
    let found: Vec<_> = snippets(page, Format::Markdown)
        .into_iter()
        .map(|snippet| (snippet.line, snippet.text, snippet.kind))
        .collect();
    assert_eq!(
        found,
        [
            (6, "{\"a\": 1}".to_owned(), SnippetKind::File("a.json".into())),
            (10, "one".to_owned(), SnippetKind::Commands),
            (14, "out".to_owned(), SnippetKind::Example("output")),
        ]
    );
}

#[test]
fn playgrounds_are_commands_unless_they_are_requests() {
    let page = "\
.. playground::
   :command: gigalixir apps
   :seed: 7

Text.

.. playground::
   :title: Both

   one
   two

.. playground::
   :operation: list_apps

   GET /api/apps

.. playground::
   :operation: list_apps

.. code-block:: bash

   three
";
    let found = snippets(page, Format::Restructured);
    let found: Vec<(usize, &str)> =
        found.iter().map(|snippet| (snippet.line, snippet.text.as_str())).collect();
    assert_eq!(found, [(2, "gigalixir apps"), (10, "one\ntwo"), (23, "three")]);
}
