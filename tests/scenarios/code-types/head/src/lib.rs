pub fn total(prices: &[u32]) -> Option<u32> {
    prices.iter().copied().reduce(|a, b| a + b)
}
