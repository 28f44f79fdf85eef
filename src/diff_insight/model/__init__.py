"""The frozen values that flow between the stages, from range to insight document."""
