"""The texts that the shell can run."""

from __future__ import annotations

import pytest

from sphinx_backoffice_playground.known import known
from sphinx_backoffice_playground.shell import can_run


@pytest.mark.parametrize(
    "text",
    [
        "gigalixir --help",
        "gigalixir pg:create --free",
        "gigalixir create\n\ngigalixir apps",
        "cd gigalixir-getting-started\nAPP_NAME=$(gigalixir create)",
        "echo 'export PATH=~/.local/bin:$PATH' >> ~/.bash_profile\nsource ~/.bash_profile",
        "brew tap gigalixir/brew && brew install gigalixir",
        "sudo apt-get install -y curl",
        'gigalixir account:ssh_keys:add "$(cat ~/.ssh/id_rsa.pub)"',
        "curl https://$APP_NAME.gigalixirapp.com/\n# or in a browser\n# gigalixir open",
        "SANDBOX_PUSH=unhealthy git push gigalixir",
        "gigalixir ps | jq -r '.pods[].status' 2>&1 | head -n 1 > out.txt",
        "cat > a.txt <<EOF\nif this is a text\nEOF\ncat a.txt",
        "gigalixir config:set \\\n  A=1 \\\n  B=2",
        "true || false; echo it\\'s",
        "echo a#b ${NAME:-x y}",
    ],
)
def test_commands_that_it_knows(text: str) -> None:
    assert can_run(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but a comment",
        "docker run image",
        "gigalixir deploy:everything",
        "gigalixir apps && make",
        "gigalixir apps | less",
        "echo $(uname)",
        'echo "$(uname -a)"',
        "sudo systemctl restart nginx",
        "sudo",
        "cat <<EOF\nwithout an end",
        "for app in a b; do gigalixir ps -a $app; done",
        "if true; then ls; fi",
        "sleep 1 &",
        "echo `date`",
        "echo $((1 + 1))",
        "echo 'without an end",
        'echo "without an end',
        "echo $(date",
        "&& ls",
        '"Authorization": "{{access token}}"',
        "xcrun: error: invalid active developer path",
        '{\n  "scripts": {}\n}',
        '[Environment]::SetEnvironmentVariable("Path", $env:Path + ";C:\\tools", "Machine")',
        "$ gigalixir apps",
    ],
)
def test_texts_that_it_cannot_run(text: str) -> None:
    assert not can_run(text)


def test_the_names_are_those_of_the_shell() -> None:
    assert {"gigalixir", "git", "curl"} <= known().programs
    assert {"pg:create", "create_database"} <= known().commands
    assert known().operations["list_apps"] == "GET /api/apps"
