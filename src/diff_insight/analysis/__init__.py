"""Facts of all files of a range: their types, the commits behind them, what else they break."""
