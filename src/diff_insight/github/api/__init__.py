"""Everything that talks to GitHub's APIs; PyGithub is imported in `client` only, when used."""
