"""Settings of the sample site; ``cargo xtask docs`` builds it."""

project = "Sample documentation"
author = "The maintainers"
project_copyright = author

extensions = ["sphinx_tabs.tabs", "sphinx_backoffice_playground"]

backoffice_playground_url = "http://127.0.0.1:8080"
backoffice_playground_run_code_blocks = True

html_theme = "alabaster"
html_theme_options = {"description": "Pages whose commands run in the page"}
html_show_sourcelink = False

rst_prolog = """
.. role:: bash(code)
   :language: bash
"""
