using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class GuessDelayTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GuessDelay _delay;

    public GuessDelayTests() => _delay = new GuessDelay(_time);

    [Fact]
    public void The_first_wrong_guesses_are_free_and_the_next_cost_twice_as_much_each_up_to_a_bound()
    {
        var delays = Enumerable.Range(0, 40).Select(_ =>
        {
            var delay = _delay.For("gugus").TotalMilliseconds;
            _delay.Failed("gugus");
            return delay;
        }).ToList();
        Assert.Equal([0, 0, 0, 250, 500, 1_000, 2_000, 2_000], delays.Take(8));
        Assert.All(delays.Skip(6), d => Assert.Equal(2_000, d));
    }

    [Fact]
    public void One_name_is_not_delayed_for_anothers_guesses()
    {
        Fail("gugus", 10);
        Assert.Equal(TimeSpan.Zero, _delay.For("olga"));
    }

    [Fact]
    public void A_right_password_ends_it()
    {
        Fail("gugus", 10);
        _delay.Succeeded("gugus");
        Assert.Equal(TimeSpan.Zero, _delay.For("gugus"));
    }

    [Fact]
    public void Time_ends_it()
    {
        Fail("gugus", 10);
        _time.Advance(GuessDelay.Memory);
        Assert.Equal(TimeSpan.Zero, _delay.For("gugus"));
        Fail("gugus", GuessDelay.FreeGuesses - 1);
        Assert.Equal(TimeSpan.Zero, _delay.For("gugus"));
    }

    [Fact]
    public void Made_up_names_fill_no_memory_and_push_no_guessed_name_out()
    {
        Fail("gugus", 5);
        for (var n = 0; n < GuessDelay.MaxNames + 50; n++) _delay.Failed($"made-up-{n}");
        Assert.Equal(GuessDelay.MaxNames, _delay.Count);
        Assert.True(_delay.For("gugus") > TimeSpan.Zero);
    }

    private void Fail(string name, int times)
    {
        for (var n = 0; n < times; n++) _delay.Failed(name);
    }
}
