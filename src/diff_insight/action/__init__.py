"""The action's side of the composition: inputs to settings, results to outputs, one exit code."""
