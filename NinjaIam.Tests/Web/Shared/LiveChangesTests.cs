using Bunit;
using NinjaIam.Core.Journal;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Components.Shared;
using Xunit;

namespace NinjaIam.Tests.Web.Shared;

public sealed class LiveChangesTests : AdministrationTestContext
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly Guid _contoso = Guid.NewGuid();
    private Action? _reading;
    private int _told;

    [Fact]
    public void Changes_that_come_close_together_are_told_once()
    {
        Listen();
        Assert.Equal(1, _told);

        Publish(ChangeTopic.Users, _contoso);
        Publish(ChangeTopic.Users, _contoso);
        Publish(ChangeTopic.Users, null);
        Assert.Equal(1, _told);
        Time.Advance(Pace);
        Assert.Equal(2, _told);

        Publish(ChangeTopic.Users, _contoso);
        Time.Advance(Pace);
        Assert.Equal(3, _told);
    }

    [Fact]
    public void What_changes_during_the_first_reading_is_told_as_well()
    {
        _reading = () => Publish(ChangeTopic.Users, _contoso);

        Listen();
        Assert.Equal(1, _told);
        _reading = null;
        Time.Advance(Pace);

        Assert.Equal(2, _told);
    }

    [Fact]
    public void Other_topics_and_other_providers_are_not_told()
    {
        Listen();

        Publish(ChangeTopic.Groups, _contoso);
        Publish(ChangeTopic.Users, Guid.NewGuid());
        Time.Advance(Pace);

        Assert.Equal(1, _told);
    }

    [Fact]
    public async Task A_page_that_was_left_is_not_told()
    {
        Listen();

        Publish(ChangeTopic.Users, _contoso);
        await DisposeComponentsAsync();
        Publish(ChangeTopic.Users, _contoso);
        Time.Advance(Pace);

        Assert.Equal(1, _told);
    }

    private void Publish(ChangeTopic topic, Guid? provider) => Get<ChangeFeed>().Publish(new Change(topic, provider));

    private void Listen() =>
        Render<LiveChanges>(parameters =>
            parameters.Add(live => live.Topics, [ChangeTopic.Users]).Add(live => live.ProviderId, _contoso).Add(live => live.OnChange, Read)
        );

    private void Read()
    {
        _told++;
        _reading?.Invoke();
    }
}
