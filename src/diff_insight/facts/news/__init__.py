"""News in what people wrote: the sentence of a text that tells a reader what happened."""
