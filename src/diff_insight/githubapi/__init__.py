"""Everything that talks to GitHub's REST API; PyGithub is imported here only, and only when used."""
