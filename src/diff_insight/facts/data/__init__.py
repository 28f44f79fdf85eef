"""Facts about structured data: keys, workflows, images of containers."""
