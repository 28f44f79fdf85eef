"""The runner's protocol: nothing else in the product knows how GitHub Actions is spoken to."""
