"""Facts about packages: what manifests ask for and lock files pin."""
