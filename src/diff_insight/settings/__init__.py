"""What the user asked for: defaults, configuration file and options as one frozen value."""
