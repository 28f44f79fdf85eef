"""The composition root: the only place that picks real adapters for the ports of the pipeline."""
