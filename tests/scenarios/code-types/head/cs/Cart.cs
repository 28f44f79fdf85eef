public class Cart
{
    public Task<int> Count(string name) => Task.FromResult(0);
}
