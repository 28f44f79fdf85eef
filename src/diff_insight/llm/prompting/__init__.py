"""What a model is asked and what of its answers is believed: pure, without network or clock."""
