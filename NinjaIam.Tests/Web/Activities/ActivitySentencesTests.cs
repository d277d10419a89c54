using System.Reflection;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Web.Components.Activities;
using Xunit;

namespace NinjaIam.Tests.Web.Activities;

public sealed class ActivitySentencesTests
{
    public static TheoryData<string, bool> EveryKindAndCause()
    {
        var data = new TheoryData<string, bool>();
        foreach (var (type, refused) in new[] { (typeof(JournalKind), false), (typeof(SecurityCause), true) })
        {
            foreach (var constant in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral))
            {
                data.Add((string)constant.GetRawConstantValue()!, refused);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryKindAndCause))]
    public void Every_kind_and_every_cause_has_words(string kind, bool refused)
    {
        var sentence = ActivitySentences.Of(Line(kind, refused));

        Assert.DoesNotContain("no words", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(kind, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("{", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryKindAndCause))]
    public void A_line_that_knows_nothing_but_its_kind_still_has_a_sentence(string kind, bool refused)
    {
        var line = new Activity
        {
            Id = "j1",
            At = DateTimeOffset.UnixEpoch,
            Kind = kind,
            IsRefused = refused,
            ActorKind = ActorKind.System,
            Count = 1,
            RequestId = "",
        };

        Assert.NotEmpty(ActivitySentences.Of(line));
        Assert.NotEmpty(ActivitySentences.Kind(line, null));
    }

    [Theory]
    [InlineData(false, "Contoso (njs_a1B2c3D4…) changed Helpdesk-L1 in a way that this version has no words for (future.kind)")]
    [InlineData(true, "A request for Contoso with njs_a1B2c3D4… was refused for a reason that this version has no words for (future.kind)")]
    public void A_kind_of_a_later_version_is_named_as_it_is_stored(bool refused, string sentence) =>
        Assert.Equal(sentence, ActivitySentences.Of(Line("future.kind", refused)));

    [Fact]
    public void One_member_is_named_and_several_are_counted()
    {
        var line = Line(JournalKind.GroupMembersChanged, refused: false);

        Assert.Equal(
            "Contoso (njs_a1B2c3D4…) added Ada Lind to Helpdesk-L1",
            ActivitySentences.Of(line with { Added = 1, Member = "Ada Lind" })
        );
        Assert.Equal("Contoso (njs_a1B2c3D4…) added 1 person to Helpdesk-L1", ActivitySentences.Of(line with { Added = 1 }));
        Assert.Equal("Contoso (njs_a1B2c3D4…) removed 14 people from Helpdesk-L1", ActivitySentences.Of(line with { Removed = 14 }));
        Assert.Equal(
            "Contoso (njs_a1B2c3D4…) changed the members of Helpdesk-L1: 2 people added, 1 person removed",
            ActivitySentences.Of(line with { Added = 2, Removed = 1 })
        );
    }

    [Fact]
    public void A_refused_request_says_the_reason()
    {
        var line = Line(SecurityCause.ScimRefused, refused: true) with { Detail = "userType \"Member\" is not allowed." };

        Assert.Equal("Contoso (njs_a1B2c3D4…) was refused: userType \"Member\" is not allowed", ActivitySentences.Of(line));
    }

    [Fact]
    public void Of_a_long_reason_the_sentence_says_the_first_part_and_names_attributes_shortly()
    {
        var line = Line(SecurityCause.ScimRefused, refused: true) with
        {
            Detail =
                "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User:userType must be \"Technician\". The usual cause is a mapping.",
        };

        Assert.Equal("Contoso (njs_a1B2c3D4…) was refused: userType must be \"Technician\"", ActivitySentences.Of(line));
    }

    [Fact]
    public void An_act_and_a_refusal_of_the_same_spelling_are_told_apart()
    {
        Assert.Equal(
            "Contoso (njs_a1B2c3D4…) revoked njs_a1B2c3D4… of Helpdesk-L1",
            ActivitySentences.Of(Line(JournalKind.TokenRevoked, refused: false) with { ResourceId = "a1B2c3D4" })
        );
        Assert.Equal(
            "A request for Contoso with njs_a1B2c3D4… was refused: the token is revoked",
            ActivitySentences.Of(Line(SecurityCause.TokenRevoked, refused: true))
        );
    }

    [Theory]
    [InlineData("User", null, null, 1, null, "user")]
    [InlineData("Group", null, null, 1, 3.4, "group · 3 ms")]
    [InlineData("Group", null, null, 1, 0.42, "group · 0.4 ms")]
    [InlineData("Group", null, null, 1, 1_240.0, "group · 1.2 s")]
    [InlineData(null, "POST /scim/v2/k3v9q2mh7t12/Users", 400, 1, 3.4, "user · 400")]
    [InlineData(null, "GET /scim/v2/k3v9q2mh7t12/Groups", 401, 14, null, "group · 401 · 14 times")]
    [InlineData(null, "GET /scim/v2/k3v9q2mh7t12/Schemas", 401, 1, null, "request · 401")]
    public void The_end_of_a_line_says_what_kind_of_thing_how_long_it_took_or_how_it_was_answered_and_how_often(
        string? type,
        string? request,
        int? status,
        int count,
        double? milliseconds,
        string words
    ) =>
        Assert.Equal(
            words,
            ActivitySentences.Kind(
                Line("any", refused: type is null) with
                {
                    ResourceType = type,
                    Request = request,
                    Status = status,
                    Count = count,
                },
                milliseconds is { } took ? new RequestBrief(status ?? 200, TimeSpan.FromMilliseconds(took), false) : null
            )
        );

    [Fact]
    public void Only_refusals_say_what_to_do()
    {
        Assert.Null(ActivitySentences.WhatToDo(Line(JournalKind.UserCreated, refused: false)));
        Assert.Null(ActivitySentences.WhatToDo(Line(SecurityCause.ScimRefused, refused: true) with { Status = 413 }));
        Assert.Contains("new token", ActivitySentences.WhatToDo(Line(SecurityCause.TokenExpired, refused: true)), StringComparison.Ordinal);
        Assert.Contains(
            "mapping",
            ActivitySentences.WhatToDo(Line(SecurityCause.ScimRefused, refused: true) with { Status = 400 }),
            StringComparison.Ordinal
        );
    }

    private static Activity Line(string kind, bool refused) =>
        new()
        {
            Id = refused ? "s1" : "j1",
            At = DateTimeOffset.UnixEpoch,
            Kind = kind,
            IsRefused = refused,
            ActorKind = ActorKind.Provider,
            ActorName = "Contoso",
            Token = "a1B2c3D4",
            ProviderName = "Contoso",
            ProviderIdentifier = "k3v9q2mh7t12",
            Subject = "Helpdesk-L1",
            Detail = refused ? "It was wrong." : null,
            Count = 1,
            RequestId = "0123456789abcdef0123",
        };
}
