"""Everything that talks to the git executable."""
